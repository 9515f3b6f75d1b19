package policy

import (
	"context"
	"encoding/json"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/token"
)

// Service keeps policies.
type Service struct {
	DB     *db.DB
	Tokens *token.Keeper // reads the tokens of invitations
	Outbox *mail.Outbox  // nil on a server without mail
}

// Change is what somebody wants a policy to be.
type Change struct {
	Enabled bool
	Data    json.RawMessage // a JSON object; null or nothing for none
	// LastKnown is the revision that the caller has seen. Unless it is zero, an
	// older one than the policy's is refused.
	LastKnown time.Time
}

// List gives all policies to those who manage them, also those that were never
// saved, which have no id.
func (s *Service) List(ctx context.Context, user id.User, organization id.Org) ([]Policy, error) {
	var out []Policy
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.Require(ctx, tx, user, organization, access.ManagePolicies); err != nil {
			return err
		}
		rows, err := rowsOf(ctx, tx, organization)
		out = make([]Policy, 0, numberOfTypes)
		for _, t := range Types() {
			out = append(out, rows[t])
		}
		return err
	})
	return out, err
}

// Find gives one policy to those who manage them.
func (s *Service) Find(ctx context.Context, user id.User, organization id.Org, t Type) (Policy, error) {
	list, err := s.List(ctx, user, organization)
	if err != nil {
		return Policy{}, err
	}
	if !t.Known() {
		return Policy{}, fault.Absent()
	}
	return list[t], nil
}

// FindMasterPassword gives the requirements for master passwords to the
// organization's people. It is absent while they are off.
func (s *Service) FindMasterPassword(ctx context.Context, user id.User, organization id.Org) (Policy, error) {
	var out Policy
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.Require(ctx, tx, user, organization, access.SeeOrg); err != nil {
			return err
		}
		p, on, err := inForce(ctx, tx, organization, MasterPasswordRules)
		if err == nil && !on {
			err = fault.Absent()
		}
		out = p
		return err
	})
	return out, err
}

// ListForInvited gives the policies that are on to whoever holds the token of an
// invitation that still waits, or was just accepted: the person has to know them
// before the account is made.
func (s *Service) ListForInvited(ctx context.Context, organization id.Org, member id.Member, email, signed string) ([]Policy, error) {
	in, err := s.Tokens.Invited(token.OrgInvitation, signed)
	if err != nil || in.Row != string(member) || in.Email == "" || in.Email != account.Normalize(email) {
		return nil, fault.Absent()
	}
	var out []Policy
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		_, err := db.One(ctx, tx, db.Value[int], `SELECT 1 FROM members m LEFT JOIN users u ON u.id = m.user_id
			WHERE m.org_id = $1 AND m.id = $2 AND m.status IN (0, 1) AND COALESCE(u.email, m.email) = $3`, organization, member, in.Email)
		if err != nil {
			return err
		}
		out, err = those(db.All(ctx, tx, scanRow, selectPolicies+`WHERE p.org_id = $1 AND p.enabled AND o.enabled ORDER BY p.type`, organization))
		return err
	})
	return out, err
}

// MasterPassword gives the rules for the caller's own master password; nil when
// no organization asks for anything.
func (s *Service) MasterPassword(ctx context.Context, user id.User) (*MasterPassword, error) {
	var out *MasterPassword
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		rules, some, err := MasterPasswordFor(ctx, tx, user)
		if some {
			out = &rules
		}
		return err
	})
	return out, err
}
