package apitest_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/authrequest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/secondfactor"
)

// approval is a person with a phone that is logged in, and a laptop that was once.
type approval struct {
	*apitest.Server
	t      *testing.T
	phone  *person
	laptop string
	ear    *apitest.Ear
}

func newApproval(t *testing.T, d *db.DB) approval {
	t.Helper()
	s := apitest.Start(t, d)
	a := approval{Server: s, t: t, phone: s.Register(t, "ann", "ann@example.test", nil), laptop: "laptop-of-ann"}
	laptop := *a.phone
	laptop.Device = a.laptop
	s.LogIn(t, &laptop)
	a.ear = s.Listen()
	return a
}

func (a approval) body(kind int) m {
	return m{"email": a.phone.Email, "publicKey": apitest.PublicKey(), "deviceIdentifier": a.laptop, "accessCode": accessCode, "type": kind}
}

// ask makes a request of the laptop.
func (a approval) ask(kind int) string {
	a.t.Helper()
	return a.Must(a.t, apitest.Nobody, http.MethodPost, "/api/auth-requests", a.body(kind)).Text(a.t, "id")
}

func (a approval) answer(request string, approved bool) apitest.Answer {
	a.t.Helper()
	return a.Do(a.t, a.phone, http.MethodPut, "/api/auth-requests/"+request,
		m{"key": apitest.Encapsulated(), "masterPasswordHash": nil, "deviceIdentifier": a.phone.Device, "requestApproved": approved})
}

// grant asks for tokens; more replaces fields of the request.
func (a approval) grant(request string, more url.Values) apitest.Answer {
	a.t.Helper()
	form := url.Values{
		"grant_type": {"password"}, "username": {a.phone.Email}, "password": {accessCode}, "authRequest": {request}, "scope": {"api offline_access"},
		"client_id": {"web"}, "deviceType": {"9"}, "deviceIdentifier": {a.laptop}, "deviceName": {"chrome"},
	}
	for name, values := range more {
		form[name] = values
	}
	return a.Form(a.t, "/identity/connect/token", form)
}

func (a approval) response(request, code string) apitest.Answer {
	a.t.Helper()
	return a.Do(a.t, apitest.Nobody, http.MethodGet, "/api/auth-requests/"+request+"/response?code="+code, nil)
}

// heard are the kinds of messages since it was last asked, and what they are about.
func (a approval) heard() map[int]string {
	out := map[int]string{}
	for _, said := range a.ear.Take() {
		if len(said.Users) == 1 && string(said.Users[0]) == a.phone.ID {
			out[int(said.Type)] = said.ID
		}
	}
	return out
}

func TestADeviceLetsAnotherOneIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := newApproval(t, d)
		made := a.Must(t, apitest.Nobody, http.MethodPost, "/api/auth-requests", a.body(0)).JSON(t)
		request := made["id"].(string)
		if diff := cmp.Diff(map[int]string{15: request}, a.heard()); diff != "" {
			t.Errorf("asking told (-want +got):\n%s", diff)
		}
		pending := a.Must(t, a.phone, http.MethodGet, "/api/auth-requests/pending", nil).JSON(t)["data"].([]any)
		want := m{
			"object": "auth-request", "id": request, "publicKey": made["publicKey"], "requestDeviceIdentifier": a.laptop, "requestDeviceTypeValue": 25.0,
			"requestDeviceType": "Linux CLI", "requestIpAddress": made["requestIpAddress"], "requestCountryName": nil, "key": nil, "masterPasswordHash": nil,
			"creationDate": made["creationDate"], "responseDate": nil, "requestApproved": nil, "origin": "https://vault.example.test",
		}
		if diff := cmp.Diff(want, made); diff != "" {
			t.Errorf("request (-want +got):\n%s", diff)
		}
		laptop := a.Must(t, a.phone, http.MethodGet, "/api/devices/identifier/"+a.laptop, nil).JSON(t)
		want["requestDeviceId"] = laptop["id"]
		if diff := cmp.Diff([]any{want}, pending); diff != "" {
			t.Errorf("pending (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(m{"id": request, "creationDate": made["creationDate"]}, laptop["devicePendingAuthRequest"]); diff != "" {
			t.Errorf("device (-want +got):\n%s", diff)
		}
		if got := a.response(request, accessCode).JSON(t); got["requestApproved"] != nil || got["key"] != nil {
			t.Errorf("before the answer: %v", got)
		}

		answered := a.answer(request, true).JSON(t)
		if answered["requestApproved"] != true || answered["responseDate"] == nil {
			t.Errorf("answered: %v", answered)
		}
		if diff := cmp.Diff(map[int]string{16: request}, a.heard()); diff != "" {
			t.Errorf("answering told (-want +got):\n%s", diff)
		}
		if got := a.answer(request, false); got.Status != http.StatusBadRequest {
			t.Errorf("a second answer: %d %s, want 400", got.Status, got.Body)
		}
		if got := a.response(request, accessCode).JSON(t); got["requestApproved"] != true || got["key"] != answered["key"] || got["key"] == nil {
			t.Errorf("after the answer: %v", got)
		}
		g := a.grant(request, nil)
		if g.Status != http.StatusOK || g.Text(t, "access_token") == "" || g.Text(t, "refresh_token") == "" {
			t.Fatalf("log-in: %d %s", g.Status, g.Body)
		}
		let := &person{Name: "laptop", Token: g.Text(t, "access_token")}
		if got := a.Do(t, let, http.MethodGet, "/api/auth-requests", nil); got.Status != http.StatusOK || len(got.JSON(t)["data"].([]any)) > 0 {
			t.Errorf("requests after the log-in: %d %s, want none", got.Status, got.Body)
		}
		if again := a.grant(request, nil); again.Status != http.StatusBadRequest {
			t.Errorf("an approval was good twice: %d %s", again.Status, again.Body)
		}
	})
}

func TestAnApprovalStandsForThePasswordAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := newApproval(t, d)
		a.Must(t, a.phone, http.MethodPut, "/api/two-factor/authenticator", authenticator(a.phone))
		request := a.ask(0)
		if got := a.grant(request, nil); got.JSON(t)["error_description"] != "invalid_username_or_password" {
			t.Errorf("without approval the second step is shown: %s", got.Body)
		}
		a.answer(request, true)
		for range 2 { // being asked does not use it up
			if got := a.grant(request, nil); got.Status != http.StatusBadRequest || got.JSON(t)["error_description"] != "Two factor required." {
				t.Fatalf("without the second step: %d %s", got.Status, got.Body)
			}
		}
		if got := a.grant(request, url.Values{"twoFactorProvider": {"0"}, "twoFactorToken": {"000000"}}); got.Status != http.StatusBadRequest {
			t.Fatalf("with a wrong code: %d %s", got.Status, got.Body)
		}
		key, err := secondfactor.ParseKey(twoStepKey)
		if err != nil {
			t.Fatal(err)
		}
		next := key.Code(secondfactor.StepOf(time.Now()) + 1) // the code of now was used up by the set-up
		if got := a.grant(request, url.Values{"twoFactorProvider": {"0"}, "twoFactorToken": {next}}); got.Status != http.StatusOK {
			t.Errorf("with the second step: %d %s", got.Status, got.Body)
		}
	})
}

func TestAskingAgainReplacesTheRequest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := newApproval(t, d)
		first := a.ask(0)
		second := a.ask(1)
		if got := a.answer(first, true); got.Status != http.StatusNotFound {
			t.Errorf("the first: %d %s, want 404", got.Status, got.Body)
		}
		if got := a.answer(second, false); got.Status != http.StatusOK || got.JSON(t)["key"] != nil {
			t.Errorf("denying the second: %d %s", got.Status, got.Body)
		}
	})
}

func TestWhoWaitsIsKnownUntilThereIsAnAnswer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := newApproval(t, d)
		requests := &authrequest.Service{DB: d, Limits: &ratelimit.Limiter{DB: d}}
		waits := func(request string) bool {
			t.Helper()
			yes, err := requests.Waits(t.Context(), request)
			if err != nil {
				t.Fatal(err)
			}
			return yes
		}
		// socket is what whoever wants to open one is told.
		socket := func(request string) int {
			return a.Do(t, apitest.Nobody, http.MethodPost, "/notifications/anonymous-hub/negotiate?Token="+request, nil).Status
		}
		request := a.ask(0)
		if !waits(request) || waits("nobody's") {
			t.Error("a request that waits is not known, or one is that nobody made")
		}
		if got := socket(request); got != http.StatusOK {
			t.Errorf("a socket for a request that waits: %d, want 200", got)
		}
		if err := requests.Sweep(t.Context()); err != nil || !waits(request) {
			t.Errorf("a fresh request was swept away: %v", err)
		}
		a.answer(request, true)
		if waits(request) {
			t.Error("an answered request waits")
		}
		if got := socket(request); got != http.StatusNotFound {
			t.Errorf("a socket for a request that was answered: %d, want 404", got)
		}
		old := a.ask(0)
		apitest.Set(t, a.Server, `UPDATE auth_requests SET created_at = created_at - 900000000`)
		if waits(old) {
			t.Error("an expired request waits")
		}
		if err := requests.Sweep(t.Context()); err != nil || a.Do(t, a.phone, http.MethodGet, "/api/auth-requests/"+old, nil).Status != http.StatusNotFound {
			t.Errorf("an expired request was not swept away: %v", err)
		}
	})
}
