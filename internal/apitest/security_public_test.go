package apitest_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
)

// TestTheKeyOfAnotherOrganization calls every route about something of ours with
// a key that is good, but not here: what comes back is what comes back about a
// thing that does not exist.
func TestTheKeyOfAnotherOrganization(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		lines := publicRows()
		tried := 0
		for name, line := range lines {
			method, route, _ := strings.Cut(name, " ")
			if !strings.Contains(route, "{") || strings.Contains(route, "{type}") {
				continue
			}
			path, body := line.try(w, w.Key)
			before := fingerprint(t, w)
			foreign, nothing := w.Do(t, w.OtherKey, method, path, body), w.Do(t, w.Key, method, absent(path), body)
			if foreign.Status != http.StatusNotFound || string(foreign.Body) != string(nothing.Body) {
				t.Errorf("%s = %d %s, but %d %s about nothing", name, foreign.Status, foreign.Body, nothing.Status, nothing.Body)
			}
			if diff := cmp.Diff(before, fingerprint(t, w)); diff != "" {
				t.Errorf("%s changed something (-before +after):\n%s", name, diff)
			}
			tried++
		}
		if tried < 15 {
			t.Errorf("only %d routes were tried", tried)
		}
		for _, list := range []string{"/members", "/groups", "/collections", "/policies", "/events", "/events?actingUserId=" + w.Owner.ID} {
			body := string(w.Must(t, w.OtherKey, http.MethodGet, "/api/public"+list, nil).Body)
			for _, ours := range []string{w.Owner.ID, w.Collection, w.Members[w.User]} {
				if strings.Contains(body, ours) {
					t.Errorf("%s tells another organization of ours: %s", list, body)
				}
			}
		}
	})
}

// TestTheKeyGivesNothingOfOthers puts ids of another organization into bodies,
// alone and among good ones.
func TestTheKeyGivesNothingOfOthers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		group := func(p *person) string {
			return w.Must(t, p, http.MethodPost, "/api/public/groups", m{"name": "Bakers"}).Text(t, "id")
		}
		ours, theirs, member := group(w.Key), group(w.OtherKey), invited(w)
		share := func(collection string) m { return m{"id": collection, "readOnly": true} }
		both := []any{share(w.Collection), share(w.OtherCollection)}
		for _, v := range []struct {
			method, path string
			body         m
		}{
			{http.MethodPost, "/members", m{"email": address(), "type": 2, "collections": both}},
			{http.MethodPost, "/members", m{"email": address(), "type": 2, "groups": []string{ours, theirs}}},
			{http.MethodPut, "/members/" + member, m{"type": 2, "collections": both}},
			{http.MethodPut, "/members/" + member, m{"type": 2, "groups": []string{theirs}}},
			{http.MethodPut, "/members/" + member + "/group-ids", m{"groupIds": []string{ours, theirs}}},
			{http.MethodPost, "/groups", m{"name": "X", "collections": both}},
			{http.MethodPut, "/groups/" + ours, m{"name": "X", "collections": both}},
			{http.MethodPut, "/collections/" + w.Collection, m{"groups": []any{share(ours), share(theirs)}}},
			{http.MethodPut, "/collections/" + w.OtherCollection, m{"groups": []any{share(ours)}}},
			{http.MethodPut, "/groups/" + ours + "/member-ids", m{"memberIds": []string{member, w.Members[w.OtherOwner]}}},
			{http.MethodPut, "/groups/" + ours + "/member-ids", m{"memberIds": []string{member, "nonsense"}}},
		} {
			before := fingerprint(t, w)
			a := w.Do(t, w.Key, v.method, "/api/public"+v.path, v.body)
			if a.Status != http.StatusNotFound {
				t.Errorf("%s %s %v = %d %s, want 404", v.method, v.path, v.body, a.Status, a.Body)
			}
			if diff := cmp.Diff(before, fingerprint(t, w)); diff != "" {
				t.Errorf("%s %s changed something (-before +after):\n%s", v.method, v.path, diff)
			}
		}
	})
}

// TestANewKeyEndsTheOldOne rotates the key, and disables the organization.
func TestANewKeyEndsTheOldOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		old, key := *w.Key, w.OrgKey(t, w.Org)
		alive := func(what string, p *person, want int) {
			t.Helper()
			if a := w.Do(t, p, http.MethodGet, "/api/public/members", nil); a.Status != want {
				t.Errorf("%s: %d %s, want %d", what, a.Status, a.Body, want)
			}
		}
		alive("before", &old, 200)
		w.Must(t, w.Owner, http.MethodPost, "/api/organizations/"+w.Org+"/rotate-api-key", m{"masterPasswordHash": w.Owner.Password})
		alive("with the token of the old key", &old, 401)
		if a := w.AskAsOrg(t, w.Org, key); a.Status != 400 || !strings.Contains(string(a.Body), "invalid_client") {
			t.Errorf("the old key: %d %s", a.Status, a.Body)
		}
		w.RenewKeys()
		alive("with the new key", w.Key, 200)
		apitest.Set(t, w.Server, `UPDATE organizations SET enabled = FALSE WHERE id = $1`, w.Org)
		alive("disabled", w.Key, 401)
		if a := w.AskAsOrg(t, w.Org, w.OrgKey(t, w.Org)); a.Status != 400 || !strings.Contains(string(a.Body), "invalid_client") {
			t.Errorf("the key of a disabled organization: %d %s", a.Status, a.Body)
		}
		alive("another organization all the while", w.OtherKey, 200)
	})
}

func TestTokensOfOrganizations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		key := w.OrgKey(t, w.Org)
		ask := func(change url.Values) apitest.Answer {
			form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"organization." + w.Org}, "client_secret": {key}, "scope": {"api.organization"}}
			for name, value := range change {
				form[name] = value
			}
			return w.Form(t, "/identity/connect/token", form)
		}
		good := ask(nil).JSON(t)
		delete(good, "access_token")
		if diff := cmp.Diff(m{"expires_in": 3600.0, "token_type": "Bearer", "scope": "api.organization"}, good); diff != "" {
			t.Errorf("answer (-want +got):\n%s", diff)
		}
		for name, v := range map[string]struct {
			change url.Values
			says   string
		}{
			"wrong key":                 {url.Values{"client_secret": {key + "x"}}, "invalid_client"},
			"no key":                    {url.Values{"client_secret": {""}}, "invalid_client"},
			"key of another":            {url.Values{"client_secret": {w.OrgKey(t, w.OtherOrg)}}, "invalid_client"},
			"no such organization":      {url.Values{"client_id": {"organization." + string(id.New[id.Org]())}}, "invalid_client"},
			"no id":                     {url.Values{"client_id": {"organization.x"}}, "invalid_client"},
			"as an account":             {url.Values{"client_id": {"user." + w.Org}, "scope": {"api"}, "deviceIdentifier": {"d"}, "deviceType": {"8"}, "deviceName": {"n"}}, "invalid_client"},
			"with the scope of people":  {url.Values{"scope": {"api"}}, "invalid_scope"},
			"with the scope of clients": {url.Values{"scope": {"api offline_access"}}, "invalid_scope"},
		} {
			if a := ask(v.change); a.Status != 400 || !strings.Contains(string(a.Body), v.says) {
				t.Errorf("%s: %d %s, want %s", name, a.Status, a.Body, v.says)
			}
		}
		statuses := []int{}
		for range 15 {
			statuses = append(statuses, ask(url.Values{"client_secret": {"guess"}}).Status)
		}
		if !slices.Contains(statuses, http.StatusTooManyRequests) {
			t.Errorf("guessing has no end: %v", statuses)
		}
	})
}

// TestWhatTheKeyDoesIsInTheLog looks at who the log says has acted.
func TestWhatTheKeyDoesIsInTheLog(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		member := w.Must(t, w.Key, http.MethodPost, "/api/public/members", m{"email": address(), "type": 2}).Text(t, "id")
		list := w.Must(t, w.Owner, http.MethodGet, "/api/organizations/"+w.Org+"/events?type=member", nil).JSON(t)
		data, _ := list["data"].([]any)
		entry, _ := data[0].(map[string]any)
		for name, want := range map[string]any{"type": 1500.0, "organizationUserId": member, "actingUserId": nil, "providerId": nil, "systemUser": 3.0} {
			if entry[name] != want {
				t.Errorf("%s is %v, want %v", name, entry[name], want)
			}
		}
		again := w.Do(t, w.Key, http.MethodPost, "/api/public/members", m{"email": w.User.Email, "type": 2})
		if again.Status != 400 || !strings.Contains(string(again.Body), "already") {
			t.Errorf("somebody who is a member already: %d %s", again.Status, again.Body)
		}
	})
}
