package apitest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
)

// TestAnAPIKeyDoesNotChooseThePasswordAfterARecovery: whoever got hold of the key of
// an account knows neither its old password nor the temporary one.
func TestAnAPIKeyDoesNotChooseThePasswordAfterARecovery(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		offerRecovery(w)
		p, member := confirmed(w)
		key := w.Must(t, p, http.MethodPost, "/api/accounts/api-key", secret(p)).Text(t, "apiKey")
		w.Must(t, p, http.MethodPut, "/api/organizations/"+w.Org+"/users/"+p.ID+"/reset-password-enrollment", enrolment(p))
		sealed := dbtest.Value[[]byte](t, d, `SELECT api_key FROM users WHERE id = $1`, p.ID)
		w.Must(t, w.Owner, http.MethodPut, "/api/organizations/"+w.Org+"/users/"+member+"/reset-password",
			m{"newMasterPasswordHash": "hash of a temporary password", "key": apitest.WrappedKey()})
		if a := byAPIKey(w, p, key); a.Status != http.StatusBadRequest {
			t.Errorf("the key from before the recovery logs in: %d %s", a.Status, a.Body)
		}
		dbtest.Exec(t, d, `UPDATE users SET api_key = $2 WHERE id = $1`, p.ID, sealed) // as if they had the new one
		thief := *p
		thief.Token = byAPIKey(w, p, key).Text(t, "access_token")
		change := m{"newMasterPasswordHash": "hash of a password of the thief", "key": apitest.WrappedKey()}
		if a := w.Do(t, &thief, http.MethodPut, "/api/accounts/update-temp-password", change); a.Status != http.StatusBadRequest {
			t.Errorf("the key of the account replaced the temporary password: %d %s", a.Status, a.Body)
		}
	})
}

// TestNoSpellingOfAClaimedDomainMakesAnAccount asks for addresses that mail brings
// to the claimed domain, or that look like it.
func TestNoSpellingOfAClaimedDomainMakesAnAccount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		for _, name := range []string{"claimed.example", "xn--bcher-kva.example"} {
			apitest.Set(t, w.Server, `INSERT INTO claimed_domains (org_id, id, name, txt, verified_at, checks, created_at) VALUES ($1, $2, $3, '-', 1, 1, 1)`,
				w.Org, string(id.New[id.ClaimedDomain]()), name)
		}
		setPolicy(w, "19", true, nil)
		for _, email := range []string{
			"eve@claimed.example", "EVE@Claimed.EXAMPLE", "eve+plus@claimed.example", "eve@claimed.example.", "eve@claimed。example", "eve@ｃlaimed.example",
			"eve@bücher.example", "eve@BÜCHER.example", "eve@bu\u0308cher.example", "eve@xn--bcher-kva.example", "eve@XN--BCHER-KVA.example", "eve@claimed\u00ad.example",
		} {
			a := w.Do(t, apitest.Nobody, http.MethodPost, "/identity/accounts/register/send-verification-email", m{"email": email, "name": "Eve"})
			if a.Status != http.StatusBadRequest {
				t.Errorf("%q = %d %s", email, a.Status, a.Body)
			}
			a = w.Do(t, w.Stranger, http.MethodPost, "/api/accounts/email-token", secret(w.Stranger, m{"newEmail": email}))
			if a.Status != http.StatusBadRequest {
				t.Errorf("moving to %q = %d %s", email, a.Status, a.Body)
			}
			if !strings.Contains(string(a.Body), "mail") && !strings.Contains(string(a.Body), "address") {
				t.Errorf("%q: %s", email, a.Body)
			}
		}
		for _, email := range []string{"eve@unclaimed.example", "eve@sub.claimed.example", "eve@claimed.example.org", "ève@elsewhere.example"} {
			a := w.Do(t, apitest.Nobody, http.MethodPost, "/identity/accounts/register/send-verification-email", m{"email": email, "name": "Eve"})
			if a.Status != http.StatusOK {
				t.Errorf("%q = %d %s, want that it may register", email, a.Status, a.Body)
			}
		}
	})
}
