package enroll_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/token"
)

// Texts of the right shape; nothing here is ever decrypted.
var (
	type2      = "2." + strings.Repeat("A", 22) + "==|" + strings.Repeat("A", 43) + "=|" + strings.Repeat("A", 43) + "="
	type4      = "4." + strings.Repeat("A", 342) + "=="
	privateKey = type2
)

// world is a provider with an admin and a service user, one client of it, and
// people who belong to nothing.
type world struct {
	t         *testing.T
	d         *db.DB
	enroll    *enroll.Service
	tenants   *tenant.Service
	orgs      *org.Service
	providers *provider.Service

	provider id.Provider
	admin    id.User
	service  id.User
	stranger id.User
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	keeper, err := token.NewKeeper([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{
		t: t, d: d, enroll: &enroll.Service{DB: d, Tokens: keeper, SelfService: true, PublicURL: "https://vault.example.com/"},
		tenants: &tenant.Service{DB: d, Tokens: keeper}, orgs: &org.Service{DB: d}, providers: &provider.Service{DB: d, Tokens: keeper},
	}
	w.provider = dbtest.Provider(t, d, 2)
	w.admin, w.service, w.stranger = w.account("admin"), w.account("service"), w.account("stranger")
	dbtest.Staff(t, d, w.provider, w.admin, 0, 2)
	dbtest.Staff(t, d, w.provider, w.service, 1, 2)
	return w
}

func (w *world) account(name string) id.User { return dbtest.Account(w.t, w.d, name+"@example.com") }

// as is the context of a request by user.
func (w *world) as(user id.User) context.Context {
	return reqctx.WithActor(w.t.Context(), reqctx.Actor{User: user})
}

func newClient(owner string, seats int) enroll.NewClient {
	return enroll.NewClient{
		Name: "Meadow Bakery", OwnerEmail: owner, Plan: tenant.TeamsMonthly, Seats: seats, Key: type2,
		Keys: tenant.KeyPair{Public: dbtest.PublicKey, Private: privateKey}, Collection: type2,
	}
}

// client creates a client whose owner is still invited.
func (w *world) client(owner string, seats int) (provider.Client, id.Member) {
	w.t.Helper()
	c, m, err := w.enroll.CreateClient(w.as(w.admin), w.admin, w.provider, newClient(owner, seats))
	if err != nil {
		w.t.Fatal(err)
	}
	return c, m
}

// tokenOf reads the token from a member's invitation link.
func (w *world) tokenOf(organization id.Org, member id.Member) string {
	w.t.Helper()
	link, err := w.enroll.MemberLink(w.as(w.admin), w.admin, organization, member)
	if err != nil {
		w.t.Fatal(err)
	}
	return query(w.t, link).Get("token")
}

func query(t *testing.T, link string) url.Values {
	t.Helper()
	_, raw, _ := strings.Cut(link, "?")
	q, err := url.ParseQuery(raw)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// member invites somebody and brings them to a status.
func (w *world) member(organization id.Org, name string, role access.Role, status org.MemberStatus) (id.User, id.Member) {
	w.t.Helper()
	user := w.account(name)
	in := enroll.Invitation{Emails: []string{name + "@example.com"}, Role: role}
	if err := w.enroll.InviteMembers(w.as(w.admin), w.admin, organization, in); err != nil {
		w.t.Fatal(err)
	}
	m := dbtest.Value[id.Member](w.t, w.d, `SELECT id FROM members WHERE org_id = $1 AND email = $2`, organization, name+"@example.com")
	if status >= org.Accepted {
		if err := w.enroll.AcceptMember(w.as(user), user, organization, m, w.tokenOf(organization, m), ""); err != nil {
			w.t.Fatal(err)
		}
	}
	if status >= org.Confirmed {
		if err := w.enroll.ConfirmMember(w.as(w.admin), w.admin, organization, enroll.Key[id.Member]{Row: m, Key: type4}); err != nil {
			w.t.Fatal(err)
		}
	}
	return user, m
}

// events lists the types of the events in a tenant's log, in ascending order.
func (w *world) events(tenant string) []int {
	w.t.Helper()
	var out []int
	err := w.d.View(w.t.Context(), func(tx *db.Tx) (err error) {
		out, err = db.All(w.t.Context(), tx, db.Value[int], `SELECT type FROM events WHERE tenant_id = $1`, tenant)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// revised is the revision date of an account, in the database's microseconds.
func (w *world) revised(user id.User) int64 {
	w.t.Helper()
	return dbtest.Value[int64](w.t, w.d, `SELECT revised_at FROM users WHERE id = $1`, user)
}

func (w *world) absent(what string, err error) {
	w.t.Helper()
	if !fault.Is(err, fault.NotFound) || err.Error() != fault.Absent().Error() {
		w.t.Errorf("%s: %v, want absent", what, err)
	}
}

func (w *world) refused(what string, err error, says string) {
	w.t.Helper()
	if (!fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Forbidden)) || !strings.Contains(err.Error(), says) {
		w.t.Errorf("%s: %v, want a refusal that says %q", what, err, says)
	}
}

func (w *world) fine(what string, err error) {
	w.t.Helper()
	if err != nil {
		w.t.Errorf("%s: %v", what, err)
	}
}
