package vault

import (
	"context"
	"fmt"
	"slices"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/token"
)

// Limits on one request.
const (
	MaxBulk            = 2000
	MaxImportItems     = 7000
	MaxImportRelations = 7000
	MaxImportFolders   = 2000
)

// Service is the vault.
type Service struct {
	DB     *db.DB
	Files  *blob.Files
	Tokens *token.Keeper // signs the addresses of downloads
	// PublicURL is what these addresses begin with.
	PublicURL string
	Storage   Storage
	// MaxUpload is the largest file, in bytes.
	MaxUpload int64
	// Check verifies the master password, or what stands for it, of an account
	// that is about to empty a vault.
	Check func(ctx context.Context, user id.User, secret account.Secret) (account.Proof, error)
	// TrashDays is after how many days Purge removes what is in the trash.
	TrashDays int
}

// distinct drops duplicates and refuses a list that is empty or too long.
func distinct[T ~string](list []T) ([]T, error) {
	if len(list) == 0 {
		return nil, fault.New(fault.Invalid, "The request names nothing to act on.")
	}
	if len(list) > MaxBulk {
		return nil, fault.New(fault.Invalid, fmt.Sprintf("One request may name at most %d things.", MaxBulk))
	}
	return unique(list), nil
}

func unique[T ~string](list []T) []T {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}

// update and view open a transaction for an act that answers something.
func update[T any](ctx context.Context, s *Service, act func(tx *db.Tx) (T, error)) (out T, err error) {
	err = s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		out, err = act(tx)
		return err
	})
	return out, err
}

func view[T any](ctx context.Context, s *Service, act func(tx *db.Tx) (T, error)) (out T, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		out, err = act(tx)
		return err
	})
	return out, err
}
