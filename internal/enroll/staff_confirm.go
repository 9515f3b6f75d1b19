package enroll

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/token"
)

// AcceptStaff ties the caller's account to an invitation into a provider.
func (s *Service) AcceptStaff(ctx context.Context, user id.User, by id.Provider, who id.ProviderUser, signed string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := s.invitationOf(ctx, tx, token.ProviderInvitation, signed, string(who), user); err != nil {
			return err
		}
		found, err := provider.UsersByID(ctx, tx, by, []id.ProviderUser{who})
		if fault.Is(err, fault.NotFound) {
			return fault.New(fault.Invalid, msgBadInvitation)
		}
		if err != nil {
			return err
		}
		if found[0].Status != org.Invited {
			return fault.New(fault.Invalid, "This invitation was accepted already.")
		}
		other, err := db.All(ctx, tx, db.Value[string], `SELECT id FROM provider_users WHERE provider_id = $1 AND user_id = $2`, by, user)
		if err != nil {
			return err
		}
		if len(other) > 0 {
			return fault.New(fault.Invalid, "You belong to this provider already.")
		}
		if err := policy.StaffForbidden(ctx, tx, user); err != nil {
			return err
		}
		return provider.Accept(ctx, tx, by, who, user)
	})
}

// StaffPublicKeys gives the public keys of those among the people who have
// accepted and wait for confirmation.
func (s *Service) StaffPublicKeys(ctx context.Context, user id.User, by id.Provider, who []id.ProviderUser) ([]PublicKey[id.ProviderUser], error) {
	var out []PublicKey[id.ProviderUser]
	who, err := org.Bulk(who)
	if err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, by); err != nil {
			return err
		}
		if _, err := provider.UsersByID(ctx, tx, by, who); err != nil {
			return err
		}
		var err error
		out, err = db.All(ctx, tx, scanPublicKey[id.ProviderUser], `SELECT pu.id, pu.user_id, u.public_key FROM provider_users pu
			JOIN users u ON u.id = pu.user_id AND u.public_key IS NOT NULL
			WHERE pu.provider_id = $1 AND pu.status = 1 AND `+db.Among(tx, "pu.id", 2)+` ORDER BY pu.id`, by, db.List(who))
		return err
	})
	return out, err
}

// ConfirmStaff gives accepted people the provider's key, and with it their
// rights. Who cannot be confirmed is left with a reason.
func (s *Service) ConfirmStaff(ctx context.Context, user id.User, by id.Provider, keys []Key[id.ProviderUser]) ([]provider.Failure, error) {
	byRow, rows, err := unique(keys)
	if err != nil {
		return nil, err
	}
	var out []provider.Failure
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		out = nil
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, by); err != nil {
			return err
		}
		found, err := provider.UsersByID(ctx, tx, by, rows)
		if err != nil {
			return err
		}
		var ready []provider.User
		for _, u := range found {
			reason := unconfirmable(u.Status)
			if reason == "" {
				u.Key = byRow[u.ID]
				ready = append(ready, u)
			}
			out = append(out, provider.Failure{User: u.ID, Reason: reason})
		}
		return s.confirmStaff(ctx, tx, by, ready)
	})
	return out, err
}

// ConfirmOneOfStaff is ConfirmStaff for one.
func (s *Service) ConfirmOneOfStaff(ctx context.Context, user id.User, by id.Provider, key Key[id.ProviderUser]) error {
	failures, err := s.ConfirmStaff(ctx, user, by, []Key[id.ProviderUser]{key})
	if err == nil && failures[0].Reason != "" {
		err = fault.New(fault.Invalid, failures[0].Reason)
	}
	return err
}

func (s *Service) confirmStaff(ctx context.Context, tx *db.Tx, by id.Provider, ready []provider.User) error {
	if len(ready) == 0 {
		return nil
	}
	keys := map[id.ProviderUser]string{}
	events := make([]event.Event, len(ready))
	users := make([]id.User, len(ready))
	for i, u := range ready {
		keys[u.ID], users[i] = u.Key, u.User
		events[i] = event.Event{Type: event.ProviderUserConfirmed, Provider: by, ProviderUser: u.ID, User: u.User}
	}
	if err := provider.Confirm(ctx, tx, by, keys); err != nil {
		return err
	}
	if err := event.Append(ctx, tx, events...); err != nil {
		return err
	}
	if err := account.TouchAs(ctx, tx, push.OrgKeysChanged, users...); err != nil || s.Outbox == nil {
		return err
	}
	name, err := providerName(ctx, tx, by)
	if err != nil {
		return err
	}
	addresses := make([]string, len(ready))
	for i, u := range ready {
		addresses[i] = u.Email
	}
	known, err := cultures(ctx, tx, addresses)
	if err != nil {
		return err
	}
	letters := make([]mail.Message, len(addresses))
	for i, email := range addresses {
		l := mail.ProviderConfirmed{Provider: name, Link: s.link("providers/" + string(by))}
		if letters[i], err = mail.Render(mail.LangOf(known[email]), email, l); err != nil {
			return err
		}
	}
	return s.Outbox.Queue(ctx, tx, letters...)
}
