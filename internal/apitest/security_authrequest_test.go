package apitest_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
)

// TestACraftedRequestLetsNobodyIn (CVE-2024-55225): a code is good for one request, of
// one account and one device, that the account itself has approved, and for a log-in.
// Every other use looks like a wrong password.
func TestACraftedRequestLetsNobodyIn(t *testing.T) {
	for name, try := range map[string]func(a approval) apitest.Answer{
		"before the answer": func(a approval) apitest.Answer { return a.grant(a.ask(0), nil) },
		"denied": func(a approval) apitest.Answer {
			request := a.ask(0)
			a.answer(request, false)
			return a.grant(request, nil)
		},
		"of another account": func(a approval) apitest.Answer {
			mallory := a.Register(a.t, "mallory", "mallory@example.test", nil)
			request := a.Must(a.t, apitest.Nobody, http.MethodPost, "/api/auth-requests", asking(mallory, 0)).Text(a.t, "id")
			a.Must(a.t, mallory, http.MethodPut, "/api/auth-requests/"+request, m{"key": apitest.Encapsulated(), "requestApproved": true})
			return a.grant(request, url.Values{"deviceIdentifier": {mallory.Device}})
		},
		"of another account, from the victim's device": func(a approval) apitest.Answer {
			mallory := a.Register(a.t, "mallory", "mallory@example.test", nil)
			mallory.Device = a.laptop
			a.LogIn(a.t, mallory)
			request := a.Must(a.t, apitest.Nobody, http.MethodPost, "/api/auth-requests", asking(mallory, 0)).Text(a.t, "id")
			a.Must(a.t, mallory, http.MethodPut, "/api/auth-requests/"+request, m{"key": apitest.Encapsulated(), "requestApproved": true})
			return a.grant(request, nil)
		},
		"for an address that nobody has": approved(url.Values{"username": {"nobody@example.test"}}),
		"with another code":              approved(url.Values{"password": {"code-of-no-device-at-all-"}}),
		"with the password":              func(a approval) apitest.Answer { return approved(url.Values{"password": {a.phone.Password}})(a) },
		"without a code":                 approved(url.Values{"password": {""}}),
		"from another device":            func(a approval) apitest.Answer { return approved(url.Values{"deviceIdentifier": {a.phone.Device}})(a) },
		"of another request":             approved(url.Values{"authRequest": {string(id.New[id.AuthRequest]())}}),
		"of no request":                  approved(url.Values{"authRequest": {"x' OR '1'='1"}}),
		"to unlock": func(a approval) apitest.Answer {
			request := a.ask(1)
			a.answer(request, true)
			return a.grant(request, nil)
		},
		"too late": func(a approval) apitest.Answer {
			request := a.ask(0)
			a.answer(request, true)
			apitest.Set(a.t, a.Server, `UPDATE auth_requests SET created_at = created_at - 900000000`)
			return a.grant(request, nil)
		},
		"after the sessions ended": func(a approval) apitest.Answer {
			request := a.ask(0)
			a.answer(request, true)
			a.Must(a.t, a.phone, http.MethodPost, "/api/accounts/security-stamp", secret(a.phone))
			return a.grant(request, nil)
		},
		"after the device was removed": func(a approval) apitest.Answer {
			request := a.ask(0)
			a.answer(request, true)
			row := a.Must(a.t, a.phone, http.MethodGet, "/api/devices/identifier/"+a.laptop, nil).Text(a.t, "id")
			a.Must(a.t, a.phone, http.MethodDelete, "/api/devices/"+row, nil)
			return a.grant(request, nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				a := newApproval(t, d)
				want := a.grant("", url.Values{"authRequest": nil, "password": {"wrong"}})
				got := try(a)
				if got.Status != http.StatusBadRequest || string(got.Body) != string(want.Body) {
					t.Errorf("%d %s, want %s", got.Status, got.Body, want.Body)
				}
			})
		})
	}
}

// approved is a grant with an approved request, and something wrong.
func approved(wrong url.Values) func(a approval) apitest.Answer {
	return func(a approval) apitest.Answer {
		request := a.ask(0)
		a.answer(request, true)
		return a.grant(request, wrong)
	}
}

func TestAskingTellsNotWhoHasAnAccount(t *testing.T) {
	a := newApproval(t, dbtest.SQLite(t))
	strange, nobody := a.body(0), a.body(0)
	strange["deviceIdentifier"], nobody["email"] = "device-of-nobody", "nobody@example.test"
	known := a.Do(t, apitest.Nobody, http.MethodPost, "/api/auth-requests", strange)
	unknown := a.Do(t, apitest.Nobody, http.MethodPost, "/api/auth-requests", nobody)
	if known.Status != http.StatusBadRequest || string(known.Body) != string(unknown.Body) {
		t.Errorf("with an account: %d %s\nwithout one: %d %s", known.Status, known.Body, unknown.Status, unknown.Body)
	}
	if heard := a.heard(); len(heard) > 0 {
		t.Errorf("a device that is not known rang: %v", heard)
	}
}

func TestTheCodeAloneGetsTheAnswer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := newApproval(t, d)
		request := a.ask(0)
		a.answer(request, true)
		want := a.Do(t, a.phone, http.MethodGet, "/api/auth-requests/"+string(id.New[id.AuthRequest]()), nil)
		for name, got := range map[string]apitest.Answer{
			"another code": a.response(request, strings.ToUpper(accessCode)), "no code": a.response(request, ""),
			"another request": a.response(string(id.New[id.AuthRequest]()), accessCode), "no request": a.response("pending", accessCode),
		} {
			if got.Status != http.StatusNotFound || string(got.Body) != string(want.Body) {
				t.Errorf("%s: %d %s, want 404", name, got.Status, got.Body)
			}
		}
		apitest.Set(t, a.Server, `UPDATE auth_requests SET created_at = created_at - 900000000`)
		if got := a.response(request, accessCode); got.Status != http.StatusNotFound {
			t.Errorf("an expired answer: %d %s, want 404", got.Status, got.Body)
		}
	})
}

func TestWhatIsNoAnswer(t *testing.T) {
	a := newApproval(t, dbtest.SQLite(t))
	request := a.ask(0)
	put := func(as *person, body m) apitest.Answer {
		return a.Do(t, as, http.MethodPut, "/api/auth-requests/"+request, body)
	}
	for name, key := range map[string]any{"no key": nil, "a key of a password": apitest.WrappedKey(), "plain text": "key"} {
		if got := put(a.phone, m{"key": key, "requestApproved": true}); got.Status != http.StatusBadRequest {
			t.Errorf("%s: %d %s, want 400", name, got.Status, got.Body)
		}
	}
	if got := put(a.Register(t, "mallory", "mallory@example.test", nil), m{"key": apitest.Encapsulated(), "requestApproved": true}); got.Status != http.StatusNotFound {
		t.Errorf("somebody else's: %d %s, want 404", got.Status, got.Body)
	}
	secretKey := a.Must(t, a.phone, http.MethodPost, "/api/accounts/api-key", secret(a.phone)).Text(t, "apiKey")
	g := a.Form(t, "/identity/connect/token", url.Values{"grant_type": {"client_credentials"}, "client_id": {"user." + a.phone.ID}, "client_secret": {secretKey},
		"scope": {"api"}, "deviceType": {"25"}, "deviceIdentifier": {"a-program"}, "deviceName": {"linux"}})
	program := &person{Name: "program", Token: g.Text(t, "access_token")}
	if got := put(program, m{"key": apitest.Encapsulated(), "requestApproved": true}); got.Status != http.StatusBadRequest || !strings.Contains(string(got.Body), "master password") {
		t.Errorf("by API key: %d %s, want 400", got.Status, got.Body)
	}
	apitest.Set(t, a.Server, `UPDATE auth_requests SET created_at = created_at - 900000000`)
	if got := a.answer(request, true); got.Status != http.StatusBadRequest || !strings.Contains(string(got.Body), "expired") {
		t.Errorf("too late: %d %s, want 400", got.Status, got.Body)
	}
}

func TestNobodyIsWornDownByRequests(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := newApproval(t, d)
		rang := 0
		for range 8 {
			got := a.Do(t, apitest.Nobody, http.MethodPost, "/api/auth-requests", a.body(0))
			rang += len(a.heard())
			if got.Status != http.StatusOK && got.Status != http.StatusTooManyRequests {
				t.Fatalf("%d %s", got.Status, got.Body)
			}
		}
		if rang != 5 {
			t.Errorf("eight requests from eight addresses rang %d times, want 5", rang)
		}
	})
}

func TestCodesAreNotGuessedFromOneAddress(t *testing.T) {
	a := newApproval(t, dbtest.SQLite(t))
	request := a.ask(0)
	get := func(addr, code string) int {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/auth-requests/"+request+"/response?code="+code, nil)
		r.RemoteAddr = addr
		w := httptest.NewRecorder()
		a.Handler.ServeHTTP(w, r)
		return w.Code
	}
	for range 40 { // whoever has the code may ask as often as they like
		if got := get("192.0.2.1:1000", accessCode); got != http.StatusOK {
			t.Fatalf("the right code: %d", got)
		}
	}
	for range 30 {
		if got := get("192.0.2.2:1000", "wrong"); got != http.StatusNotFound {
			t.Fatalf("a wrong code: %d", got)
		}
	}
	if got := get("192.0.2.2:1000", accessCode); got != http.StatusTooManyRequests {
		t.Errorf("after thirty wrong codes: %d, want 429", got)
	}
}

func TestRequestsThatThisServerDoesNotKnow(t *testing.T) {
	a := newApproval(t, dbtest.SQLite(t))
	for name, change := range map[string]m{
		"approval by an admin": {"type": 2}, "another type": {"type": 7}, "no key": {"publicKey": "x"}, "a short code": {"accessCode": "short"},
		"a long code": {"accessCode": strings.Repeat("x", 26)}, "no address": {"email": ""}, "no device": {"deviceIdentifier": ""},
	} {
		body := a.body(0)
		for k, v := range change {
			body[k] = v
		}
		if got := a.Do(t, apitest.Nobody, http.MethodPost, "/api/auth-requests", body); got.Status != http.StatusBadRequest {
			t.Errorf("%s: %d %s, want 400", name, got.Status, got.Body)
		}
	}
	if got := a.Do(t, a.phone, http.MethodPost, "/api/auth-requests/admin-request", a.body(2)); got.Status != http.StatusBadRequest || !strings.Contains(string(got.Body), "trusted devices") {
		t.Errorf("approval by an admin: %d %s, want 400", got.Status, got.Body)
	}
}
