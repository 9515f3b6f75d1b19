package enroll

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/token"
)

// Invitation is who shall come into an organization, as what, and with which
// collections and groups.
type Invitation struct {
	Emails      []string
	Role        access.Role
	Permissions access.Permissions // of a custom role
	Access      []org.Access
	Groups      []id.Group
	ExternalID  string // when it is one person
}

// InviteMembers invites people. Those who are in the organization already are
// passed over.
func (s *Service) InviteMembers(ctx context.Context, user id.User, organization id.Org, in Invitation) error {
	emails, err := org.Addresses("emails", in.Emails)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := s.inviteNew(ctx, tx, user, organization, emails, in)
		return err
	})
}

// InviteMember invites one person, and refuses whoever is in the organization
// already.
func (s *Service) InviteMember(ctx context.Context, user id.User, organization id.Org, in Invitation) (id.Member, error) {
	emails, err := org.Addresses("email", in.Emails)
	if err != nil {
		return "", err
	}
	if in.ExternalID, err = org.ExternalID("externalId", in.ExternalID); err != nil {
		return "", err
	}
	var member id.Member
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		members, err := s.inviteNew(ctx, tx, user, organization, emails[:1], in)
		if err != nil {
			return err
		}
		if len(members) == 0 {
			return fault.Field("email", "Somebody with this address is in the organization already.")
		}
		member = members[0].ID
		return nil
	})
	return member, err
}

// inviteNew invites those of the addresses who are not in the organization yet.
func (s *Service) inviteNew(ctx context.Context, tx *db.Tx, user id.User, organization id.Org, emails []string, in Invitation) ([]org.Member, error) {
	actor, err := access.Require(ctx, tx, user, organization, access.ManageMembers)
	if err != nil {
		return nil, err
	}
	permissions, err := org.CheckRole(ctx, tx, actor, in.Role, in.Permissions, 0)
	if err != nil {
		return nil, err
	}
	shares, err := org.CheckAccess(ctx, tx, actor, in.Access)
	if err != nil {
		return nil, err
	}
	groups, err := org.CheckGroups(ctx, tx, organization, in.Groups)
	if err != nil {
		return nil, err
	}
	known, err := org.KnownAddresses(ctx, tx, organization, emails)
	if err != nil {
		return nil, err
	}
	var members []org.Member
	for _, email := range emails {
		if !known[email] {
			members = append(members, org.Member{
				ID: id.New[id.Member](), Org: organization, Email: email, Status: org.Invited, Role: in.Role, Permissions: permissions,
				Access: shares, Groups: groups, ExternalID: in.ExternalID,
			})
		}
	}
	if err := checkSeats(ctx, tx, actor, len(members)); err != nil {
		return nil, err
	}
	if in.Role == access.Owner {
		if err := org.TellOwners(ctx, tx, s.Outbox, actor, addressesOf(members)...); err != nil {
			return nil, err
		}
	}
	return members, s.invite(ctx, tx, user, actor.ActingProvider(), members)
}

// invite writes the members, their events and their letters.
func (s *Service) invite(ctx context.Context, tx *db.Tx, by id.User, through id.Provider, members []org.Member) error {
	if len(members) == 0 {
		return nil
	}
	if err := org.InsertMembers(ctx, tx, members...); err != nil {
		return err
	}
	events := make([]event.Event, len(members))
	for i, m := range members {
		events[i] = event.Event{Type: event.MemberInvited, Org: m.Org, Provider: through, Member: m.ID}
	}
	if err := event.Append(ctx, tx, events...); err != nil {
		return err
	}
	return s.postInvitations(ctx, tx, by, members)
}

func addressesOf(members []org.Member) []string {
	out := make([]string, len(members))
	for i, m := range members {
		out[i] = m.Email
	}
	return out
}

// postInvitations writes to the invited, in their language where it is known and
// otherwise in that of whoever invites.
func (s *Service) postInvitations(ctx context.Context, tx *db.Tx, by id.User, members []org.Member) error {
	if s.Outbox == nil {
		return nil
	}
	inviter := person{}
	if !access.IsProgram(by) { // which speaks no language
		var err error
		if inviter, err = personByID(ctx, tx, by); err != nil {
			return err
		}
	}
	known, err := cultures(ctx, tx, addressesOf(members))
	if err != nil {
		return err
	}
	name, err := orgName(ctx, tx, members[0].Org)
	if err != nil {
		return err
	}
	letters := make([]mail.Message, len(members))
	for i, m := range members {
		culture, exists := known[m.Email]
		if !exists {
			culture = inviter.Culture
		}
		link, err := s.memberLink(m, name, exists)
		if err != nil {
			return err
		}
		l := mail.OrgInvitation{Organization: name, Link: link, Expires: tx.Now.Add(life)}
		if letters[i], err = mail.Render(mail.LangOf(culture), m.Email, l); err != nil {
			return err
		}
	}
	return s.Outbox.Queue(ctx, tx, letters...)
}

func (s *Service) memberLink(m org.Member, organization string, hasAccount bool) (string, error) {
	signed, err := s.Tokens.Invite(token.OrgInvitation, life, token.Invitation{Row: string(m.ID), Email: m.Email})
	existing := "false"
	if hasAccount {
		existing = "true"
	}
	return s.link("accept-organization",
		param{"organizationId", string(m.Org)}, param{"organizationUserId", string(m.ID)}, param{"email", m.Email},
		param{"organizationName", organization}, param{"token", signed}, param{"initOrganization", "false"},
		param{"orgUserHasExistingUser", existing}), err
}

func orgName(ctx context.Context, tx *db.Tx, organization id.Org) (string, error) {
	return db.One(ctx, tx, db.Value[string], `SELECT name FROM organizations WHERE id = $1`, organization)
}

// MemberLink gives the link of an invitation to those who may make it, on a
// server that cannot send it. Whoever may not invite an owner doesn't get an
// owner's link: it would let them become one.
func (s *Service) MemberLink(ctx context.Context, user id.User, organization id.Org, member id.Member) (string, error) {
	var link string
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, organization, access.ManageMembers)
		if err != nil {
			return err
		}
		found, err := org.MembersByID(ctx, tx, organization, []id.Member{member})
		if err != nil {
			return err
		}
		m := found[0]
		if s.Outbox != nil || m.Status != org.Invited || !actor.MayHandle(m.Role) {
			return fault.Absent()
		}
		known, err := cultures(ctx, tx, []string{m.Email})
		if err != nil {
			return err
		}
		name, err := orgName(ctx, tx, organization)
		if err != nil {
			return err
		}
		_, exists := known[m.Email]
		link, err = s.memberLink(m, name, exists)
		return err
	})
	return link, err
}

// ReinviteMembers sends the invitations of invited members again, and invites
// staged ones for the first time, also on a server without mail.
func (s *Service) ReinviteMembers(ctx context.Context, user id.User, organization id.Org, members []id.Member) ([]org.Failure, error) {
	var out []org.Failure
	members, err := org.Bulk(members)
	if err != nil {
		return nil, err
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		out = nil
		actor, err := access.Require(ctx, tx, user, organization, access.ManageMembers)
		if err != nil {
			return err
		}
		found, err := org.MembersByID(ctx, tx, organization, members)
		if err != nil {
			return err
		}
		var again, staged []org.Member
		for _, m := range found {
			reason := ""
			switch {
			case !actor.MayHandle(m.Role):
				reason = "Only an owner may invite an owner."
			case m.Status == org.Staged:
				staged = append(staged, m)
			case s.Outbox == nil:
				reason = msgNoMail
			case m.Status != org.Invited:
				reason = "This person has accepted the invitation already."
			default:
				again = append(again, m)
			}
			out = append(out, org.Failure{Member: m.ID, Reason: reason})
		}
		if err := unstage(ctx, tx, actor, staged); err != nil {
			return err
		}
		again = append(again, staged...)
		if len(again) == 0 {
			return nil
		}
		return s.postInvitations(ctx, tx, user, again)
	})
	return out, err
}

// unstage invites people of whom so far only a directory has told.
func unstage(ctx context.Context, tx *db.Tx, actor access.Org, staged []org.Member) error {
	if len(staged) == 0 {
		return nil
	}
	if err := checkSeats(ctx, tx, actor, len(staged)); err != nil {
		return err
	}
	if err := org.Unstage(ctx, tx, actor.ID, memberIDs(staged)); err != nil {
		return err
	}
	return event.Append(ctx, tx, mark(event.MemberInvited, actor, staged)...)
}
