package accounts

import (
	"encoding/json"
	"net/http"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) profile(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	return a.answerProfile(w, r, user)
}

func (a *API) answerProfile(w http.ResponseWriter, r *http.Request, user id.User) error {
	p, err := a.Views.Profile(r.Context(), user)
	if err != nil {
		return err
	}
	return wire.JSON(w, p)
}

// optional tells a member that was sent as null from one that was not sent.
type optional struct {
	value string
	given bool
}

func (o *optional) UnmarshalJSON(b []byte) error {
	o.given = true
	var s *string
	if err := json.Unmarshal(b, &s); err != nil || s == nil {
		return err
	}
	o.value = *s
	return nil
}

func (o optional) pointer() *string {
	if !o.given {
		return nil
	}
	return &o.value
}

func (a *API) updateProfile(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		Name optional `json:"name"`
		Hint optional `json:"masterPasswordHint"`
	}](w, r)
	if err != nil {
		return err
	}
	if err := a.Accounts.UpdateProfile(r.Context(), user, in.Name.pointer(), in.Hint.pointer()); err != nil {
		return err
	}
	return a.answerProfile(w, r, user)
}

func (a *API) setAvatar(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		AvatarColor string `json:"avatarColor"`
	}](w, r)
	if err != nil {
		return err
	}
	if err := a.Accounts.SetAvatar(r.Context(), user, in.AvatarColor); err != nil {
		return err
	}
	return a.answerProfile(w, r, user)
}

func (a *API) organizations(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	list, err := a.Views.Organizations(r.Context(), user)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(list))
}

// revisionDate answers a bare number: milliseconds since 1970.
func (a *API) revisionDate(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	at, err := a.Accounts.RevisedAt(r.Context(), user)
	if err != nil {
		return err
	}
	return wire.JSON(w, at.UnixMilli())
}

type keysJSON struct {
	Object      string         `json:"object"`
	Key         string         `json:"key"`
	PublicKey   *string        `json:"publicKey"`
	PrivateKey  *string        `json:"privateKey"`
	AccountKeys *keysOfAccount `json:"accountKeys"`
}

type keysOfAccount struct {
	Object           string    `json:"object"`
	Pair             pairJSON  `json:"publicKeyEncryptionKeyPair"`
	SignatureKeyPair *struct{} `json:"signatureKeyPair"`
	SecurityState    *struct{} `json:"securityState"`
}

type pairJSON struct {
	Object            string  `json:"object"`
	WrappedPrivateKey string  `json:"wrappedPrivateKey"`
	PublicKey         string  `json:"publicKey"`
	SignedPublicKey   *string `json:"signedPublicKey"`
}

func keysOf(a account.Account) keysJSON {
	k := keysJSON{Object: "keys", Key: a.UserKey}
	if a.PrivateKey != "" {
		k.PublicKey, k.PrivateKey = &a.PublicKey, &a.PrivateKey
		k.AccountKeys = &keysOfAccount{Object: "privateKeys", Pair: pairJSON{
			Object: "publicKeyEncryptionKeyPair", WrappedPrivateKey: a.PrivateKey, PublicKey: a.PublicKey,
		}}
	}
	return k
}

func (a *API) keys(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	found, err := a.Accounts.Find(r.Context(), user)
	if err != nil {
		return err
	}
	return wire.JSON(w, keysOf(found))
}

func (a *API) setKeys(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		PublicKey           string           `json:"publicKey"`
		EncryptedPrivateKey string           `json:"encryptedPrivateKey"`
		AccountKeys         *accountKeysJSON `json:"accountKeys"`
		UserKeyID           string           `json:"userKeyId"`
	}](w, r)
	if err != nil {
		return err
	}
	pair := account.KeyPair{Public: in.PublicKey, Private: in.EncryptedPrivateKey}
	if in.AccountKeys != nil {
		if pair, err = in.AccountKeys.pair(); err != nil {
			return err
		}
	}
	changed, err := a.Accounts.SetKeys(r.Context(), user, pair, in.UserKeyID)
	if err != nil {
		return err
	}
	return wire.JSON(w, keysOf(changed))
}

func (a *API) setUserKeyID(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		UserKeyID string `json:"userKeyId"`
	}](w, r)
	if err != nil {
		return err
	}
	if err := a.Accounts.SetUserKeyID(r.Context(), user, in.UserKeyID); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) publicKey(w http.ResponseWriter, r *http.Request) error {
	user, err := wire.PathID[id.User](r, "id")
	if err != nil {
		return err
	}
	key, err := a.Accounts.PublicKey(r.Context(), user)
	if err != nil {
		return err
	}
	return wire.JSON(w, struct {
		Object    string  `json:"object"`
		UserID    id.User `json:"userId"`
		PublicKey string  `json:"publicKey"`
	}{"userKey", user, key})
}

// publicKeys is publicKey for the clients that know signature keys too.
func (a *API) publicKeys(w http.ResponseWriter, r *http.Request) error {
	user, err := wire.PathID[id.User](r, "id")
	if err != nil {
		return err
	}
	key, err := a.Accounts.PublicKey(r.Context(), user)
	if err != nil {
		return err
	}
	return wire.JSON(w, struct {
		Object          string  `json:"object"`
		UserID          id.User `json:"userId"`
		PublicKey       string  `json:"publicKey"`
		SignedPublicKey *string `json:"signedPublicKey"`
		VerifyingKey    *string `json:"verifyingKey"`
	}{"publicKeys", user, key, nil, nil})
}
