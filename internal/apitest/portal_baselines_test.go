package apitest_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// without removes what is new each time.
func without(in any, names ...string) any {
	switch v := in.(type) {
	case m:
		out := m{}
		for name, value := range v {
			if !slices.Contains(names, name) {
				out[name] = without(value, names...)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = without(v[i], names...)
		}
		return out
	}
	return in
}

// TestABaselineOnTheWire writes one, assigns it by a tag, looks at the drift from
// both sides, lets the client's owner decide otherwise and applies the rest.
func TestABaselineOnTheWire(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		base := "/api/providers/" + w.Provider
		own := "/api/organizations/" + w.Org + "/baseline"
		call := func(p *person, method, path string, body any) m {
			t.Helper()
			return w.Must(t, p, method, path, body).JSON(t)
		}
		b := call(w.Admin, "POST", base+"/baselines", m{
			"name": "Standard", "description": "For all.", "mayDeviate": true, "settings": m{"limitItemDeletion": true, "limitCollectionCreation": nil},
			"policies": []any{m{"type": 1, "enabled": true, "data": m{"minLength": 14}}, m{"type": 14, "enabled": true, "data": nil}},
		})
		tag := newTag(w)
		w.Must(t, w.Admin, "PUT", base+"/clients/"+w.Client+"/tags", m{"ids": []string{tag}})
		b = call(w.Admin, "PUT", base+"/baselines/"+b["id"].(string)+"/assignments", m{"clientIds": []string{}, "tagIds": []string{tag}, "lastKnownRevisionDate": b["revisionDate"]})
		want := m{
			"object": "baseline", "id": b["id"], "name": "Standard", "description": "For all.", "rank": 1.0, "mayDeviate": true,
			"settings": m{"limitItemDeletion": true}, "policies": []any{
				m{"type": 1.0, "enabled": true, "data": m{"minLength": 14.0}}, m{"type": 14.0, "enabled": true, "data": nil},
			},
			"clientIds": []any{}, "tagIds": []any{tag}, "governs": 1.0, "drifted": 1.0, "revisionDate": b["revisionDate"],
		}
		if diff := cmp.Diff(m{"object": "list", "data": []any{want}, "continuationToken": nil}, call(w.ScopedService, "GET", base+"/baselines", nil)); diff != "" {
			t.Errorf("baselines (-want +got):\n%s", diff)
		}
		policyDiffers := m{
			"subject": "policy:1", "fields": []any{"enabled"}, "deviation": nil,
			"expected": m{"enabled": true, "data": m{"minLength": 14.0}}, "actual": m{"enabled": false, "data": nil},
		}
		pinDiffers := m{"subject": "policy:14", "fields": []any{"enabled"}, "deviation": nil, "expected": m{"enabled": true, "data": nil}, "actual": m{"enabled": false, "data": nil}}
		settingDiffers := m{"subject": "setting:limitItemDeletion", "fields": []any{"enabled"}, "deviation": nil, "expected": true, "actual": false}
		differences := []any{policyDiffers, pinDiffers, settingDiffers}
		drift := call(w.ScopedService, "GET", base+"/baselines/drift", nil)
		if diff := cmp.Diff([]any{m{
			"clientId": w.Client, "organizationId": w.Org, "baselineId": b["id"], "baselineName": "Standard", "differences": differences,
		}}, drift["data"]); diff != "" {
			t.Errorf("drift (-want +got):\n%s", diff)
		}
		for p, n := range map[*person]int{w.ScopedElsewhere: 0, w.ExpiredScope: 0, w.Service: 1} {
			if got, _ := call(p, "GET", base+"/baselines/drift", nil)["data"].([]any); len(got) != n {
				t.Errorf("%s sees %v, want %d", p.Name, got, n)
			}
		}
		if diff := cmp.Diff(m{
			"object": "baseline", "governed": true, "providerName": "Example Provider", "name": "Standard", "description": "For all.", "mayDeviate": true,
			"differences": differences, "deviations": []any{},
		}, call(w.Manager, "GET", own, nil)); diff != "" {
			t.Errorf("for the client (-want +got):\n%s", diff)
		}
		decided := call(w.Owner, "PUT", own+"/deviations/policy%3A14", m{"reason": "The tills have no keyboards."})
		deviation := m{"subject": "policy:14", "reason": "The tills have no keyboards."}
		if diff := cmp.Diff([]any{deviation}, without(decided["deviations"], "date", "by")); diff != "" {
			t.Errorf("decided (-want +got):\n%s", diff)
		}
		at := base + "/clients/" + w.Client + "/baseline/"
		change := func(subject string) m { return m{"subject": subject, "blockedBy": nil, "people": []any{}} }
		if diff := cmp.Diff(m{
			"object": "baselinePreview", "clientId": w.Client, "baselineId": b["id"], "changes": []any{change("policy:1"), change("setting:limitItemDeletion")},
		}, call(w.Service, "POST", at+"preview", nil)); diff != "" {
			t.Errorf("preview (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(m{"object": "baselineApplied", "changes": []any{
			m{"subject": "policy:1", "error": nil}, m{"subject": "setting:limitItemDeletion", "error": nil},
		}}, call(w.ScopedService, "POST", at+"apply", m{})); diff != "" {
			t.Errorf("applied (-want +got):\n%s", diff)
		}
		pinDiffers["deviation"] = deviation
		left := call(w.Owner, "GET", own, nil)
		if diff := cmp.Diff(without([]any{pinDiffers}), without(left["differences"], "date", "by")); diff != "" {
			t.Errorf("left (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]any{}, call(w.Owner, "DELETE", own+"/deviations/policy:14", nil)["deviations"]); diff != "" {
			t.Errorf("taken back (-want +got):\n%s", diff)
		}
	})
}

func TestBaselinesRefuseWhatIsNone(t *testing.T) {
	d := dbtest.SQLite(t)
	w := apitest.NewWorld(t, d)
	base := "/api/providers/" + w.Provider
	b := governed(w)
	for name, v := range map[string]struct {
		method, path, body string
		status             int
		says               string
	}{
		"no type":                {"POST", "/baselines", `{"name":"N","policies":[{"enabled":true}]}`, 400, "Each policy needs its type"},
		"no state":               {"POST", "/baselines", `{"name":"N","policies":[{"type":1}]}`, 400, "Each policy needs its type"},
		"a setting of text":      {"POST", "/baselines", `{"name":"N","settings":{"limitItemDeletion":"yes"}}`, 400, "wrong type"},
		"data of the wrong kind": {"POST", "/baselines", `{"name":"N","policies":[{"type":1,"enabled":true,"data":{"minLength":"x"}}]}`, 400, "policy:1.minLength"},
		"an older revision":      {"PUT", "/baselines/" + b, `{"name":"N","lastKnownRevisionDate":"2020-01-01T00:00:00Z"}`, 400, "lastKnownRevisionDate"},
		"a malformed client":     {"PUT", "/baselines/" + b + "/assignments", `{"clientIds":["x"]}`, 404, ""},
		"a malformed tag":        {"PUT", "/baselines/" + b + "/assignments", `{"tagIds":["x"]}`, 404, ""},
		"a malformed order":      {"PUT", "/baselines/order", `{"ids":["x"]}`, 404, ""},
		"a part of the order":    {"PUT", "/baselines/order", `{"ids":[]}`, 400, "each baseline once"},
		"a malformed baseline":   {"POST", "/clients/" + w.Client + "/baseline/preview", `{"baselineId":"x"}`, 404, ""},
		"an unknown subject":     {"POST", "/clients/" + w.Client + "/baseline/apply", `{"subjects":["policy:99"]}`, 400, "subjects"},
	} {
		a := w.Raw(t, w.Admin, v.method, base+v.path, []byte(v.body))
		if a.Status != v.status || !strings.Contains(string(a.Body), v.says) {
			t.Errorf("%s: %d %s, want %d %s", name, a.Status, a.Body, v.status, v.says)
		}
	}
	for _, path := range []string{"policy:99", "policy%3A014", "nonsense", "policy%2514"} {
		a := w.Raw(t, w.Owner, "PUT", "/api/organizations/"+w.Org+"/baseline/deviations/"+path, []byte(`{"reason":"A reason."}`))
		if a.Status != http.StatusNotFound {
			t.Errorf("%s: %d %s", path, a.Status, a.Body)
		}
	}
}
