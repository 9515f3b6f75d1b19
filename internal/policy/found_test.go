package policy

import (
	"context"
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// TestWhoMayBeginSomethingElse: an organization or work for a provider.
func TestWhoMayBeginSomethingElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for name, c := range map[string]struct {
			of          Type
			role        access.Role
			status      org.MemberStatus
			found, work bool
		}{
			"no such policy":                {NoPIN, access.User, org.Confirmed, true, true},
			"single, a user":                {SingleOrg, access.User, org.Confirmed, false, true},
			"single, accepted":              {SingleOrg, access.Custom, org.Accepted, false, true},
			"single, an owner":              {SingleOrg, access.Owner, org.Confirmed, true, true},
			"single, an open invitation":    {SingleOrg, access.User, org.Invited, true, true},
			"single, revoked":               {SingleOrg, access.User, org.Revoked, true, true},
			"automatic, a user":             {AutoConfirm, access.User, org.Confirmed, false, false},
			"automatic, an owner":           {AutoConfirm, access.Owner, org.Confirmed, false, false},
			"automatic, an open invitation": {AutoConfirm, access.User, org.Invited, true, true},
		} {
			w := newWorld(t, d)
			user, _ := w.person(w.org, c.role, c.status)
			w.row(w.org, c.of, true, noData)
			w.allows(name+", found", c.found, FoundingForbidden, user)
			w.allows(name+", work", c.work, StaffForbidden, user)
		}
	})
}

func TestAnAddressOfAClaimedDomainIsTakenByMembersAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.row(w.org, ClaimedDomains, true, noData)
		w.domain(w.org, "claimed.example", true)
		for status, may := range map[org.MemberStatus]bool{org.Revoked: false, org.Invited: false, org.Accepted: true, org.Confirmed: true} {
			user, _ := w.person(w.org, access.User, status)
			err := d.View(t.Context(), func(tx *db.Tx) error { return AddressForbidden(t.Context(), tx, user, "ann@claimed.example") })
			if (err == nil) != may {
				t.Errorf("a member with status %d: %v", status, err)
			}
			w.fine("another domain", d.View(t.Context(), func(tx *db.Tx) error { return AddressForbidden(t.Context(), tx, user, "ann@free.example") }))
		}
	})
}

func (w *world) allows(what string, may bool, ask func(context.Context, *db.Tx, id.User) error, user id.User) {
	w.t.Helper()
	err := w.d.View(w.t.Context(), func(tx *db.Tx) error { return ask(w.t.Context(), tx, user) })
	if may {
		w.fine(what, err)
	} else {
		w.refused(what, err, "Leave it first")
	}
}
