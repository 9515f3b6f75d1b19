package apitest_test

import (
	"strings"

	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

func baselineBody() m {
	return m{
		"name": strings.ReplaceAll(string(id.New[id.Baseline]()), "-", ""), "description": "What every client has.", "mayDeviate": true,
		"settings": m{"limitItemDeletion": true}, "policies": []any{m{"type": 14, "enabled": true, "data": nil}},
	}
}

// newBaseline makes a baseline of the provider.
func newBaseline(w *world) string {
	w.T.Helper()
	return w.Must(w.T, w.Admin, "POST", "/api/providers/"+w.Provider+"/baselines", baselineBody()).Text(w.T, "id")
}

// governed assigns a new baseline to the client, whose policies and settings are
// not as it wants.
func governed(w *world) string {
	w.T.Helper()
	b := newBaseline(w)
	w.Must(w.T, w.Admin, "PUT", "/api/providers/"+w.Provider+"/baselines/"+b+"/assignments", m{"clientIds": []string{w.Client}, "tagIds": []string{}})
	setPolicy(w, "14", false, nil)
	w.Must(w.T, w.Owner, "PUT", "/api/organizations/"+w.Org+"/collection-management", m{"limitItemDeletion": false})
	return b
}

func baselineRows() map[string]row {
	const base = "/api/providers/{provider}/baselines"
	aboutBaseline := func(suffix string, body func(w *world) any, events ...event.Type) row {
		return row{events: events, try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/baselines/" + newBaseline(w) + suffix, body(w)
		}}
	}
	onClient := func(suffix string, body any, events ...event.Type) row {
		return row{events: events, try: func(w *world, _ *person) (string, any) {
			governed(w)
			return "/api/providers/" + w.Provider + "/clients/" + w.Client + "/baseline/" + suffix, body
		}}
	}
	deviating := row{who: only(owner), events: []event.Type{event.PolicyUpdated}, try: func(w *world, _ *person) (string, any) {
		governed(w)
		return "/api/organizations/" + w.Org + "/baseline/deviations/policy:14", m{"reason": "The tills have no keyboards."}
	}}
	ending := deviating
	ending.try = func(w *world, p *person) (string, any) {
		path, body := deviating.try(w, p)
		w.Must(w.T, w.Owner, "PUT", path, body)
		return path, nil
	}
	return map[string]row{
		"GET " + base:                    inProvider("/baselines", func() any { return nil }),
		"GET " + base + "/drift":         inProvider("/baselines/drift", func() any { return nil }),
		"POST " + base:                   inProvider("/baselines", func() any { return baselineBody() }, event.BaselineCreated),
		"PUT " + base + "/{baseline}":    aboutBaseline("", func(*world) any { return baselineBody() }, event.BaselineUpdated),
		"DELETE " + base + "/{baseline}": aboutBaseline("", func(*world) any { return nil }, event.BaselineDeleted),
		"PUT " + base + "/{baseline}/assignments": aboutBaseline("/assignments", func(w *world) any {
			return m{"clientIds": []string{w.Client}, "tagIds": []string{newTag(w)}}
		}, event.BaselineAssigned),
		"PUT " + base + "/order": {events: []event.Type{event.BaselineUpdated}, try: func(w *world, _ *person) (string, any) {
			newBaseline(w)
			list, _ := w.Must(w.T, w.Admin, "GET", "/api/providers/"+w.Provider+"/baselines", nil).JSON(w.T)["data"].([]any)
			ids := []string{}
			for i := range list { // the other way round
				b, _ := list[len(list)-1-i].(m)["id"].(string)
				ids = append(ids, b)
			}
			return "/api/providers/" + w.Provider + "/baselines/order", m{"ids": ids}
		}},
		"POST /api/providers/{provider}/clients/{client}/baseline/preview": onClient("preview", m{}),
		"POST /api/providers/{provider}/clients/{client}/baseline/apply":   onClient("apply", m{"subjects": []string{"policy:14", "setting:limitItemDeletion"}}, event.PolicyUpdated, event.OrgLimitItemDeletionOn),
		"GET /api/organizations/{org}/baseline":                            inOrg("/baseline", nil),
		"PUT /api/organizations/{org}/baseline/deviations/{subject}":       deviating,
		"DELETE /api/organizations/{org}/baseline/deviations/{subject}":    ending,
	}
}
