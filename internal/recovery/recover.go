package recovery

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
)

// Reset says what of an account is reset.
type Reset struct {
	Password *account.Credentials // of the temporary password; nil leaves the password
	TwoStep  bool                 // turns two-step login off
}

// Recover resets the password of a member's account, its two-step login, or both.
// Every session of the account ends, its personal API key is another one, and the
// person is told.
func (s *Service) Recover(ctx context.Context, user id.User, organization id.Org, member id.Member, in Reset) error {
	// Whoever may not do it does not make the server hash either.
	if err := s.DB.View(ctx, func(tx *db.Tx) error {
		_, _, err := allowed(ctx, tx, user, organization, member)
		return err
	}); err != nil {
		return err
	}
	if in.Password == nil && !in.TwoStep {
		return fault.New(fault.Invalid, "Choose what to reset: the master password, two-step login, or both.")
	}
	var password account.Temporary
	if in.Password != nil {
		var err error
		if password, err = account.NewTemporary(ctx, *in.Password); err != nil {
			return err
		}
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, m, err := allowed(ctx, tx, user, organization, member)
		if err != nil {
			return err
		}
		if in.Password != nil {
			if err := password.Store(ctx, tx, m.User); err != nil {
				return err
			}
		}
		return s.finish(ctx, tx, actor, m, in)
	})
}

// allowed is the one decision about recovering an account.
func allowed(ctx context.Context, tx *db.Tx, user id.User, organization id.Org, member id.Member) (access.Org, org.Member, error) {
	actor, err := access.Require(ctx, tx, user, organization, access.RecoverAccounts)
	if err != nil {
		return actor, org.Member{}, err
	}
	found, err := org.MembersByID(ctx, tx, organization, []id.Member{member})
	if err != nil {
		return actor, org.Member{}, err
	}
	if _, err := on(ctx, tx, organization); err != nil {
		return actor, org.Member{}, err
	}
	reasons, err := judge(ctx, tx, actor, found)
	if err == nil && reasons[member] != "" {
		err = fault.New(fault.Forbidden, reasons[member])
	}
	return actor, found[0], err
}

// finish is what follows from both kinds of reset.
func (s *Service) finish(ctx context.Context, tx *db.Tx, actor access.Org, m org.Member, in Reset) error {
	base := event.Event{Org: m.Org, Provider: actor.ActingProvider(), Member: m.ID, User: m.User}
	var events []event.Event
	if in.Password != nil {
		base.Type = event.MemberRecoveredPassword
		events = append(events, base)
	}
	if in.TwoStep {
		if err := s.Accounts.ClearTwoStep(ctx, tx, m.User); err != nil {
			return err
		}
		base.Type = event.MemberRecoveredTwoStep
		events = append(events, base)
	}
	// The key logs in without the second factor, so whoever has read it would stay.
	if err := s.Accounts.RenewAPIKey(ctx, tx, m.User); err != nil {
		return err
	}
	if err := account.EndSessions(ctx, tx, m.User); err != nil {
		return err
	}
	if err := s.tell(ctx, tx, m, in); err != nil {
		return err
	}
	return event.Append(ctx, tx, events...)
}

func (s *Service) tell(ctx context.Context, tx *db.Tx, m org.Member, in Reset) error {
	if s.Outbox == nil {
		return nil
	}
	type words struct{ organization, culture string }
	w, err := db.One(ctx, tx, func(r db.Row) (words, error) {
		var w words
		err := r.Scan(&w.organization, &w.culture)
		return w, err
	}, `SELECT o.name, u.culture FROM organizations o, users u WHERE o.id = $1 AND u.id = $2`, m.Org, m.User)
	if err != nil {
		return err
	}
	letter, err := mail.Render(mail.LangOf(w.culture), m.Email, mail.AccountRecovered{
		Organization: w.organization, Password: in.Password != nil, TwoStep: in.TwoStep, Time: tx.Now,
	})
	if err != nil {
		return err
	}
	return s.Outbox.Queue(ctx, tx, letter)
}
