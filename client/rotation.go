package client

import (
	"context"
	"errors"
	"fmt"

	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/client/seal"
)

// ErrMoreUnderKey means that the account has something under its user key that
// this package cannot encrypt again, such as an emergency access.
var ErrMoreUnderKey = errors.New("the account has more under its key than items, folders and Sends")

// RotateKeys replaces the user key and encrypts all personal items, folders and
// Sends again; links to Sends stay good. The key pair stays too, and with it what
// others share with the account. All or nothing changes, and nothing does when one
// thing cannot be opened, or has a file of the oldest kind: item.ErrOldAttachment.
// The server ends all sessions of the account, this one too, which is locked: its
// key is no longer good for anything. Log in again.
//
// Organizations that may recover the account get the new key. Which, and under
// which public keys, the caller says: a server that made some up would get it too.
func (s *Session) RotateKeys(ctx context.Context, password string, recovery ...RecoveryTrust) error {
	user, private, err := s.keys()
	if err != nil {
		return err
	}
	fresh := seal.NewKey()
	recoverable, err := s.recoveryUnder(ctx, fresh, recovery)
	if err != nil {
		return err
	}
	body := rotation{NewUserKeyID: fresh.ID()}
	if body.Data, err = s.vaultUnder(ctx, user, fresh); err != nil {
		return err
	}
	body.Keys.setPair(fresh, private)
	master, err := seal.NewMasterKey(password, s.salt, s.kdf)
	if err != nil {
		return err
	}
	body.OldHash = master.ServerHash(password)
	body.Unlock = rotatedUnlock{
		Password: rotatedPassword{
			Type: s.kdf.Type, Iterations: s.kdf.Iterations, Memory: positive(s.kdf.Memory), Parallelism: positive(s.kdf.Parallelism),
			Email: seal.Salt(s.Email), Salt: s.salt, Hash: body.OldHash, UserKey: master.WrapUserKey(fresh), KeyID: fresh.ID(),
		},
		Emergency: []any{}, Recovery: recoverable, Passkeys: []any{}, Devices: []any{},
	}
	if err := s.do(ctx, "POST", "/api/accounts/key-management/rotate-user-account-keys", body, nil); err != nil {
		return err
	}
	s.Lock()
	return nil
}

type rotation struct {
	OldHash      string         `json:"oldMasterKeyAuthenticationHash"`
	Unlock       rotatedUnlock  `json:"accountUnlockData"`
	Keys         rotatedPair    `json:"accountKeys"`
	Data         rotatedContent `json:"accountData"`
	NewUserKeyID string         `json:"newUserKeyId"`
}

type rotatedUnlock struct {
	Password  rotatedPassword `json:"masterPasswordUnlockData"`
	Emergency []any           `json:"emergencyAccessUnlockData"`
	Recovery  []recoverable   `json:"organizationAccountRecoveryUnlockData"`
	Passkeys  []any           `json:"passkeyUnlockData"`
	Devices   []any           `json:"deviceKeyUnlockData"`
}

type rotatedPassword struct {
	Type        seal.KDFType   `json:"kdfType"`
	Iterations  int            `json:"kdfIterations"`
	Memory      *int           `json:"kdfMemory"`
	Parallelism *int           `json:"kdfParallelism"`
	Email       string         `json:"email"`
	Salt        string         `json:"masterPasswordSalt"`
	Hash        string         `json:"masterKeyAuthenticationHash"`
	UserKey     seal.EncString `json:"masterKeyEncryptedUserKey"`
	KeyID       string         `json:"containedKeyId"`
}

// positive is how the parameters of Argon2id are absent for PBKDF2.
func positive(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// rotatedPair names the key pair in the older and in the newer way.
type rotatedPair struct {
	accountKeys
	PrivateKey seal.EncString `json:"userKeyEncryptedAccountPrivateKey"`
	PublicKey  string         `json:"accountPublicKey"`
}

func (p *rotatedPair) setPair(user seal.Key, private seal.PrivateKey) {
	p.PrivateKey, p.PublicKey = user.WrapPrivate(private), private.Public().Base64()
	p.Encryption.PrivateKey, p.Encryption.PublicKey = p.PrivateKey, p.PublicKey
}

type rotatedContent struct {
	Ciphers []item.Request `json:"ciphers"`
	Folders []sealedFolder `json:"folders"`
	Sends   []sealedSend   `json:"sends"`
}

// vaultUnder fetches everything that is under one key and puts it under another.
func (s *Session) vaultUnder(ctx context.Context, from, to seal.Key) (rotatedContent, error) {
	var answer struct {
		syncAnswer
		Sends []sealedSend `json:"sends"`
	}
	if err := s.do(ctx, "GET", "/api/sync?excludeDomains=true", nil, &answer); err != nil {
		return rotatedContent{}, err
	}
	out := rotatedContent{Ciphers: []item.Request{}, Folders: []sealedFolder{}, Sends: []sealedSend{}}
	for _, send := range answer.Sends {
		rewrapped, err := send.under(from, to)
		if err != nil {
			return rotatedContent{}, err
		}
		out.Sends = append(out.Sends, rewrapped)
	}
	for _, folder := range answer.Folders {
		name, err := from.DecryptText(folder.Name)
		if err != nil {
			return rotatedContent{}, fmt.Errorf("folder %s: %w", folder.ID, err)
		}
		out.Folders = append(out.Folders, sealedFolder{ID: folder.ID, Name: to.EncryptText(name)})
	}
	for _, cipher := range answer.Ciphers {
		if cipher.OrganizationID != "" {
			continue
		}
		rekeyed, err := cipher.Rekey(from, to)
		if err != nil {
			return rotatedContent{}, err
		}
		out.Ciphers = append(out.Ciphers, rekeyed.Request())
	}
	return out, nil
}
