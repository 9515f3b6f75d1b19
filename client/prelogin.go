package client

import (
	"context"
	"fmt"

	"github.com/kastellan/kastellan/client/seal"
)

// prelogin is how the server says that an account's password becomes a key.
type prelogin struct {
	Settings *seal.KDF `json:"kdfSettings"`
	Salt     string    `json:"salt"`
}

// master derives the master key of an account. Parameters that are too weak are
// refused before the password is touched: a hostile server could ask for them to
// make the password cheap to guess.
func (c *Client) master(ctx context.Context, email, password string) (unlocking, error) {
	var answer prelogin
	body := map[string]string{"email": seal.Salt(email)}
	if err := c.do(ctx, call{method: "POST", path: "/identity/accounts/prelogin/password", in: body, out: &answer}); err != nil {
		return unlocking{}, err
	}
	if answer.Settings == nil {
		return unlocking{}, fmt.Errorf("prelogin: %w", seal.ErrKDF)
	}
	if answer.Salt == "" {
		answer.Salt = seal.Salt(email)
	}
	u := unlocking{kdf: *answer.Settings, salt: answer.Salt}
	var err error
	u.key, err = seal.NewMasterKey(password, u.salt, u.kdf)
	return u, err
}

// unlocking is a master key and how it came about.
type unlocking struct {
	key  seal.MasterKey
	kdf  seal.KDF
	salt string
}

// authenticationData and unlockData are the pair by which a password is set.
type authenticationData struct {
	KDF  seal.KDF `json:"kdf"`
	Hash string   `json:"masterPasswordAuthenticationHash"`
	Salt string   `json:"salt"`
}

type unlockData struct {
	KDF     seal.KDF       `json:"kdf"`
	UserKey seal.EncString `json:"masterKeyWrappedUserKey"`
	Salt    string         `json:"salt"`
	KeyID   string         `json:"containedKeyId,omitempty"`
}

func (u unlocking) pair(password string, user seal.Key) (authenticationData, unlockData) {
	return authenticationData{KDF: u.kdf, Hash: u.key.ServerHash(password), Salt: u.salt},
		unlockData{KDF: u.kdf, UserKey: u.key.WrapUserKey(user), Salt: u.salt, KeyID: user.ID()}
}
