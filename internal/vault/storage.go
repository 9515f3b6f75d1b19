package vault

import (
	"context"
	"fmt"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Storage is how many bytes the files of one owner may take, unless that owner has a
// limit of its own.
type Storage struct{ Account, Org int64 }

// Usage is what the files of an account or an organization take. Announced ones count:
// whoever got room has it.
type Usage struct {
	Used, Limit int64
	Own         bool // the limit was set for this owner
}

// Take refuses more bytes than there is room for.
func (u Usage) Take(more int64) error {
	if u.Used+more <= u.Limit {
		return nil
	}
	return fault.New(fault.Invalid, fmt.Sprintf("There is no room for this file: it needs %s, and %s of %s are taken.",
		tenant.Readable(more), tenant.Readable(u.Used), tenant.Readable(u.Limit)))
}

// OfAccount counts the files of an account: attachments of its own items, and Sends.
func (l Storage) OfAccount(ctx context.Context, tx *db.Tx, user id.User) (Usage, error) {
	used, err := db.One(ctx, tx, db.Value[int64], `SELECT CAST(
		COALESCE((SELECT SUM(size) FROM attachments WHERE owner_id = $1), 0) +
		COALESCE((SELECT SUM(file_size) FROM sends WHERE user_id = $1), 0) AS BIGINT)`, user)
	return Usage{Used: used, Limit: l.Account}, err
}

// OfOrg counts the attachments of an organization, and those that wait to come to it.
func (l Storage) OfOrg(ctx context.Context, tx *db.Tx, org id.Org) (Usage, error) {
	t, err := tenant.StorageOf(ctx, tx, org)
	return Usage{Used: t.Used, Limit: t.Of(l.Org), Own: t.Limit != nil}, err
}

// room refuses more bytes than the owner of an item has room for.
func (s *Service) room(ctx context.Context, tx *db.Tx, user id.User, org id.Org, more int64) error {
	u, err := s.usage(ctx, tx, user, org)
	if err != nil {
		return err
	}
	return u.Take(more)
}

func (s *Service) usage(ctx context.Context, tx *db.Tx, user id.User, org id.Org) (Usage, error) {
	if org != "" {
		return s.Storage.OfOrg(ctx, tx, org)
	}
	return s.Storage.OfAccount(ctx, tx, user)
}

// FindUsage answers what the files of an account take.
func (s *Service) FindUsage(ctx context.Context, user id.User) (Usage, error) {
	return view(ctx, s, func(tx *db.Tx) (Usage, error) { return s.Storage.OfAccount(ctx, tx, user) })
}

// FindUsageOfOrg answers what the files of an organization take.
func (s *Service) FindUsageOfOrg(ctx context.Context, user id.User, org id.Org) (Usage, error) {
	return view(ctx, s, func(tx *db.Tx) (Usage, error) {
		if _, err := access.Require(ctx, tx, user, org, access.SeeOrg); err != nil {
			return Usage{}, err
		}
		return s.Storage.OfOrg(ctx, tx, org)
	})
}
