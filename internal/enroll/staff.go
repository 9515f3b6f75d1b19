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
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/token"
)

// InviteStaff invites people into a provider, to reach what reach says. Those who
// are in it already are passed over.
func (s *Service) InviteStaff(ctx context.Context, user id.User, by id.Provider, list []string, admin bool, reach provider.Reach) error {
	emails, err := org.Addresses("emails", list)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, by); err != nil {
			return err
		}
		given := reach
		if err := given.Check(ctx, tx, by, admin); err != nil {
			return err
		}
		known, err := provider.KnownAddresses(ctx, tx, by, emails)
		if err != nil {
			return err
		}
		var people []provider.User
		var rows []id.ProviderUser
		var events []event.Event
		for _, email := range emails {
			if known[email] {
				continue
			}
			u := provider.User{ID: id.New[id.ProviderUser](), Provider: by, Email: email, Status: org.Invited, Admin: admin}
			people, rows = append(people, u), append(rows, u.ID)
			events = append(events, event.Event{Type: event.ProviderUserInvited, Provider: by, ProviderUser: u.ID})
		}
		if err := provider.InsertUsers(ctx, tx, people...); err != nil {
			return err
		}
		if given.Limited() {
			if err := provider.WriteReach(ctx, tx, by, given, rows...); err != nil {
				return err
			}
		}
		if err := event.Append(ctx, tx, events...); err != nil {
			return err
		}
		return s.postStaffInvitations(ctx, tx, user, people)
	})
}

func (s *Service) postStaffInvitations(ctx context.Context, tx *db.Tx, by id.User, people []provider.User) error {
	if s.Outbox == nil || len(people) == 0 {
		return nil
	}
	inviter, err := personByID(ctx, tx, by)
	if err != nil {
		return err
	}
	addresses := make([]string, len(people))
	for i, u := range people {
		addresses[i] = u.Email
	}
	known, err := cultures(ctx, tx, addresses)
	if err != nil {
		return err
	}
	name, err := providerName(ctx, tx, people[0].Provider)
	if err != nil {
		return err
	}
	letters := make([]mail.Message, len(people))
	for i, u := range people {
		culture, exists := known[u.Email]
		if !exists {
			culture = inviter.Culture
		}
		link, err := s.staffLink(u, name)
		if err != nil {
			return err
		}
		l := mail.ProviderInvitation{Provider: name, Link: link, Expires: tx.Now.Add(life)}
		if letters[i], err = mail.Render(mail.LangOf(culture), u.Email, l); err != nil {
			return err
		}
	}
	return s.Outbox.Queue(ctx, tx, letters...)
}

func (s *Service) staffLink(u provider.User, name string) (string, error) {
	signed, err := s.Tokens.Invite(token.ProviderInvitation, life, token.Invitation{Row: string(u.ID), Email: u.Email})
	return s.link("providers/accept-provider",
		param{"providerId", string(u.Provider)}, param{"providerUserId", string(u.ID)}, param{"providerName", name},
		param{"email", u.Email}, param{"token", signed}), err
}

func providerName(ctx context.Context, tx *db.Tx, by id.Provider) (string, error) {
	return db.One(ctx, tx, db.Value[string], `SELECT COALESCE(name, '') FROM providers WHERE id = $1`, by)
}

// StaffLink gives the link of an invitation to the provider's admins, on a server
// that cannot send it.
func (s *Service) StaffLink(ctx context.Context, user id.User, by id.Provider, who id.ProviderUser) (string, error) {
	var link string
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, by); err != nil {
			return err
		}
		found, err := provider.UsersByID(ctx, tx, by, []id.ProviderUser{who})
		if err != nil {
			return err
		}
		if s.Outbox != nil || found[0].Status != org.Invited {
			return fault.Absent()
		}
		name, err := providerName(ctx, tx, by)
		if err != nil {
			return err
		}
		link, err = s.staffLink(found[0], name)
		return err
	})
	return link, err
}

// ReinviteStaff sends the invitations of invited people again.
func (s *Service) ReinviteStaff(ctx context.Context, user id.User, by id.Provider, who []id.ProviderUser) ([]provider.Failure, error) {
	var out []provider.Failure
	who, err := org.Bulk(who)
	if err != nil {
		return nil, err
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		out = nil
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, by); err != nil {
			return err
		}
		found, err := provider.UsersByID(ctx, tx, by, who)
		if err != nil {
			return err
		}
		var again []provider.User
		for _, u := range found {
			reason := ""
			switch {
			case s.Outbox == nil:
				reason = msgNoMail
			case u.Status != org.Invited:
				reason = "This person has accepted the invitation already."
			default:
				again = append(again, u)
			}
			out = append(out, provider.Failure{User: u.ID, Reason: reason})
		}
		return s.postStaffInvitations(ctx, tx, user, again)
	})
	return out, err
}
