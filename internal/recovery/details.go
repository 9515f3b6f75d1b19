package recovery

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// Details are what opens one account to whoever holds the organization's key, and
// what a new password is derived with.
type Details struct {
	Member     id.Member
	KDF        encstring.KDF
	Salt       string
	Key        string // the user key under the organization's public key
	PrivateKey string // the organization's, under its key
}

// FindDetails gives the details of one member. Whoever may not recover the account
// gets fault.Absent.
func (s *Service) FindDetails(ctx context.Context, user id.User, organization id.Org, member id.Member) (Details, error) {
	list, err := s.ListDetails(ctx, user, organization, []id.Member{member})
	if err == nil && len(list) == 0 {
		err = fault.Absent()
	}
	if err != nil {
		return Details{}, err
	}
	return list[0], nil
}

// ListDetails is FindDetails for several; those whose account the caller may not
// recover are left out. A constant number of statements.
func (s *Service) ListDetails(ctx context.Context, user id.User, organization id.Org, members []id.Member) ([]Details, error) {
	members, err := org.Bulk(members)
	if err != nil {
		return nil, err
	}
	var out []Details
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, organization, access.RecoverAccounts)
		if err != nil {
			return err
		}
		found, err := org.MembersByID(ctx, tx, organization, members)
		if err != nil {
			return err
		}
		if _, err := on(ctx, tx, organization); err != nil {
			return err
		}
		reasons, err := judge(ctx, tx, actor, found)
		if err != nil {
			return err
		}
		var open []id.Member
		for _, m := range found {
			if reasons[m.ID] == "" {
				open = append(open, m.ID)
			}
		}
		out, err = detailsOf(ctx, tx, organization, open)
		return err
	})
	return out, err
}

func detailsOf(ctx context.Context, tx *db.Tx, organization id.Org, members []id.Member) ([]Details, error) {
	return db.All(ctx, tx, func(r db.Row) (Details, error) {
		var d Details
		err := r.Scan(&d.Member, &d.KDF.Type, &d.KDF.Iterations, &d.KDF.Memory, &d.KDF.Parallelism, &d.Salt, &d.Key, db.Opt(&d.PrivateKey))
		return d, err
	}, `SELECT m.id, u.kdf_type, u.kdf_iterations, u.kdf_memory, u.kdf_parallelism, u.salt, m.recovery_key, o.private_key
		FROM members m JOIN users u ON u.id = m.user_id JOIN organizations o ON o.id = m.org_id
		WHERE m.org_id = $1 AND m.recovery_key IS NOT NULL AND `+db.Among(tx, "m.id", 2)+` ORDER BY m.id`, organization, db.List(members))
}
