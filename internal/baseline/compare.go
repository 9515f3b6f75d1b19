package baseline

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Difference is one thing in which a client is not as its baseline wants.
type Difference struct {
	Subject   Subject
	Expected  State
	Actual    State
	Fields    []string   // the members that differ: "enabled", or some of the data
	Deviation *Deviation // nil unless an owner of the client decided so, and may
}

// State is what a policy or a setting is.
type State struct {
	Enabled bool   // of a setting, its value
	Data    string // of a policy: a JSON object
}

// Deviation is why an owner of a client decided to do otherwise.
type Deviation struct {
	Subject Subject
	Reason  string
	By      string // a name; empty for an account that is gone
	At      time.Time
}

const enabledField = "enabled"

// compare gives the differences of a client, policies before settings.
func compare(b Baseline, policies map[policy.Type]policy.Policy, rules tenant.Rules, accepted map[Subject]Deviation) ([]Difference, error) {
	out := []Difference{}
	for _, want := range b.Policies {
		is := policies[want.Type]
		fields, err := differing(want, is)
		if err != nil {
			return nil, err
		}
		if len(fields) > 0 {
			out = append(out, Difference{
				Subject: PolicySubject(want.Type), Expected: State{want.Enabled, want.Data},
				Actual: State{is.Enabled, is.Data}, Fields: fields,
			})
		}
	}
	for _, s := range settings {
		if want, matters := b.Settings[s.name]; matters && s.of(rules) != want {
			out = append(out, Difference{
				Subject: SettingSubject(s.name), Expected: State{Enabled: want}, Actual: State{Enabled: !want}, Fields: []string{enabledField},
			})
		}
	}
	for i := range out {
		if d, ok := accepted[out[i].Subject]; ok && b.MayDeviate {
			out[i].Deviation = &d
		}
	}
	return out, nil
}

// differing names the members in which a policy is not as it should be. The data
// of a policy that is off counts for nothing.
func differing(want Policy, is policy.Policy) ([]string, error) {
	if want.Enabled != is.Enabled {
		return []string{enabledField}, nil
	}
	if !want.Enabled {
		return nil, nil
	}
	expected, err := members(want.Data)
	if err != nil {
		return nil, err
	}
	actual, err := members(is.Data)
	if err != nil {
		return nil, err
	}
	out := []string{}
	for name, value := range expected {
		if !reflect.DeepEqual(value, actual[name]) {
			out = append(out, name)
		}
	}
	for name := range actual {
		if _, known := expected[name]; !known {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out, nil
}

// members reads the data of a policy without those members that ask for nothing,
// which are the same as absent ones.
func members(data string) (map[string]any, error) {
	if data == "" {
		return nil, nil
	}
	var out map[string]any
	if err := json.Unmarshal([]byte(data), &out); err != nil {
		return nil, fmt.Errorf("read the data of a policy: %w", err)
	}
	maps.DeleteFunc(out, func(_ string, v any) bool { return v == nil || v == false || v == 0.0 || v == "" })
	return out, nil
}
