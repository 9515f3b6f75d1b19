package enroll_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/provider"
)

func TestATechnicianComesIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, _ := w.client("boss@example.com", 5)
		w.fine("invite", w.enroll.InviteStaff(w.as(w.admin), w.admin, w.provider, []string{"Tech@example.com", "tech@example.com", "admin@example.com"}, false, provider.Reach{}))
		who := dbtest.Value[id.ProviderUser](t, d, `SELECT id FROM provider_users WHERE provider_id = $1 AND email = 'tech@example.com'`, w.provider)
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM provider_users WHERE provider_id = $1`, w.provider); n != 3 {
			t.Errorf("%d people, want 3: duplicates and those who are there are passed over", n)
		}
		link, err := w.enroll.StaffLink(w.as(w.admin), w.admin, w.provider, who)
		w.fine("link", err)
		if !strings.HasPrefix(link, "https://vault.example.com/#/providers/accept-provider?providerId="+string(w.provider)) {
			t.Errorf("link: %s", link)
		}
		signed := query(t, link).Get("token")
		tech := w.account("tech")
		accept := func(user id.User, p id.Provider) error { return w.enroll.AcceptStaff(w.as(user), user, p, who, signed) }
		clients := func() error {
			_, err := w.providers.ListClients(w.as(tech), tech, w.provider)
			return err
		}
		w.refused("somebody else accepts", accept(w.stranger, w.provider), "another address")
		w.refused("at another provider", accept(tech, dbtest.Provider(t, d, 2)), "not valid")
		w.absent("the clients, while invited", clients())
		w.fine("accept", accept(tech, w.provider))
		w.refused("accept again", accept(tech, w.provider), "accepted already")
		w.absent("the clients, while accepted", clients())
		w.absent("the client, while accepted", find(w, tech, c.Org))

		_, err = w.enroll.StaffPublicKeys(w.as(w.service), w.service, w.provider, []id.ProviderUser{who})
		w.absent("a service user asks for public keys", err)
		keys, err := w.enroll.StaffPublicKeys(w.as(w.admin), w.admin, w.provider, []id.ProviderUser{who})
		w.fine("public keys", err)
		if diff := cmp.Diff([]enroll.PublicKey[id.ProviderUser]{{Row: who, User: tech, Key: dbtest.PublicKey}}, keys); diff != "" {
			t.Errorf("public keys (-want +got):\n%s", diff)
		}
		key := enroll.Key[id.ProviderUser]{Row: who, Key: type4}
		w.absent("a service user confirms", w.enroll.ConfirmOneOfStaff(w.as(w.service), w.service, w.provider, key))
		w.refused("a key of type 2", w.enroll.ConfirmOneOfStaff(w.as(w.admin), w.admin, w.provider, enroll.Key[id.ProviderUser]{Row: who, Key: type2}), "type 4")
		before := w.revised(tech)
		w.fine("confirm", w.enroll.ConfirmOneOfStaff(w.as(w.admin), w.admin, w.provider, key))
		if w.revised(tech) <= before {
			t.Error("the new technician did not hear of the confirmation")
		}
		w.refused("confirm again", w.enroll.ConfirmOneOfStaff(w.as(w.admin), w.admin, w.provider, key), "confirmed already")
		w.fine("the clients", clients())
		w.fine("the client", find(w, tech, c.Org))
		if diff := cmp.Diff([]int{1500, 1800, 1801, 1900}, w.events(string(w.provider))); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestInvitingIntoAProviderIsForItsAdmins(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for name, user := range map[string]id.User{"service user": w.service, "stranger": w.stranger} {
			w.absent(name, w.enroll.InviteStaff(w.as(user), user, w.provider, []string{"a@example.com"}, true, provider.Reach{}))
		}
		other := dbtest.Provider(t, d, 2)
		foreign := dbtest.Staff(t, d, other, "", 0, 0)
		_, err := w.enroll.StaffLink(w.as(w.admin), w.admin, w.provider, foreign)
		w.absent("the link of a foreign provider's invitation", err)
		_, err = w.enroll.ReinviteStaff(w.as(w.admin), w.admin, w.provider, []id.ProviderUser{foreign})
		w.absent("inviting a foreign provider's person again", err)
	})
}

// What one costs is what two hundred cost: their events are one insert for up to 500 rows.
func TestManyAreConfirmedInAsManyStatementsAsOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, _ := w.client("boss@example.com", 1000)
		confirm := func(n int) int64 {
			var keys []enroll.Key[id.Member]
			for i := range n {
				user := w.account(fmt.Sprintf("one-of-%d-%d", n, i))
				keys = append(keys, enroll.Key[id.Member]{Row: dbtest.Member(t, d, c.Org, user, int(access.User), int(org.Accepted)), Key: type4})
			}
			var count atomic.Int64
			_, err := w.enroll.ConfirmMembers(db.CountStatements(w.as(w.admin), &count), w.admin, c.Org, keys)
			w.fine("confirm", err)
			return count.Load()
		}
		if one, many := confirm(1), confirm(200); one != many {
			t.Errorf("1 member takes %d statements, 200 take %d", one, many)
		}
	})
}
