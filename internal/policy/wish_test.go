package policy

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kastellan/kastellan/internal/fault"
)

func TestWishesThatContradictEachOther(t *testing.T) {
	on, off := func(text string) Policy { return Policy{Enabled: true, Data: text} }, Policy{Data: noData}
	for _, v := range []struct {
		name   string
		wanted map[Type]Policy
		want   []Type
	}{
		{"what it needs is wanted", map[Type]Policy{SingleOrg: on(noData), AccountRecovery: on(noData)}, nil},
		{"what it needs is not named", map[Type]Policy{AccountRecovery: on(noData)}, nil},
		{"what it needs shall be off", map[Type]Policy{SingleOrg: off, AccountRecovery: on(noData), Timeout: on(noData)}, []Type{AccountRecovery, Timeout}},
		{"both off", map[Type]Policy{SingleOrg: off, AccountRecovery: off}, nil},
		{"claimed domains keep it on", map[Type]Policy{SingleOrg: off, ClaimedDomains: on(noData)}, []Type{ClaimedDomains}},
		{"Sends of one mind", map[Type]Policy{SendControls: on(`{"disableSend":true}`), DisableSend: on(noData), SendOptions: off}, nil},
		{"Sends of two", map[Type]Policy{SendControls: on(`{"disableSend":true}`), DisableSend: off, SendOptions: on(noData)}, []Type{DisableSend, SendOptions}},
		{"Sends off and on", map[Type]Policy{SendControls: off, DisableSend: on(noData)}, []Type{DisableSend}},
		{"older Sends alone", map[Type]Policy{DisableSend: on(noData), SendOptions: off}, nil},
	} {
		for k, p := range v.wanted {
			p.Type = k
			v.wanted[k] = p
		}
		got, err := Conflicts(v.wanted)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(v.want, slices.Sorted(maps.Keys(got)), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", v.name, diff)
		}
	}
}

func TestAWishIsHeldToItsType(t *testing.T) {
	for _, v := range []struct {
		t    Type
		on   bool
		text string
		want string // stored; "" when it is refused
	}{
		{MasterPasswordRules, true, `{"MinLength":14,"whatever":1}`, `{"minLength":14}`},
		{MasterPasswordRules, true, `{"minLength":3}`, ""},
		{URIMatch, true, ``, ""},
		{URIMatch, false, ``, noData},
		{numberOfTypes, true, ``, ""},
		{-1, true, ``, ""},
	} {
		got, err := Check(v.t, v.on, json.RawMessage(v.text))
		if got != v.want || (v.want == "") != fault.Is(err, fault.Invalid) {
			t.Errorf("%d %v %s: got %q, %v; want %q", v.t, v.on, v.text, got, err, v.want)
		}
	}
}
