package recovery

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/policy"
)

// Enrol leaves the caller's user key, under the organization's public key, with
// the organization. It takes the master password: it gives the whole vault away.
// Somebody who is invited under a proven address accepts by it.
func (s *Service) Enrol(ctx context.Context, user id.User, organization id.Org, key, passwordHash string) error {
	if err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := memberOf(ctx, tx, user, organization); err != nil {
			return err
		}
		_, err := on(ctx, tx, organization)
		return err
	}); err != nil {
		return err
	}
	if !encstring.Encapsulated(key) {
		return fault.Field("resetPasswordKey", "The key must be encrypted with the organization's public key (type 4).")
	}
	proof, err := s.Accounts.Check(ctx, user, account.Secret{MasterPasswordHash: passwordHash})
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := proof.Holds(ctx, tx); err != nil {
			return err
		}
		m, err := memberOf(ctx, tx, user, organization)
		if err != nil {
			return err
		}
		if _, err := on(ctx, tx, organization); err != nil {
			return err
		}
		if m.Status == org.Invited {
			if err := s.Join(ctx, tx, user, m); err != nil {
				return err
			}
		}
		return store(ctx, tx, user, m, key, event.MemberEnrolledRecovery)
	})
}

// Withdraw takes the key back. Where everybody is enrolled, nobody withdraws but
// who is revoked: such a one has nothing of the organization any more.
func (s *Service) Withdraw(ctx context.Context, user id.User, organization id.Org) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		m, err := selfIn(ctx, tx, user, organization)
		if err != nil {
			return err
		}
		p, err := policy.RecoveryOf(ctx, tx, organization)
		if err != nil {
			return err
		}
		if p.AutoEnroll && m.Status != org.Revoked {
			return fault.New(fault.Forbidden, "This organization enrols all of its members in account recovery. You cannot withdraw.")
		}
		if !m.Enrolled {
			return nil
		}
		return store(ctx, tx, user, m, "", event.MemberWithdrewRecovery)
	})
}

func store(ctx context.Context, tx *db.Tx, user id.User, m org.Member, key string, kind event.Type) error {
	if err := org.SetRecoveryKey(ctx, tx, m.Org, m.ID, key); err != nil {
		return err
	}
	if err := event.Append(ctx, tx, event.Event{Type: kind, Org: m.Org, Member: m.ID, User: user}); err != nil {
		return err
	}
	return account.Touch(ctx, tx, user)
}

// memberOf is what the account itself is in the organization: accepted, confirmed,
// or invited under its address, if that is proved to be its own. Everybody else
// gets fault.Absent.
func memberOf(ctx context.Context, tx *db.Tx, user id.User, organization id.Org) (org.Member, error) {
	m, err := selfIn(ctx, tx, user, organization)
	if err == nil && m.Status == org.Revoked {
		err = fault.Absent()
	}
	return m, err
}

// selfIn is memberOf, also for who is revoked: a key that they left is theirs to
// take back.
func selfIn(ctx context.Context, tx *db.Tx, user id.User, organization id.Org) (org.Member, error) {
	return db.One(ctx, tx, scanSelf, `SELECT m.id, m.org_id, u.email, m.status, m.type, m.recovery_key IS NOT NULL FROM users u
		JOIN members m ON m.org_id = $1 AND ((m.user_id = u.id AND m.status IN (-1, 1, 2)) OR (m.status = 0 AND m.email = u.email AND u.email_verified))
		JOIN organizations o ON o.id = m.org_id AND o.enabled
		WHERE u.id = $2 ORDER BY m.status DESC LIMIT 1`, organization, user)
}

func scanSelf(r db.Row) (org.Member, error) {
	var m org.Member
	err := r.Scan(&m.ID, &m.Org, &m.Email, &m.Status, &m.Role, &m.Enrolled)
	return m, err
}

// AutoEnrols tells somebody in the organization, or invited to it, whether
// whoever joins is enrolled.
func (s *Service) AutoEnrols(ctx context.Context, user id.User, organization id.Org) (bool, error) {
	var p policy.Recovery
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := memberOf(ctx, tx, user, organization); err != nil {
			return err
		}
		var err error
		p, err = policy.RecoveryOf(ctx, tx, organization)
		return err
	})
	return p.Enabled && p.AutoEnroll, err
}
