package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kastellan/kastellan/internal/fault"
)

// maxData bounds the data of one policy, in bytes.
const maxData = 20_000

// data reads the members of a policy's data. Names count without regard to case,
// null is the same as absent, and what no type knows is dropped.
type data struct {
	in       map[string]json.RawMessage // by lower-case name
	out      map[string]any
	problems map[string][]string
	first    string
}

// parse checks the data of a type and gives it as it is stored.
func parse(t Type, enabled bool, raw json.RawMessage) (string, error) {
	d, members, err := open(raw)
	if err != nil {
		return "", err
	}
	k := kinds[t]
	if k.untouched {
		for name, value := range members {
			d.out[name] = value
		}
	}
	if k.read != nil {
		k.read(d, enabled)
	}
	if len(d.problems) > 0 {
		return "", &fault.Error{Kind: fault.Invalid, Msg: d.first, Fields: d.problems}
	}
	text, err := json.Marshal(d.out)
	if err != nil {
		return "", fmt.Errorf("write the data of a policy: %w", err)
	}
	return string(text), nil
}

func open(raw json.RawMessage) (*data, map[string]json.RawMessage, error) {
	d := &data{in: map[string]json.RawMessage{}, out: map[string]any{}, problems: map[string][]string{}}
	if len(raw) == 0 || string(raw) == "null" {
		return d, nil, nil
	}
	if len(raw) > maxData {
		return nil, nil, fault.Field("data", "The data of a policy is too large.")
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return nil, nil, fault.Field("data", "The data of a policy must be a JSON object.")
	}
	for name, value := range members {
		lower := strings.ToLower(name)
		if _, twice := d.in[lower]; twice {
			return nil, nil, fault.Field("data", "The data of a policy names a member twice.")
		}
		if !bytes.Equal(value, []byte("null")) {
			d.in[lower] = value
		}
	}
	return d, members, nil
}

// fail notes what is wrong with a member. The first problem is the sentence of
// the answer; types read their members in one order, so it is always the same.
func (d *data) fail(name, sentence string) {
	if d.first == "" {
		d.first = sentence
	}
	d.problems[name] = append(d.problems[name], sentence)
}

// take reads a member into v and tells whether it is there and of the right type.
func (d *data) take(name string, v any, want string) bool {
	raw, there := d.in[strings.ToLower(name)]
	if !there {
		return false
	}
	if err := json.Unmarshal(raw, v); err != nil {
		d.fail(name, fmt.Sprintf("The value of %s must be %s.", name, want))
		return false
	}
	return true
}

func (d *data) flag(names ...string) {
	for _, name := range names {
		var v bool
		if d.take(name, &v, "true or false") {
			d.out[name] = v
		}
	}
}

// whole reads a whole number from low to high, and tells whether it is there.
func (d *data) whole(name string, low, high int) bool {
	var v int
	if !d.take(name, &v, "a whole number") {
		return len(d.problems[name]) > 0
	}
	if v < low || v > high {
		d.fail(name, fmt.Sprintf("The value of %s must be from %d to %d.", name, low, high))
		return true
	}
	d.out[name] = v
	return true
}

// among reads one of some words, and gives it; empty when it is not there.
func (d *data) among(name string, words ...string) string {
	var v string
	if !d.take(name, &v, "text") {
		return ""
	}
	if !slices.Contains(words, v) {
		d.fail(name, fmt.Sprintf("The value of %s must be one of: %s.", name, quoted(words)))
		return ""
	}
	d.out[name] = v
	return v
}

func quoted(words []string) string {
	var out []string
	for _, w := range words {
		if w != "" {
			out = append(out, w)
		}
	}
	return strings.Join(out, ", ")
}

// line reads one line of text of at most limit characters, and gives it.
func (d *data) line(name string, limit int) string {
	var v string
	if !d.take(name, &v, "text") {
		return ""
	}
	v = strings.TrimSpace(v)
	if utf8.RuneCountInString(v) > limit || !utf8.ValidString(v) || strings.ContainsFunc(v, unicode.IsControl) {
		d.fail(name, fmt.Sprintf("The value of %s must be one line of at most %d characters.", name, limit))
		return ""
	}
	d.out[name] = v
	return v
}

// require notes that a member is missing from a policy that is being turned on.
func (d *data) require(there, enabled bool, name string) {
	if enabled && !there && len(d.problems[name]) == 0 {
		d.fail(name, fmt.Sprintf("To turn this policy on, %s is needed.", name))
	}
}

// stored reads the data of a row into v. It was checked when it was written, so a
// failure is one of the server.
func stored(p Policy, v any) error {
	if err := json.Unmarshal([]byte(p.Data), v); err != nil {
		return fmt.Errorf("read the data of policy %d: %w", p.Type, err)
	}
	return nil
}
