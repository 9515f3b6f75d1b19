package apitest_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
)

// tries is how many wrong secrets one account has at once.
const tries = 10

// entry is one way to have a secret of an account checked.
type entry func(w *world, p *person, wrong bool) apitest.Answer

// entries are all of them: the log-ins, and every route of the matrix whose body
// has a secret.
func entries(w *world) map[string]entry {
	out := map[string]entry{
		"log-in": func(w *world, p *person, wrong bool) apitest.Answer {
			return w.Form(w.T, "/identity/connect/token", url.Values{
				"grant_type": {"password"}, "username": {p.Email}, "password": {orWrong(p.Password, wrong)}, "scope": {"api offline_access"},
				"client_id": {"cli"}, "deviceType": {"25"}, "deviceIdentifier": {p.Device}, "deviceName": {"linux"},
			})
		},
		"log-in by API key": func(w *world, p *person, _ bool) apitest.Answer { return byAPIKey(w, p, "wrong") },
		"log-in by approval": func(w *world, p *person, _ bool) apitest.Answer {
			return w.Form(w.T, "/identity/connect/token", url.Values{
				"grant_type": {"password"}, "username": {p.Email}, "password": {accessCode}, "authRequest": {string(id.New[id.AuthRequest]())},
				"client_id": {"web"}, "deviceType": {"9"}, "deviceIdentifier": {p.Device}, "deviceName": {"chrome"},
			})
		},
		"mailed code": func(w *world, p *person, _ bool) apitest.Answer {
			return w.Do(w.T, p, http.MethodPost, "/api/accounts/verify-otp", m{"otp": "000000"})
		},
		"purge of an organization": func(w *world, p *person, wrong bool) apitest.Answer {
			return w.Do(w.T, p, http.MethodPost, "/api/ciphers/purge?organizationId="+w.Org, m{"masterPasswordHash": orWrong(p.Password, wrong)})
		},
		"new device": func(w *world, p *person, wrong bool) apitest.Answer {
			return w.Do(w.T, apitest.Nobody, http.MethodPost, "/api/accounts/resend-new-device-otp", m{"email": p.Email, "masterPasswordHash": orWrong(p.Password, wrong)})
		},
	}
	all := rows()
	for _, r := range w.Routes {
		line, ok := all[r.Method+" "+r.Path]
		if !ok || r.Who == "anyone" {
			continue
		}
		f := fuzz{w: w, r: r, line: line}
		f.prepare()
		secretName := ""
		for _, name := range []string{"masterPasswordHash", "oldMasterKeyAuthenticationHash"} {
			if body, ok := f.body.(m); ok && body[name] != nil {
				secretName = name
			}
		}
		if secretName == "" {
			continue
		}
		out[r.Method+" "+r.Path] = func(w *world, p *person, wrong bool) apitest.Answer {
			path, body := line.try(w, p)
			sent, _ := body.(m)
			sent[secretName] = orWrong(p.Password, wrong)
			return w.Do(w.T, p, r.Method, path, sent)
		}
	}
	return out
}

func orWrong(right string, wrong bool) string {
	if wrong {
		return "d3Jvbmc="
	}
	return right
}

// TestNoEntryChecksMoreSecretsThanTheLimit guesses through each entry until it is
// refused, and then tries the right secret through all the others.
func TestNoEntryChecksMoreSecretsThanTheLimit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		all := entries(w)
		if len(all) < 15 {
			t.Fatalf("only %v check secrets", slices.Sorted(maps.Keys(all)))
		}
		for name, guess := range all {
			t.Run(name, func(t *testing.T) {
				w.T = t
				p := newcomer(w)
				promote(w, p)
				apitest.Set(t, w.Server, `INSERT INTO provider_users (provider_id, id, user_id, key, status, type, created_at, revised_at)
					VALUES ($1, $2, $3, $4, 2, 0, 1, 1)`, w.Provider, string(id.New[id.ProviderUser]()), p.ID, apitest.Encapsulated())
				for range tries {
					if a := guess(w, p, true); a.Status != http.StatusBadRequest && name != "new device" {
						t.Fatalf("a wrong secret: %d %s", a.Status, a.Body)
					}
				}
				if a := guess(w, p, true); a.Status != http.StatusTooManyRequests {
					t.Errorf("one guess more: %d %s", a.Status, a.Body)
				}
				for other, ask := range all {
					if a := ask(w, p, false); a.Status != http.StatusTooManyRequests {
						t.Errorf("the right secret through %s: %d %s", other, a.Status, a.Body)
					}
				}
			})
		}
	})
}

// promote makes somebody an owner of the client: others have no secret to give there.
func promote(w *world, p *person) { promoteIn(w, w.Org, p) }

func promoteIn(w *world, org string, p *person) {
	w.T.Helper()
	apitest.Set(w.T, w.Server, `INSERT INTO members (org_id, id, user_id, key, status, type, permissions, created_at, revised_at)
		VALUES ($1, $2, $3, $4, 2, 0, 0, 1, 1)`, org, string(id.New[id.Member]()), p.ID, apitest.Encapsulated())
}

// TestNobodyDodgesTheLimitOfAnAddress guesses at many accounts from one peer that
// claims to be others.
func TestNobodyDodgesTheLimitOfAnAddress(t *testing.T) {
	w := apitest.NewWorld(t, dbtest.SQLite(t))
	last := 0
	for i := range 60 {
		form := url.Values{"grant_type": {"password"}, "username": {strings.Repeat("x", i+1) + "@nowhere.example"}, "password": {"d3Jvbmc="},
			"client_id": {"cli"}, "deviceType": {"25"}, "deviceIdentifier": {"d"}, "deviceName": {"linux"}}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/identity/connect/token", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for _, name := range []string{"X-Forwarded-For", "X-Real-IP", "Forwarded", "CF-Connecting-IP", "True-Client-IP"} {
			r.Header.Set(name, "192.0.2."+string(rune('0'+i%10)))
		}
		r.RemoteAddr = "198.51.100.7:4000"
		answer := httptest.NewRecorder()
		w.Handler.ServeHTTP(answer, r)
		last = answer.Code
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the 60th guess from one address: %d, want 429", last)
	}
}
