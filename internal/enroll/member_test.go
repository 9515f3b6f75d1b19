package enroll_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/token"
)

func TestTheOwnerOfANewClientComesIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, m := w.client("owner@example.com", 5)
		link, err := w.enroll.MemberLink(w.as(w.admin), w.admin, c.Org, m)
		w.fine("link", err)
		if !strings.HasPrefix(link, "https://vault.example.com/#/accept-organization?organizationId="+string(c.Org)) {
			t.Errorf("link: %s", link)
		}
		q := query(t, link)
		got := map[string]string{}
		for name := range q {
			got[name] = q.Get(name)
		}
		want := map[string]string{
			"organizationId": string(c.Org), "organizationUserId": string(m), "email": "owner@example.com", "organizationName": "Meadow Bakery",
			"token": q.Get("token"), "initOrganization": "false", "orgUserHasExistingUser": "false",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("link (-want +got):\n%s", diff)
		}

		owner := w.account("owner")
		w.absent("an invited owner asks for the settings", find(w, owner, c.Org))
		w.fine("accept", w.enroll.AcceptMember(w.as(owner), owner, c.Org, m, q.Get("token"), ""))
		w.absent("an accepted owner asks for the settings", find(w, owner, c.Org))
		w.refused("the link again", w.enroll.AcceptMember(w.as(owner), owner, c.Org, m, q.Get("token"), ""), "accepted already")
		_, err = w.enroll.MemberLink(w.as(w.admin), w.admin, c.Org, m)
		w.absent("a link for an accepted member", err)

		keys, err := w.enroll.MemberPublicKeys(w.as(w.service), w.service, c.Org, []id.Member{m})
		w.fine("public keys", err)
		if diff := cmp.Diff([]enroll.PublicKey[id.Member]{{Row: m, User: owner, Key: dbtest.PublicKey}}, keys); diff != "" {
			t.Errorf("public keys (-want +got):\n%s", diff)
		}
		before, staffBefore := w.revised(owner), w.revised(w.service)
		w.fine("confirm", w.enroll.ConfirmMember(w.as(w.service), w.service, c.Org, enroll.Key[id.Member]{Row: m, Key: type4}))
		if w.revised(owner) <= before || w.revised(w.service) != staffBefore {
			t.Error("exactly the new member should hear of the confirmation")
		}
		w.fine("a confirmed owner asks for the settings", find(w, owner, c.Org))
		if key := dbtest.Value[string](t, d, `SELECT key FROM members WHERE id = $1`, m); key != type4 {
			t.Errorf("stored key: %s", key)
		}
		w.refused("confirm again", w.enroll.ConfirmMember(w.as(w.service), w.service, c.Org, enroll.Key[id.Member]{Row: m, Key: type4}), "confirmed already")
		if diff := cmp.Diff([]int{1500, 1501}, w.events(string(c.Org))); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func find(w *world, user id.User, organization id.Org) error {
	_, err := w.tenants.Find(w.as(user), user, organization)
	return err
}

func TestAnInvitationIsGoodForOneRowOneAddressAndOneTime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, m := w.client("owner@example.com", 5)
		other, otherMember := w.client("owner@example.com", 5)
		signed := w.tokenOf(c.Org, m)
		owner := w.account("owner")
		accept := func(user id.User, o id.Org, m id.Member, signed string) error {
			return w.enroll.AcceptMember(w.as(user), user, o, m, signed, "")
		}
		wrongPurpose, err := w.enroll.Tokens.Invite(token.ProviderInvitation, 1e12, token.Invitation{Row: string(m), Email: "owner@example.com"})
		w.fine("sign", err)
		expired, err := w.enroll.Tokens.Invite(token.OrgInvitation, -1e12, token.Invitation{Row: string(m), Email: "owner@example.com"})
		w.fine("sign", err)

		w.refused("another account", accept(w.stranger, c.Org, m, signed), "another address")
		w.refused("no token", accept(owner, c.Org, m, ""), "not valid")
		w.refused("a token for another purpose", accept(owner, c.Org, m, wrongPurpose), "not valid")
		w.refused("an expired token", accept(owner, c.Org, m, expired), "not valid")
		w.refused("another member's id", accept(owner, other.Org, otherMember, signed), "not valid")
		w.refused("the right member in another organization", accept(owner, other.Org, m, signed), "not valid")
		w.refused("a member that does not exist", accept(owner, c.Org, id.New[id.Member](), signed), "not valid")

		dbtest.Exec(t, d, `UPDATE users SET email = 'moved@example.com' WHERE id = $1`, owner)
		w.refused("after the address changed", accept(owner, c.Org, m, signed), "another address")
		dbtest.Exec(t, d, `UPDATE users SET email = 'owner@example.com' WHERE id = $1`, owner)

		w.fine("remove the invitation", w.orgs.RemoveMember(w.as(w.admin), w.admin, c.Org, m))
		w.refused("a removed invitation", accept(owner, c.Org, m, signed), "not valid")
	})
}

func TestRolesGiveNoMoreThanTheyHave(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, ownerRow := w.client("boss@example.com", 50)
		owner, _ := w.member(c.Org, "owner", access.Owner, org.Confirmed)
		admin, _ := w.member(c.Org, "org-admin", access.Admin, org.Confirmed)
		user, _ := w.member(c.Org, "user", access.User, org.Confirmed)
		_, accepted := w.member(c.Org, "next-owner", access.Owner, org.Accepted)
		invite := func(by id.User, role access.Role, email string) error {
			return w.enroll.InviteMembers(w.as(by), by, c.Org, enroll.Invitation{Emails: []string{email}, Role: role})
		}
		w.fine("an owner invites an owner", invite(owner, access.Owner, "a@example.com"))
		w.fine("an admin invites an admin", invite(admin, access.Admin, "b@example.com"))
		w.refused("an admin invites an owner", invite(admin, access.Owner, "c@example.com"), "Only an owner")
		w.absent("a user invites a user", invite(user, access.User, "d@example.com"))
		w.absent("a stranger invites", invite(w.stranger, access.User, "e@example.com"))
		w.refused("a custom role", invite(owner, access.Custom, "f@example.com"), "no custom roles")
		w.refused("a role that does not exist", invite(owner, 3, "g@example.com"), "has a custom role")

		_, err := w.enroll.MemberLink(w.as(admin), admin, c.Org, ownerRow)
		w.absent("an admin takes an owner's link", err)
		w.refused("an admin confirms an owner",
			w.enroll.ConfirmMember(w.as(admin), admin, c.Org, enroll.Key[id.Member]{Row: accepted, Key: type4}), "Only an owner")
		w.fine("an owner confirms an owner", w.enroll.ConfirmMember(w.as(owner), owner, c.Org, enroll.Key[id.Member]{Row: accepted, Key: type4}))
	})
}

func TestSeatsBoundInvitations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, _ := w.client("boss@example.com", 3)
		owner, _ := w.member(c.Org, "owner", access.Owner, org.Confirmed)
		invite := func(by id.User, emails ...string) error {
			return w.enroll.InviteMembers(w.as(by), by, c.Org, enroll.Invitation{Emails: emails, Role: access.User})
		}
		w.refused("two for one seat, by the owner", invite(owner, "a@example.com", "b@example.com"), "Ask your provider")
		w.refused("two for one seat, by staff", invite(w.service, "a@example.com", "b@example.com"), "Clients list")
		w.fine("known ones and duplicates take no seat", invite(owner, "boss@example.com", "OWNER@example.com", "a@example.com", " A@example.com"))
		w.refused("none is left", invite(owner, "b@example.com"), "3 of 3 seats")
		w.fine("inviting those who are there", invite(owner, "a@example.com", "owner@example.com"))
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM members WHERE org_id = $1`, c.Org); n != 3 {
			t.Errorf("%d members, want 3", n)
		}
		w.refused("nobody", invite(owner), "1 to 20")
		w.refused("too many", invite(owner, strings.Fields(strings.Repeat("x@example.com ", 21))...), "1 to 20")
		w.refused("a bad address among good ones", invite(owner, "good@example.com", "bad"), "not valid")
	})
}

func TestTwoPeopleRaceForTheLastSeat(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, _ := w.client("boss@example.com", 2)
		errs := race(2, func(i int) error {
			in := enroll.Invitation{Emails: []string{string(rune('a'+i)) + "@example.com"}, Role: access.User}
			return w.enroll.InviteMembers(w.as(w.admin), w.admin, c.Org, in)
		})
		if n := winners(errs); n != 1 {
			t.Errorf("%d invitations were made for one seat: %v", n, errs)
		}
	})
}

func TestTwoRequestsRaceToConfirm(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, _ := w.client("boss@example.com", 5)
		_, m := w.member(c.Org, "late", access.User, org.Accepted)
		errs := race(2, func(int) error {
			return w.enroll.ConfirmMember(w.as(w.admin), w.admin, c.Org, enroll.Key[id.Member]{Row: m, Key: type4})
		})
		if n := winners(errs); n != 1 {
			t.Errorf("%d confirmations succeeded: %v", n, errs)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = 1501`, c.Org); n != 1 {
			t.Errorf("%d events of confirmation, want 1", n)
		}
	})
}

// race runs act n times at once.
func race(n int, act func(i int) error) []error {
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { errs[i] = act(i) })
	}
	all.Wait()
	return errs
}

func winners(errs []error) int {
	n := 0
	for _, err := range errs {
		if err == nil {
			n++
		}
	}
	return n
}

func TestConfirmingManyAtATime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, invited := w.client("boss@example.com", 50)
		_, one := w.member(c.Org, "one", access.User, org.Accepted)
		_, two := w.member(c.Org, "two", access.User, org.Accepted)
		_, done := w.member(c.Org, "done", access.User, org.Confirmed)
		other, _ := w.client("boss2@example.com", 50)
		_, foreign := w.member(other.Org, "foreign", access.User, org.Accepted)
		keys := func(rows ...id.Member) []enroll.Key[id.Member] {
			var out []enroll.Key[id.Member]
			for _, r := range rows {
				out = append(out, enroll.Key[id.Member]{Row: r, Key: type4})
			}
			return out
		}
		confirm := func(list []enroll.Key[id.Member]) ([]org.Failure, error) {
			return w.enroll.ConfirmMembers(w.as(w.admin), w.admin, c.Org, list)
		}

		_, err := confirm(keys(one, foreign))
		w.absent("one of another organization among them", err)
		bad := keys(one, two)
		bad[1].Key = type2
		_, err = confirm(bad)
		w.refused("one key of type 2 among them", err, "type 4")
		_, err = confirm(nil)
		w.refused("nobody", err, "Nothing was chosen")
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM members WHERE org_id = $1 AND status = 2`, c.Org); n != 1 {
			t.Fatalf("%d are confirmed after refusals, want 1", n)
		}

		failures, err := confirm(keys(one, two, one, done, invited))
		w.fine("confirm", err)
		got := map[id.Member]bool{}
		for _, f := range failures {
			got[f.Member] = f.Reason == ""
		}
		if diff := cmp.Diff(map[id.Member]bool{one: true, two: true, done: false, invited: false}, got); diff != "" {
			t.Errorf("confirmed (-want +got):\n%s", diff)
		}
	})
}

func TestInvitedMembersGetTheirCollections(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, _ := w.client("boss@example.com", 50)
		other, _ := w.client("boss2@example.com", 50)
		mine := dbtest.Value[id.Collection](t, d, `SELECT id FROM collections WHERE org_id = $1`, c.Org)
		foreign := dbtest.Value[id.Collection](t, d, `SELECT id FROM collections WHERE org_id = $1`, other.Org)
		invite := func(shares ...org.Access) error {
			return w.enroll.InviteMembers(w.as(w.admin), w.admin, c.Org, enroll.Invitation{Emails: []string{"a@example.com"}, Role: access.User, Access: shares})
		}
		w.absent("a foreign collection", invite(org.Access{Collection: mine}, org.Access{Collection: foreign}))
		w.absent("a collection that does not exist", invite(org.Access{Collection: id.New[id.Collection]()}))
		w.refused("control and read-only", invite(org.Access{Collection: mine, Manage: true, ReadOnly: true}), "cannot be combined")
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM members WHERE org_id = $1`, c.Org); n != 1 {
			t.Fatalf("%d members after refusals, want 1", n)
		}
		w.fine("twice the same", invite(org.Access{Collection: mine, ReadOnly: true}, org.Access{Collection: mine}))
		list, err := w.orgs.ListMembers(w.as(w.admin), w.admin, c.Org, org.With{Access: true})
		w.fine("list", err)
		if diff := cmp.Diff([]org.Access{{Collection: mine, Member: list[0].ID, ReadOnly: true}}, list[0].Access); diff != "" {
			t.Errorf("shares of %s (-want +got):\n%s", list[0].Email, diff)
		}
	})
}

func TestReinvitingNeedsMail(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, m := w.client("boss@example.com", 5)
		failures, err := w.enroll.ReinviteMembers(w.as(w.admin), w.admin, c.Org, []id.Member{m})
		if err != nil || len(failures) != 1 || !strings.Contains(failures[0].Reason, "invitation link") {
			t.Errorf("ReinviteMembers = %v, %v", failures, err)
		}
		_, err = w.enroll.ReinviteMembers(w.as(w.stranger), w.stranger, c.Org, []id.Member{m})
		w.absent("a stranger", err)
	})
}
