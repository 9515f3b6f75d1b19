package apitest_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
)

const fleetBase = "/api/public/provider"

// TestTheKeyOfAnotherProvider calls every route about something of ours with a key
// that is good, but not here, and with one of ours that is for another client:
// what comes back is what comes back about a thing that does not exist.
func TestTheKeyOfAnotherProvider(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		other := w.Must(t, w.Admin, http.MethodPost, "/api/providers/"+w.Provider+"/clients", apitest.NewClient(address())).Text(t, "id")
		scoped := w.NewProgram(w.Admin, w.Provider, aKey(m{"allClients": false, "clientIds": []string{other}}))
		tried := 0
		for name, line := range fleetRows() {
			method, route, _ := strings.Cut(name, " ")
			if !strings.Contains(route, "{") && route != fleetBase+"/seats" && route != fleetBase+"/events" {
				continue
			}
			path, body := line.try(w, w.Program)
			before := fingerprint(t, w)
			nothing := w.Do(t, w.Program, method, absent(fleetBase+"/clients/"+w.Client), nil)
			for who, p := range map[string]*person{"another provider": w.OtherProgram, "a key for another client": scoped.Person} {
				a := w.Do(t, p, method, path, body)
				if a.Status != http.StatusNotFound {
					t.Errorf("%s: %s = %d %s, want 404 as %s", who, name, a.Status, a.Body, nothing.Body)
				}
			}
			if diff := cmp.Diff(before, fingerprint(t, w)); diff != "" {
				t.Errorf("%s changed something (-before +after):\n%s", name, diff)
			}
			tried++
		}
		if tried < 11 {
			t.Errorf("only %d routes were tried", tried)
		}
		governed(w)
		for _, list := range []string{"", "/clients", "/people", "/baselines", "/baselines/drift", "/events"} {
			for who, p := range map[string]*person{"another provider": w.OtherProgram, "a key for another client": scoped.Person} {
				body := string(w.Must(t, p, http.MethodGet, fleetBase+list, nil).Body)
				for _, ours := range []string{w.Client, w.Org, w.Members[w.User], w.User.Email} {
					if strings.Contains(body, ours) {
						t.Errorf("%s: %s tells of what it does not reach: %s", who, list, body)
					}
				}
			}
		}
	})
}

// TestAKeyThatOnlyReads makes every request of the matrix with a key that must not
// write.
func TestAKeyThatOnlyReads(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		reader := w.NewProgram(w.Admin, w.Provider, aKey(m{"mayWrite": false}))
		for name, line := range fleetRows() {
			method, route, _ := strings.Cut(name, " ")
			if strings.HasSuffix(route, "openapi.json") {
				continue
			}
			path, body := line.try(w, w.Program)
			before := fingerprint(t, w)
			a := w.Do(t, reader.Person, method, path, body)
			if method == http.MethodGet || strings.HasSuffix(route, "/preview") {
				if a.Status != http.StatusOK {
					t.Errorf("%s = %d %s, want 200", name, a.Status, a.Body)
				}
				continue
			}
			if a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), "This API key may only read.") {
				t.Errorf("%s = %d %s, want to be told that the key may only read", name, a.Status, a.Body)
			}
			if diff := cmp.Diff(before, fingerprint(t, w)); diff != "" {
				t.Errorf("%s changed something (-before +after):\n%s", name, diff)
			}
		}
		dry := w.Do(t, reader.Person, http.MethodPost, fleetBase+"/seats", m{"dryRun": true, "rows": []any{m{"id": w.Client, "seats": 250}}})
		if dry.Status != http.StatusOK {
			t.Errorf("a dry run = %d %s, want 200", dry.Status, dry.Body)
		}
	})
}

// TestWhatEndsAKey ends keys in all ways, and looks at their tokens.
func TestWhatEndsAKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		deleted, expired, good := w.NewProgram(w.Admin, w.Provider, aKey(nil)),
			w.NewProgram(w.Admin, w.Provider, aKey(m{"expirationDate": time.Now().Add(time.Hour)})), w.NewProgram(w.Admin, w.Provider, aKey(nil))
		alive := func(what string, p apitest.Program, want int) {
			t.Helper()
			if a := w.Do(t, p.Person, http.MethodGet, fleetBase+"/clients", nil); a.Status != want {
				t.Errorf("%s: its token is answered %d %s, want %d", what, a.Status, a.Body, want)
			}
			a := w.AskAsProgram(t, p.Key, p.Secret)
			if (a.Status == 200) != (want == 200) || (want != 200 && !strings.Contains(string(a.Body), "invalid_client")) {
				t.Errorf("%s: a new token is answered %d %s", what, a.Status, a.Body)
			}
		}
		for _, p := range []apitest.Program{deleted, expired, good} {
			alive("before", p, 200)
		}
		w.Must(t, w.Admin, http.MethodDelete, "/api/providers/"+w.Provider+"/keys/"+deleted.Key, nil)
		alive("deleted", deleted, 401)
		apitest.Set(t, w.Server, `UPDATE provider_keys SET expires_at = 1 WHERE id = $1`, expired.Key)
		alive("expired", expired, 401)
		alive("a key beside them", good, 200)
		apitest.Set(t, w.Server, `UPDATE providers SET enabled = FALSE WHERE id = $1`, w.Provider)
		alive("of a disabled provider", good, 401)
	})
}

func TestTokensOfProviders(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		p, q := w.NewProviderKey(w.Admin, w.Provider, aKey(nil)), w.NewProviderKey(w.Admin, w.Provider, aKey(nil))
		ask := func(change url.Values) apitest.Answer {
			form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"provider." + p.Key}, "client_secret": {p.Secret}, "scope": {"api.provider"}}
			for name, value := range change {
				form[name] = value
			}
			return w.Form(t, "/identity/connect/token", form)
		}
		good := ask(nil).JSON(t)
		delete(good, "access_token")
		if diff := cmp.Diff(m{"expires_in": 3600.0, "token_type": "Bearer", "scope": "api.provider"}, good); diff != "" {
			t.Errorf("answer (-want +got):\n%s", diff)
		}
		for name, v := range map[string]struct {
			change url.Values
			says   string
		}{
			"wrong secret":                    {url.Values{"client_secret": {p.Secret + "x"}}, "invalid_client"},
			"no secret":                       {url.Values{"client_secret": {""}}, "invalid_client"},
			"secret of another":               {url.Values{"client_secret": {q.Secret}}, "invalid_client"},
			"no such key":                     {url.Values{"client_id": {"provider." + string(id.New[id.ProviderKey]())}}, "invalid_client"},
			"no such key and no secret":       {url.Values{"client_id": {"provider." + string(id.New[id.ProviderKey]())}, "client_secret": {""}}, "invalid_client"},
			"the provider's id":               {url.Values{"client_id": {"provider." + w.Provider}}, "invalid_client"},
			"no id":                           {url.Values{"client_id": {"provider.x"}}, "invalid_client"},
			"as an organization":              {url.Values{"client_id": {"organization." + p.Key}, "scope": {"api.organization"}}, "invalid_client"},
			"with the scope of organizations": {url.Values{"scope": {"api.organization"}}, "invalid_scope"},
			"with the scope of people":        {url.Values{"scope": {"api offline_access"}}, "invalid_scope"},
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

// TestWhatAProgramDoesIsInTheLog looks at who the logs say has acted, and at the
// last use of the key.
func TestWhatAProgramDoesIsInTheLog(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		p := w.NewProgram(w.Admin, w.Provider, aKey(nil))
		before := events(t, w)
		member := w.Must(t, p.Person, http.MethodPost, fleetBase+"/clients/"+w.Client+"/members", m{"email": address()}).Text(t, "id")
		w.Must(t, p.Person, http.MethodPut, fleetBase+"/clients/"+w.Client+"/members/"+member+"/revoke", nil)
		w.Must(t, p.Person, http.MethodDelete, fleetBase+"/clients/"+w.Client+"/members/"+member, nil)
		w.Must(t, p.Person, http.MethodPut, fleetBase+"/clients/"+w.Client, m{"seats": 222})
		w.Must(t, p.Person, http.MethodPost, fleetBase+"/seats", m{"rows": []any{m{"id": w.Client, "seats": 223}}})
		written := 0
		for e := range events(t, w) {
			if _, old := before[e]; old {
				continue
			}
			written++
			n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE id = $1 AND provider_key_id = $2 AND acting_user_id IS NULL
				AND provider_id = $3 AND org_id = $4 AND system_user = 3`, e, p.Key, w.Provider, w.Org)
			if n != 1 {
				t.Errorf("an event does not say that the key did it")
			}
		}
		if written != 10 { // five acts, in two logs each
			t.Errorf("%d events, want 10", written)
		}
		list := w.Must(t, w.Admin, http.MethodGet, "/api/providers/"+w.Provider+"/keys", nil).JSON(t)
		data, _ := list["data"].([]any)
		for _, e := range data {
			key, _ := e.(map[string]any)
			if key["id"] == p.Key && key["lastUsedDate"] == nil {
				t.Error("the last use of the key is not known")
			}
			if key["clientSecret"] != nil {
				t.Error("the list has a secret")
			}
		}
	})
}

// TestAProgramOpensNothing tries the token on the routes of people and of
// organizations.
func TestAProgramOpensNothing(t *testing.T) {
	w := apitest.NewWorld(t, dbtest.SQLite(t))
	for _, r := range w.Routes {
		if strings.HasPrefix(r.Path, fleetBase) || r.Who == "anyone" {
			continue
		}
		path := strings.NewReplacer("{provider}", w.Provider, "{org}", w.Org, "{client}", w.Client).Replace(r.Path)
		if a := w.Do(t, w.Program, r.Method, path, m{}); a.Status != http.StatusUnauthorized {
			t.Errorf("%s %s = %d %s, want 401", r.Method, path, a.Status, a.Body)
		}
	}
}
