package enroll

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/token"
)

// AcceptMember ties the caller's account to an invitation. It gives no access:
// somebody who holds the organization's key must confirm it. recoveryKey is what
// enrols in account recovery; most organizations ask for none.
func (s *Service) AcceptMember(ctx context.Context, user id.User, organization id.Org, member id.Member, signed, recoveryKey string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := s.invitationOf(ctx, tx, token.OrgInvitation, signed, string(member), user); err != nil {
			return err
		}
		found, err := org.MembersByID(ctx, tx, organization, []id.Member{member})
		if fault.Is(err, fault.NotFound) {
			return fault.New(fault.Invalid, msgBadInvitation)
		}
		if err != nil {
			return err
		}
		if err := acceptable(found[0].Status); err != nil {
			return err
		}
		if err := s.Join(ctx, tx, user, found[0]); err != nil {
			return err
		}
		return enrolAlong(ctx, tx, user, found[0], recoveryKey)
	})
}

func acceptable(status org.MemberStatus) error {
	switch status {
	case org.Invited:
		return nil
	case org.Revoked:
		return fault.New(fault.Invalid, "This invitation was revoked. Ask the organization's administrators.")
	case org.Staged: // nobody has invited them
		return fault.New(fault.Invalid, msgBadInvitation)
	case org.Accepted, org.Confirmed:
	}
	return fault.New(fault.Invalid, "This invitation was accepted already.")
}

// Join is accepting an invitation that is the account's for certain.
func (s *Service) Join(ctx context.Context, tx *db.Tx, user id.User, m org.Member) error {
	other, err := db.All(ctx, tx, db.Value[string], `SELECT id FROM members WHERE org_id = $1 AND user_id = $2`, m.Org, user)
	if err != nil {
		return err
	}
	if len(other) > 0 {
		return fault.New(fault.Invalid, "You belong to this organization already.")
	}
	against, err := policy.CheckJoin(ctx, tx, m.Org, user, m.Role)
	if err != nil {
		return err
	}
	if against != "" {
		return fault.New(fault.Invalid, against)
	}
	if err := org.Accept(ctx, tx, m.Org, m.ID, user); err != nil {
		return err
	}
	if s.Outbox != nil { // the link came by mail, so the address is the person's
		if err := account.MarkVerified(ctx, tx, user); err != nil {
			return err
		}
	}
	return s.tellAdmins(ctx, tx, m)
}

// tellAdmins writes to the owners and admins that somebody waits for them.
func (s *Service) tellAdmins(ctx context.Context, tx *db.Tx, m org.Member) error {
	if s.Outbox == nil {
		return nil
	}
	name, err := orgName(ctx, tx, m.Org)
	if err != nil {
		return err
	}
	admins, err := db.All(ctx, tx, scanPerson, `SELECT u.email, u.culture FROM members m JOIN users u ON u.id = m.user_id
		WHERE m.org_id = $1 AND m.status = 2 AND m.type IN (0, 1) ORDER BY u.email`, m.Org)
	if err != nil {
		return err
	}
	letters := make([]mail.Message, len(admins))
	for i, a := range admins {
		l := mail.OrgAccepted{Organization: name, Person: m.Email, Link: s.link("organizations/" + string(m.Org) + "/members")}
		if letters[i], err = mail.Render(mail.LangOf(a.Culture), a.Email, l); err != nil {
			return err
		}
	}
	return s.Outbox.Queue(ctx, tx, letters...)
}

func scanPerson(r db.Row) (person, error) {
	var p person
	err := r.Scan(&p.Email, &p.Culture)
	return p, err
}
