package client_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/internal/live"
	"github.com/kastellan/kastellan/client/item"
)

// story is a client of a provider on the real server, with a member who has a
// vault of their own.
type story struct {
	*testing.T
	server   *client.Client
	provider *client.Session
	owner    *client.Session
	member   *client.Session
	org      client.OrgID
	row      client.Member
}

const (
	memberEmail    = "bea@example.test"
	ownerEmail     = "owner@example.test"
	memberPassword = "the member's password"
)

func newStory(t *testing.T) *story {
	t.Helper()
	ctx := t.Context()
	server := live.Run(t)
	s := &story{T: t, server: server.Client(t)}
	link, err := client.ParseLink(server.SetUpLink(t))
	s.must(err)
	s.must(s.server.Register(ctx, client.Registration{Email: email, Name: "Ann Alder", Password: password, Proof: client.Proof{Link: link}}))
	s.provider = s.logIn(email, password)
	s.must(s.provider.SetUpProvider(ctx, link, client.ProviderDetails{Name: "Example MSP", BillingEmail: email}))
	created, err := s.provider.CreateClient(ctx, link.ProviderID, client.NewClient{
		Name: "Example Bakery", OwnerEmail: ownerEmail, Plan: client.Enterprise, Seats: 5, Collection: "Everybody",
	})
	s.must(err)
	s.org = created.OrganizationID
	s.owner = s.join(s.provider, ownerEmail)
	s.must(s.provider.SetPolicy(ctx, s.org, client.SingleOrganizationPolicy, true, nil))
	s.must(s.provider.SetPolicy(ctx, s.org, client.RecoveryPolicy, true, nil))
	s.must(s.provider.InviteMembers(ctx, s.org, client.Invitation{Emails: []string{memberEmail}, Role: client.User}))
	s.member = s.join(s.provider, memberEmail)
	s.row = s.find(s.provider, memberEmail)
	s.must(s.member.Import(ctx, client.Import{Items: []item.View{{Meta: item.Meta{Type: item.SecureNoteType}, Content: item.Content[string]{Name: "Mine", Notes: "private"}}}}))
	return s
}

func (s *story) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *story) logIn(email, password string) *client.Session {
	s.Helper()
	session, err := s.server.On(client.NewDevice()).Login(s.Context(), client.Credentials{Email: email, Password: password})
	s.must(err)
	_, err = session.Sync(s.Context())
	s.must(err)
	return session
}

func (s *story) refuses(what string, err error, status int) {
	s.Helper()
	var refusal *client.Error
	if !errors.As(err, &refusal) || refusal.Status != status {
		s.Errorf("%s: %v, want status %d", what, err, status)
	}
}

func (s *story) find(by *client.Session, email string) client.Member {
	s.Helper()
	members, err := by.Members(s.Context(), s.org)
	s.must(err)
	for _, m := range members {
		if m.Email == email {
			return m
		}
	}
	s.Fatalf("%s is not in the organization", email)
	return client.Member{}
}

// join brings somebody who is invited all the way in.
func (s *story) join(by *client.Session, email string) *client.Session {
	s.Helper()
	ctx := s.Context()
	row := s.find(by, email)
	text, err := by.MemberInviteLink(ctx, s.org, row.ID)
	s.must(err)
	link, err := client.ParseLink(text)
	s.must(err)
	s.must(s.server.Register(ctx, client.Registration{Email: email, Name: "Bea Birch", Password: memberPassword, Proof: client.Proof{Link: link}}))
	session := s.logIn(email, memberPassword)
	s.must(session.Accept(ctx, link))
	keys, err := by.MemberKeys(ctx, s.org, row.ID)
	s.must(err)
	s.must(by.ConfirmMember(ctx, s.org, keys[0]))
	return s.logIn(email, memberPassword)
}

// hers holds the member's vault to what was in it from the beginning.
func (s *story) hers(session *client.Session) {
	s.Helper()
	vault, err := session.Sync(s.Context())
	s.must(err)
	if len(vault.Unreadable) > 0 || len(vault.Items) != 1 || vault.Items[0].Notes != "private" {
		s.Errorf("the vault: %+v, unreadable %v", vault.Items, vault.Unreadable)
	}
}

// A member who lost the password gets into the same vault again: once by the
// organization's owner, once by staff of the provider, and after a rotation.
func TestAccountRecovery(t *testing.T) {
	s := newStory(t)
	ctx := t.Context()
	key, err := s.member.OrgPublicKey(ctx, s.org)
	s.must(err)
	s.refuses("recover who is not enrolled", s.owner.ResetMemberPassword(ctx, s.org, s.row, "temporary"), http.StatusNotFound)
	s.refuses("enrol with a wrong password", s.member.AllowRecovery(ctx, s.org, key, "guess"), http.StatusBadRequest)
	s.must(s.member.AllowRecovery(ctx, s.org, key, memberPassword))
	if m := s.find(s.owner, memberEmail); !m.Recoverable {
		t.Error("the list does not show who is enrolled")
	}
	own := memberPassword
	for i, by := range []*client.Session{s.owner, s.provider} {
		temporary := []string{"temporary from the owner", "temporary from the provider"}[i]
		s.must(by.ResetMemberPassword(ctx, s.org, s.row, temporary))
		_, err := s.member.Sync(ctx)
		s.refuses("a session from before", err, http.StatusBadRequest) // it cannot be renewed
		_, err = s.server.Login(ctx, client.Credentials{Email: memberEmail, Password: own})
		s.refuses("the lost password", err, http.StatusBadRequest)
		s.member = s.logIn(memberEmail, temporary)
		if !s.member.MustChangePassword {
			t.Error("a temporary password is not called one")
		}
		s.hers(s.member)
		own = []string{"the second own password", "the third own password"}[i]
		s.must(s.member.ReplaceTemporaryPassword(ctx, own, ""))
		s.member = s.logIn(memberEmail, own)
		if s.member.MustChangePassword {
			t.Error("a password of one's own is called temporary")
		}
		s.refuses("replace what is not temporary", s.member.ReplaceTemporaryPassword(ctx, "again", ""), http.StatusBadRequest)
		s.hers(s.member)
	}

	if err := s.member.RotateKeys(ctx, own); !errors.Is(err, client.ErrUntrusted) {
		t.Fatalf("rotate without the organization's key: %v", err)
	}
	s.must(s.member.RotateKeys(ctx, own, client.RecoveryTrust{Org: s.org, Key: key}))
	s.must(s.owner.ResetMemberPassword(ctx, s.org, s.row, "temporary after the rotation"))
	s.member = s.logIn(memberEmail, "temporary after the rotation")
	s.hers(s.member)
	s.must(s.member.WithdrawRecovery(ctx, s.org))
	s.refuses("recover who withdrew", s.owner.ResetMemberPassword(ctx, s.org, s.row, "temporary"), http.StatusNotFound)
}

// Nobody gets more than they have by recovering an account.
func TestRecoveringIsNoWayUp(t *testing.T) {
	s := newStory(t)
	ctx := t.Context()
	s.must(s.provider.InviteMembers(ctx, s.org, client.Invitation{Emails: []string{"admin@example.test"}, Role: client.Admin}))
	admin := s.join(s.provider, "admin@example.test")
	key, err := s.owner.OrgPublicKey(ctx, s.org)
	s.must(err)
	s.must(s.owner.AllowRecovery(ctx, s.org, key, memberPassword))
	s.must(s.member.AllowRecovery(ctx, s.org, key, memberPassword))
	owner := s.find(s.provider, ownerEmail)
	s.refuses("an admin recovers an owner", admin.ResetMemberPassword(ctx, s.org, owner, "temporary"), http.StatusNotFound)
	s.refuses("a user recovers an owner", s.member.ResetMemberPassword(ctx, s.org, owner, "temporary"), http.StatusNotFound)
	s.refuses("an owner recovers themselves", s.owner.ResetMemberTwoFactor(ctx, s.org, owner.ID), http.StatusBadRequest)
	s.must(admin.ResetMemberTwoFactor(ctx, s.org, s.row.ID))
}

// Where everybody is enrolled, accepting an invitation takes a recovery key, and
// whoever is about to join can read the public key for it.
func TestJoiningWhereEverybodyIsEnrolled(t *testing.T) {
	s := newStory(t)
	ctx := t.Context()
	s.must(s.owner.SetPolicy(ctx, s.org, client.RecoveryPolicy, true, map[string]any{"autoEnrollEnabled": true}))
	s.must(s.owner.InviteMembers(ctx, s.org, client.Invitation{Emails: []string{"cleo@example.test"}, Role: client.User}))
	row := s.find(s.owner, "cleo@example.test")
	text, err := s.owner.MemberInviteLink(ctx, s.org, row.ID)
	s.must(err)
	link, err := client.ParseLink(text)
	s.must(err)
	s.must(s.server.Register(ctx, client.Registration{Email: "cleo@example.test", Name: "Cleo", Password: memberPassword, Proof: client.Proof{Link: link}}))
	cleo := s.logIn("cleo@example.test", memberPassword)
	s.refuses("accept without a recovery key", cleo.Accept(ctx, link), http.StatusBadRequest)
	key, err := cleo.OrgPublicKey(ctx, s.org)
	s.must(err)
	s.must(cleo.AcceptEnrolling(ctx, link, key))
	s.refuses("withdraw", cleo.WithdrawRecovery(ctx, s.org), http.StatusBadRequest)
	row = s.find(s.owner, "cleo@example.test")
	if !row.Recoverable || row.Status != client.Accepted {
		t.Errorf("after accepting: %+v", row)
	}
	s.must(s.owner.ResetMemberPassword(ctx, s.org, row, "temporary"))
	if cleo = s.logIn("cleo@example.test", "temporary"); !cleo.MustChangePassword {
		t.Error("a temporary password is not called one")
	}
}

// A revoked member is out with the next request, and in again with the next one
// after being restored; what they may have known can be read in between.
func TestRevokeAndRestore(t *testing.T) {
	s := newStory(t)
	ctx := t.Context()
	collections, err := s.provider.Collections(ctx, s.org)
	s.must(err)
	view := item.View{Meta: item.Meta{Type: item.SecureNoteType, OrganizationID: s.org, CollectionIDs: []item.CollectionID{collections[0].ID}}, Content: item.Content[string]{Name: "Shared"}}
	_, err = s.provider.CreateOrgItem(ctx, view)
	s.must(err)
	row := s.row
	row.Collections = []client.Access[client.CollectionID]{{ID: collections[0].ID, ReadOnly: true}}
	s.must(s.provider.ChangeMember(ctx, s.org, row))
	sees := func() int {
		vault, err := s.member.Sync(ctx)
		s.must(err)
		return len(vault.Items)
	}
	if n := sees(); n != 2 {
		t.Fatalf("%d items before, want 2", n)
	}
	s.must(s.owner.RevokeMember(ctx, s.org, row.ID))
	if n := sees(); n != 1 {
		t.Errorf("%d items while revoked, want the own one", n)
	}
	reach, err := s.owner.MemberReach(ctx, s.org, row.ID)
	s.must(err)
	if len(reach.Collections) != 1 || reach.Collections[0].Name != "Everybody" || !reach.Collections[0].Direct || len(reach.Items) != 1 {
		t.Errorf("reach: %+v", reach)
	}
	s.must(s.owner.RestoreMember(ctx, s.org, row.ID))
	if n := sees(); n != 2 {
		t.Errorf("%d items after restoring, want 2", n)
	}
	s.refuses("delete an account that is not claimed", s.owner.DeleteMemberAccount(ctx, s.org, row.ID), http.StatusBadRequest)
}
