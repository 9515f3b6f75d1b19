package apitest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// TestAClaimedAccountStaysWithItsOrganization proves the domain of the client's
// people, and lets one of them try to get away in every way.
func TestAClaimedAccountStaysWithItsOrganization(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		at := "/api/organizations/" + w.Org
		profile := func(p *person) m {
			list, _ := w.Must(t, p, http.MethodGet, "/api/accounts/profile", nil).JSON(t)["organizations"].([]any)
			one, _ := list[0].(m)
			return one
		}
		if profile(w.User)["userIsClaimedByOrganization"] != false {
			t.Error("claimed before the domain is proved")
		}
		w.Must(t, w.User, http.MethodGet, "/api/sync", nil)
		added := w.Must(t, w.Manager, http.MethodPost, at+"/domain", m{"domainName": "Client.Example"})
		w.DNS.Set("client.example", added.Text(t, "txt"))
		proved := w.Must(t, w.Manager, http.MethodPost, at+"/domain/"+added.Text(t, "id")+"/verify", nil)
		if proved.JSON(t)["verifiedDate"] == nil {
			t.Fatalf("not proved: %s", proved.Body)
		}
		if one := profile(w.User); one["userIsClaimedByOrganization"] != true || one["userIsManagedByOrganization"] != true {
			t.Error("the profile does not say that the account is claimed")
		}
		if a := w.Must(t, w.User, http.MethodGet, "/api/sync", nil); !strings.Contains(string(a.Body), `"userIsClaimedByOrganization":true`) {
			t.Error("sync does not say that the account is claimed")
		}
		moved := secret(w.User, m{"newEmail": "away@elsewhere.example", "newMasterPasswordHash": w.User.Password, "key": apitest.WrappedKey(), "token": "x"})
		for name, a := range map[string]apitest.Answer{
			"leave":          w.Do(t, w.User, http.MethodPost, at+"/leave", nil),
			"delete":         w.Do(t, w.User, http.MethodDelete, "/api/accounts", secret(w.User)),
			"ask for a code": w.Do(t, w.User, http.MethodPost, "/api/accounts/email-token", secret(w.User, m{"newEmail": "away@elsewhere.example"})),
			"move away":      w.Do(t, w.User, http.MethodPost, "/api/accounts/email", moved),
			"be removed":     w.Do(t, w.Owner, http.MethodDelete, at+"/users/"+w.Members[w.User], nil),
		} {
			if a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), "belong") {
				t.Errorf("%s: %d %s", name, a.Status, a.Body)
			}
		}
		a := w.Must(t, w.Owner, http.MethodGet, at+"/users", nil)
		if n := strings.Count(string(a.Body), `"claimedByOrganization":true`); n != 7 {
			t.Errorf("%d members are shown as claimed, want the 7 who have accepted", n)
		}
		if a := w.Must(t, w.Owner, http.MethodGet, at+"/policies", nil); !strings.Contains(string(a.Body), `"enabled":true`) {
			t.Errorf("no policy follows from the domain: %s", a.Body)
		}
		// Nothing of the other organization changed, and it cannot take the domain.
		if a := w.Do(t, w.OtherOwner, http.MethodPost, "/api/organizations/"+w.OtherOrg+"/domain", m{"domainName": "client.example"}); a.Status != http.StatusConflict {
			t.Errorf("another organization claims it too: %d %s", a.Status, a.Body)
		}
		// Once it is given up, the accounts are their own again.
		w.Must(t, w.Owner, http.MethodDelete, at+"/domain/"+added.Text(t, "id"), nil)
		if profile(w.User)["userIsClaimedByOrganization"] != false {
			t.Error("still claimed after the domain was given up")
		}
		w.Must(t, w.User, http.MethodPost, at+"/leave", nil)
	})
}
