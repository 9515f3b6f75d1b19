package policy

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/fault"
)

// TestData is the table of what each type takes: the members that are wrong, or
// what is stored.
func TestData(t *testing.T) {
	long := strings.Repeat("x", 1001)
	for _, c := range []struct {
		of    Type
		in    string
		want  string // stored
		wrong string // members, with a comma between
	}{
		{MasterPasswordRules, `{"minComplexity":4,"minLength":128,"requireLower":true,"requireUpper":false,"requireNumbers":null,"enforceOnLogin":true}`,
			`{"enforceOnLogin":true,"minComplexity":4,"minLength":128,"requireLower":true,"requireUpper":false}`, ""},
		{MasterPasswordRules, `{"minComplexity":0,"minLength":12}`, `{"minComplexity":0,"minLength":12}`, ""},
		{MasterPasswordRules, `{"minComplexity":5,"minLength":11}`, "", "minComplexity,minLength"},
		{MasterPasswordRules, `{"minComplexity":-1,"minLength":129,"requireLower":"yes"}`, "", "minComplexity,minLength,requireLower"},
		{MasterPasswordRules, `{"minLength":12.5}`, "", "minLength"},
		{MasterPasswordRules, `{"minLength":"12"}`, "", "minLength"},
		{MasterPasswordRules, `{"MinLength":20}`, `{"minLength":20}`, ""},
		{MasterPasswordRules, `{"minLength":20,"MINLENGTH":12}`, "", "data"},
		{MasterPasswordRules, `{"minLength":20,"unknown":[1]}`, `{"minLength":20}`, ""},
		{MasterPasswordRules, `null`, `{}`, ""},
		{MasterPasswordRules, ``, `{}`, ""},
		{MasterPasswordRules, `[]`, "", "data"},
		{MasterPasswordRules, `"text"`, "", "data"},
		{MasterPasswordRules, `{"minLength":` + strings.Repeat(" ", maxData) + `20}`, "", "data"},
		{Generator, `{"overridePasswordType":"passphrase","minLength":5,"useUpper":true,"minNumbers":9,"minSpecial":0,"minNumberWords":3,"capitalize":true,"includeNumber":false}`,
			`{"capitalize":true,"includeNumber":false,"minLength":5,"minNumberWords":3,"minNumbers":9,"minSpecial":0,"overridePasswordType":"passphrase","useUpper":true}`, ""},
		{Generator, `{"overridePasswordType":""}`, `{"overridePasswordType":""}`, ""},
		{Generator, `{"overridePasswordType":"pin","minLength":4,"minNumbers":10,"minSpecial":-1,"minNumberWords":21,"useLower":1}`, "",
			"minLength,minNumberWords,minNumbers,minSpecial,overridePasswordType,useLower"},
		{SendOptions, `{"disableHideEmail":true}`, `{"disableHideEmail":true}`, ""},
		{SendOptions, `{"disableHideEmail":0}`, "", "disableHideEmail"},
		{AccountRecovery, `{"autoEnrollEnabled":true}`, `{"autoEnrollEnabled":true}`, ""},
		{AccountRecovery, `{"autoEnrollEnabled":"true"}`, "", "autoEnrollEnabled"},
		{Timeout, `{"minutes":1,"action":"lock"}`, `{"action":"lock","minutes":1}`, ""},
		{Timeout, `{"minutes":525600,"action":"logOut","type":"custom"}`, `{"action":"logOut","minutes":525600,"type":"custom"}`, ""},
		{Timeout, `{"type":"onAppRestart","action":null}`, `{"type":"onAppRestart"}`, ""},
		{Timeout, `{"type":"custom"}`, "", "minutes"},
		{Timeout, `{}`, "", "minutes"},
		{Timeout, `{"minutes":0,"type":"sometimes","action":"explode"}`, "", "action,minutes,type"},
		{Timeout, `{"minutes":525601}`, "", "minutes"},
		{SSOLogIn, `{"idpHost":"a.example,b.example","more":{"x":[1,2]}}`, `{"idpHost":"a.example,b.example","more":{"x":[1,2]}}`, ""},
		{SSOLogIn, `{"idpHost":7}`, "", "idpHost"},
		{SSOLogIn, `{"idpHost":"` + long + `"}`, "", "idpHost"},
		{SSOLogIn, `{"idpHost":"a\nb"}`, "", "idpHost"},
		{ItemTypes, `{"restricted":{"3":true},"big":12345678901234567890}`, `{"big":12345678901234567890,"restricted":{"3":true}}`, ""},
		{Banner, `{"message":"Hello","action":{"title":"Read"}}`, `{"action":{"title":"Read"},"message":"Hello"}`, ""},
		{URIMatch, `{"uriMatchDetection":5}`, `{"uriMatchDetection":5}`, ""},
		{URIMatch, `{"uriMatchDetection":6}`, "", "uriMatchDetection"},
		{URIMatch, `{}`, "", "uriMatchDetection"},
		{SendControls, `{"disableSend":false,"disableHideEmail":true,"whoCanAccess":2,"allowedDomains":"a.example, b.example","deletionHours":744,"allowedSendTypes":[0,1]}`,
			`{"allowedDomains":"a.example, b.example","allowedSendTypes":[0,1],"deletionHours":744,"disableHideEmail":true,"disableSend":false,"whoCanAccess":2}`, ""},
		{SendControls, `{"whoCanAccess":1,"allowedDomains":"a.example"}`, "", "allowedDomains"},
		{SendControls, `{"allowedDomains":"a.example"}`, "", "allowedDomains"},
		{SendControls, `{"allowedDomains":""}`, `{"allowedDomains":""}`, ""},
		{SendControls, `{"whoCanAccess":3,"deletionHours":0,"allowedSendTypes":[99]}`, "", "allowedSendTypes,deletionHours,whoCanAccess"},
		{SendControls, `{"whoCanAccess":2,"allowedDomains":"` + long + `"}`, "", "allowedDomains"},
		{SendControls, `{"allowedSendTypes":"all"}`, "", "allowedSendTypes"},
		{FillAssist, `{"rulesUrl":"https://rules.example/x.json"}`, `{"rulesUrl":"https://rules.example/x.json"}`, ""},
		{FillAssist, `{}`, "", "rulesUrl"},
		{FillAssist, `{"rulesUrl":" "}`, "", "rulesUrl"},
		{FillAssist, `{"rulesUrl":"http://rules.example"}`, "", "rulesUrl"},
		{FillAssist, `{"rulesUrl":"https://"}`, "", "rulesUrl"},
		{FillAssist, `{"rulesUrl":"https://user:pass@rules.example"}`, "", "rulesUrl"},
		{FillAssist, `{"rulesUrl":"javascript:alert(1)"}`, "", "rulesUrl"},
	} {
		got, err := parse(c.of, true, json.RawMessage(c.in))
		if got != c.want || wrong(err) != c.wrong {
			t.Errorf("%s %.90s: got %s, wrong %q (%v); want %s, wrong %q", c.of, c.in, got, wrong(err), err, c.want, c.wrong)
		}
	}
}

func wrong(err error) string {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return ""
	}
	return strings.Join(slices.Sorted(maps.Keys(e.Fields)), ",")
}

// Types without data keep none, whatever clients send.
func TestTypesWithoutDataKeepNone(t *testing.T) {
	for _, of := range Types() {
		if kinds[of].read != nil || kinds[of].untouched {
			continue
		}
		for _, in := range []string{``, `null`, `{}`, `{"minLength":1,"x":{}}`} {
			if got, err := parse(of, true, json.RawMessage(in)); got != noData || err != nil {
				t.Errorf("%s %s: %s, %v", of, in, got, err)
			}
		}
		if _, err := parse(of, true, json.RawMessage(`[1]`)); wrong(err) != "data" {
			t.Errorf("%s takes a list: %v", of, err)
		}
	}
}

// What is needed to turn a policy on is not needed to turn it off.
func TestOffNeedsNoData(t *testing.T) {
	for _, of := range Types() {
		if got, err := parse(of, false, nil); got != noData || err != nil {
			t.Errorf("%s: %s, %v", of, got, err)
		}
	}
}

// FuzzData: whatever is taken is a JSON object of bounded size, that is stored the
// same when it comes again.
func FuzzData(f *testing.F) {
	for _, seed := range []string{`{"minLength":12}`, `{"a":{"b":[1,null]}}`, `{"rulesUrl":"https://x"}`, `null`, `{"A":1,"a":2}`} {
		for of := range numberOfTypes {
			f.Add(of, true, []byte(seed))
		}
	}
	f.Fuzz(func(t *testing.T, of int, on bool, in []byte) {
		if !Type(of).Known() {
			return
		}
		got, err := parse(Type(of), on, in)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%v is no refusal", err)
			}
			return
		}
		var object map[string]any
		if err := json.Unmarshal([]byte(got), &object); err != nil || object == nil {
			t.Errorf("stored %s: %v", got, err)
		}
		again, err := parse(Type(of), on, json.RawMessage(got))
		if len(got) <= maxData && (err != nil || cmp.Diff(got, again) != "") {
			t.Errorf("%s became %s, %v", got, again, err)
		}
	})
}
