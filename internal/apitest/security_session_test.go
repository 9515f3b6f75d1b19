package apitest_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/token"
)

// endings are the acts that end every session of an account.
var endings = []string{
	"POST /api/accounts/password", "POST /api/accounts/kdf", "POST /api/accounts/email",
	"POST /api/accounts/security-stamp", "DELETE /api/accounts", "PUT /api/accounts/update-temp-password", "POST /api/accounts/key-management/rotate-user-account-keys",
}

// TestNoTokenOutlivesTheSessionsOfAnAccount holds each of those acts against each
// kind of token, of the device that acts and of others.
func TestNoTokenOutlivesTheSessionsOfAnAccount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		for _, route := range endings {
			t.Run(route, func(t *testing.T) {
				w.T = t
				line := rows()[route]
				p := line.who(w)[0]
				tokens := tokensOf(t, w, p)
				if !strings.Contains(route, "rotate") { // whose row is for an empty vault
					tokens.download = download(w, p, personalFile(w, p))
				}
				method, _, _ := strings.Cut(route, " ")
				path, body := line.try(w, p)
				w.Must(t, p, method, path, body)

				tokens.dead(t, w)
			})
		}
	})
}

// tokens are those of an account, of each kind.
type tokens struct {
	own, other, byKey *person
	download          string // address of a file; empty: none
	approval          string // of another device, not used yet
}

func tokensOf(t *testing.T, w *world, p *person) tokens {
	t.Helper()
	own, other, byKey := *p, *p, *p
	other.Device = string(id.New[id.Device]())
	w.LogIn(t, &other)
	byKey.Token = byAPIKey(w, p, w.Must(t, p, http.MethodPost, "/api/accounts/api-key", secret(p)).Text(t, "apiKey")).Text(t, "access_token")
	approval := requested(w, p)
	w.Must(t, p, http.MethodPut, "/api/auth-requests/"+approval, m{"key": apitest.Encapsulated(), "requestApproved": true})
	return tokens{own: &own, other: &other, byKey: &byKey, approval: approval}
}

func (k tokens) dead(t *testing.T, w *world) {
	t.Helper()
	if k.download != "" {
		if a := w.Do(t, apitest.Nobody, http.MethodGet, k.download, nil); a.Status != http.StatusNotFound {
			t.Errorf("the address of a download still works: %d", a.Status)
		}
	}
	if a := w.Do(t, apitest.Nobody, http.MethodGet, "/api/auth-requests/"+k.approval+"/response?code="+accessCode, nil); a.Status != http.StatusNotFound {
		t.Errorf("the approval of another device still works: %d", a.Status)
	}
	for name, holder := range map[string]*person{"own access token": k.own, "access token of another device": k.other, "access token of the API key": k.byKey} {
		if a := w.Do(t, holder, http.MethodGet, "/api/sync", nil); a.Status != http.StatusUnauthorized {
			t.Errorf("the %s still works: %d", name, a.Status)
		}
	}
	for name, holder := range map[string]*person{"own refresh token": k.own, "refresh token of another device": k.other} {
		if a := refresh(w, holder); a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), "invalid_grant") {
			t.Errorf("the %s still works: %d %s", name, a.Status, a.Body)
		}
	}
}

// TestNoTokenOutlivesARecovery has an owner reset the account of a member, who
// then has to choose another password.
func TestNoTokenOutlivesARecovery(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		offerRecovery(w)
		p, member := confirmed(w)
		at := "/api/organizations/" + w.Org + "/users/"
		w.Must(t, p, http.MethodPut, at+p.ID+"/reset-password-enrollment", enrolment(p))
		old := tokensOf(t, w, p)
		w.Must(t, w.Owner, http.MethodPut, at+member+"/recover-account", m{"resetTwoFactor": true})
		old.dead(t, w)
		w.LogIn(t, p)
		old = tokensOf(t, w, p)
		temporary := m{"resetMasterPassword": true, "newMasterPasswordHash": "dGVtcG9yYXJ5", "key": apitest.WrappedKey()}
		w.Must(t, w.Owner, http.MethodPut, at+member+"/recover-account", temporary)
		old.dead(t, w)

		p.Password = "dGVtcG9yYXJ5"
		w.LogIn(t, p)
		forced := func() any {
			return w.Must(t, p, http.MethodGet, "/api/accounts/profile", nil).JSON(t)["forcePasswordReset"]
		}
		if forced() != true {
			t.Error("the profile does not call the password temporary")
		}
		w.Must(t, p, http.MethodPut, "/api/accounts/update-temp-password", m{"newMasterPasswordHash": "b3du", "key": apitest.WrappedKey()})
		p.Password = "b3du"
		w.LogIn(t, p)
		if forced() != false {
			t.Error("the profile calls a password of one's own temporary")
		}
	})
}

func refresh(w *world, p *person) apitest.Answer {
	return w.Form(w.T, "/identity/connect/token", url.Values{"grant_type": {"refresh_token"}, "client_id": {"cli"}, "refresh_token": {p.Refresh}})
}

func byAPIKey(w *world, p *person, key string) apitest.Answer {
	return w.Form(w.T, "/identity/connect/token", url.Values{
		"grant_type": {"client_credentials"}, "client_id": {"user." + p.ID}, "client_secret": {key}, "scope": {"api"},
		"deviceType": {"25"}, "deviceIdentifier": {p.Device}, "deviceName": {"linux"},
	})
}

// TestNoTokenOutlivesItsDevice removes one device and leaves the other alone.
func TestNoTokenOutlivesItsDevice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		other := *w.User
		other.Device = string(id.New[id.Device]())
		w.LogIn(t, &other)
		device := w.Must(t, w.User, http.MethodGet, "/api/devices/identifier/"+other.Device, nil).Text(t, "id")
		w.Must(t, w.User, http.MethodDelete, "/api/devices/"+device, nil)
		if a := w.Do(t, &other, http.MethodGet, "/api/sync", nil); a.Status != http.StatusUnauthorized {
			t.Errorf("the access token still works: %d", a.Status)
		}
		if a := refresh(w, &other); a.Status != http.StatusBadRequest {
			t.Errorf("the refresh token still works: %d %s", a.Status, a.Body)
		}
		if a := w.Do(t, w.User, http.MethodGet, "/api/sync", nil); a.Status != http.StatusOK {
			t.Errorf("another device was logged out: %d", a.Status)
		}
		w.LogIn(t, &other) // the same installation again: its old token stays dead
	})
}

// TestNoTokenIsGoodForAnotherPurpose signs what an access token says with the keys
// of all other purposes, with none, and for another time.
func TestNoTokenIsGoodForAnotherPurpose(t *testing.T) {
	w := apitest.NewWorld(t, dbtest.SQLite(t))
	keeper, err := token.NewKeeper(w.Base.Secret)
	if err != nil {
		t.Fatal(err)
	}
	c, err := keeper.Verify(token.Access, w.User.Token)
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := token.NewKeeper([]byte("another secret of at least 32 bytes."))
	if err != nil {
		t.Fatal(err)
	}
	late := *keeper
	late.Now = func() time.Time { return time.Now().Add(-48 * time.Hour) }
	sign := func(k *token.Keeper, p token.Purpose) string {
		s, err := k.Sign(p, time.Hour, c)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	parts := strings.Split(w.User.Token, ".")
	none := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`))
	tokens := map[string]string{
		"foreign secret": sign(foreign, token.Access), "expired": sign(&late, token.Access), "no signature": none + "." + parts[1] + ".",
		"none with a signature": none + "." + parts[1] + "." + parts[2], "cut": parts[0] + "." + parts[1] + ".", "refresh token": w.User.Refresh,
	}
	for _, p := range []token.Purpose{token.RegisterEmail, token.VerifyEmail, token.DeleteAccount, token.OrgInvitation, token.ProviderInvitation, token.ProviderSetup, token.TwoStepSettings, token.AttachmentFile, token.SendAccess, token.SendFile} {
		tokens[string(p)] = sign(keeper, p)
	}
	for name, forged := range tokens {
		if a := w.Do(t, &person{Token: forged}, http.MethodGet, "/api/sync", nil); a.Status != http.StatusUnauthorized {
			t.Errorf("%s: %d, want 401", name, a.Status)
		}
	}
	if a := w.Do(t, &person{Token: sign(keeper, token.Access)}, http.MethodGet, "/api/sync", nil); a.Status != http.StatusOK {
		t.Errorf("the test signs nothing that is accepted: %d %s", a.Status, a.Body)
	}
}

// TestAnInvitationIsForOnePersonAlone tries the link of one member for others, and
// tokens of other purposes.
func TestAnInvitationIsForOnePersonAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		a, b := newcomer(w), newcomer(w)
		memberA, memberB := w.Invite(a.Email, 2), w.Invite(b.Email, 0)
		tokenA, tokenB := w.InvitationToken(w.Owner, w.Org, memberA), w.InvitationToken(w.Owner, w.Org, memberB)
		staffA := w.InviteStaff(a.Email)
		staffToken := w.StaffToken(staffA)
		accept := func(org, member string) string { return "/api/organizations/" + org + "/users/" + member + "/accept" }
		for name, c := range map[string]struct {
			as    *person
			path  string
			token string
		}{
			"A's token for B's invitation, as A":        {a, accept(w.Org, memberB), tokenA},
			"A's token for B's invitation, as B":        {b, accept(w.Org, memberB), tokenA},
			"B's own token by A":                        {a, accept(w.Org, memberB), tokenB},
			"in another organization":                   {a, accept(w.OtherOrg, memberA), tokenA},
			"a token for staff":                         {a, accept(w.Org, memberA), staffToken},
			"an access token":                           {a, accept(w.Org, memberA), a.Token},
			"a member's token for staff":                {a, "/api/providers/" + w.Provider + "/users/" + staffA + "/accept", tokenA},
			"a token of staff for another provider":     {a, "/api/providers/" + w.OtherProvider + "/users/" + staffA + "/accept", staffToken},
			"a set-up link for a provider that is open": {a, "/api/providers/" + w.Provider + "/setup", apitest.Query(t, w.SetupLink).Get("token")},
		} {
			body := m{"token": c.token, "name": "Example", "billingEmail": a.Email, "key": apitest.Encapsulated()}
			if got := w.Do(t, c.as, http.MethodPost, c.path, body); got.Status != http.StatusBadRequest && got.Status != http.StatusNotFound {
				t.Errorf("%s: %d %s", name, got.Status, got.Body)
			}
		}
		w.Must(t, a, http.MethodPost, accept(w.Org, memberA), m{"token": tokenA})
		if again := w.Do(t, a, http.MethodPost, accept(w.Org, memberA), m{"token": tokenA}); again.Status != http.StatusBadRequest {
			t.Errorf("a token twice: %d", again.Status)
		}
		w.Must(t, w.Owner, http.MethodDelete, "/api/organizations/"+w.Org+"/users/"+memberB, nil)
		if gone := w.Do(t, b, http.MethodPost, accept(w.Org, memberB), m{"token": tokenB}); gone.Status != http.StatusBadRequest {
			t.Errorf("a withdrawn invitation: %d %s", gone.Status, gone.Body)
		}
	})
}
