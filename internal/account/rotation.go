package account

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/passhash"
)

// NewUserKey is what takes the place of an account's user key: the new key,
// wrapped for a password and named by KeyID, and the old key pair, whose private
// key is wrapped by the new key.
type NewUserKey struct {
	Credentials
	Email string // must be the account's: a change of it is another act
	Pair  KeyPair
	Hint  *string // nil leaves it as it is
}

func (n *NewUserKey) valid() error {
	if n.KDF == nil {
		return fault.Field("kdfType", "The key derivation is missing.")
	}
	if n.Hint != nil {
		hint, err := passwordHint(*n.Hint)
		if err != nil {
			return err
		}
		n.Hint = &hint
	}
	if err := n.Credentials.valid(); err != nil {
		return err
	}
	return n.Pair.valid()
}

// Rotation is a change of the user key that the account's password has allowed.
// It is one half of the act: what is under the key has to change with it.
type Rotation struct {
	accounts    *Service
	proof       Proof
	in          NewUserKey
	hash        string
	newPassword bool
}

// Rotate checks a new user key and the old password, and makes the slow hash of
// the password that is to be; Store is for the transaction.
func (s *Service) Rotate(ctx context.Context, user id.User, oldHash string, in NewUserKey) (Rotation, error) {
	if err := in.valid(); err != nil {
		return Rotation{}, err
	}
	p, err := s.Check(ctx, user, Secret{MasterPasswordHash: oldHash})
	if err != nil {
		return Rotation{}, err
	}
	hash, err := passhash.Hash(ctx, in.Hash)
	return Rotation{accounts: s, proof: p, in: in, hash: hash, newPassword: in.Hash != oldHash}, err
}

// Store replaces the user key and ends every session.
func (r Rotation) Store(ctx context.Context, tx *db.Tx) error {
	if err := r.proof.Holds(ctx, tx); err != nil {
		return err
	}
	before, err := ByID(ctx, tx, r.proof.Account.ID)
	if err != nil {
		return err
	}
	if err := r.in.fits(before); err != nil {
		return err
	}
	a := before
	a.PasswordHash, a.UserKey, a.UserKeyID = r.hash, r.in.Key, r.in.KeyID
	if r.in.Hint != nil {
		a.Hint = *r.in.Hint
	}
	if r.newPassword {
		a.ForcePasswordReset, a.PasswordChangedAt = false, tx.Now
	}
	if err := rewrapPrivateKey(ctx, tx, a.ID, r.in.Pair); err != nil {
		return err
	}
	return r.accounts.storeCredentials(ctx, tx, before, a, mail.UserKeyChanged)
}

// fits refuses what would change more than the key and the password. A new key
// pair would lock the account out of everything that is shared with it.
func (n *NewUserKey) fits(a Account) error {
	if !n.KDF.Equal(a.KDF) {
		return fault.Field("kdfType", "Changing the encryption key does not change the key derivation.")
	}
	if Normalize(n.Email) != a.Email {
		return fault.Field("email", "Changing the encryption key does not change the e-mail address.")
	}
	if err := n.saltIs(a.Salt); err != nil {
		return err
	}
	if a.PublicKey == "" || n.Pair.Public != a.PublicKey {
		return fault.Field("accountPublicKey", "The public key is not the one that this account has.")
	}
	if n.KeyID != "" && n.KeyID == a.UserKeyID {
		return fault.Field("newUserKeyId", "The new encryption key is the one that the account has already.")
	}
	return nil
}
