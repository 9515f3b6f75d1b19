package accounts

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/rotate"
	"github.com/kastellan/kastellan/internal/send"
	"github.com/kastellan/kastellan/internal/vault"
	"github.com/kastellan/kastellan/internal/vault/content"
	"github.com/kastellan/kastellan/internal/wire"
)

type recoveryData struct {
	Org       string `json:"organizationId"`
	Name      string `json:"organizationName"`
	PublicKey string `json:"publicKey"`
}

// rotationData answers what of the account is under its user key beside the
// vault. Of three kinds there is nothing yet.
func (a *API) rotationData(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	enrolled, err := a.Rotate.ListEnrolments(r.Context(), user)
	if err != nil {
		return err
	}
	recovery := make([]recoveryData, len(enrolled))
	for i, e := range enrolled {
		recovery[i] = recoveryData{string(e.Org), e.Name, e.PublicKey}
	}
	type list = []struct{}
	return wire.JSON(w, struct {
		Object    string         `json:"object"`
		Emergency list           `json:"emergencyAccessKeyData"`
		Recovery  []recoveryData `json:"organizationPasswordResetKeyData"`
		Devices   list           `json:"trustedDeviceKeyData"`
		Passkeys  list           `json:"passkeyKeyData"`
	}{"keyRotationData", list{}, recovery, list{}, list{}})
}

// regenerateKeys gives an account without a key pair one. A pair that is there
// stays: whether its private key still opens is for no server to say.
func (a *API) regenerateKeys(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		PublicKey  string `json:"userPublicKey"`
		PrivateKey string `json:"userKeyEncryptedUserPrivateKey"`
	}](w, r)
	if err != nil {
		return err
	}
	if _, err := a.Accounts.SetKeys(r.Context(), user, account.KeyPair{Public: in.PublicKey, Private: in.PrivateKey}, ""); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) rotateUserKey(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[rotationJSON](w, r, wire.BulkBody)
	if err != nil {
		return err
	}
	change, err := in.change()
	if err != nil {
		return err
	}
	if err := a.Rotate.UserKey(r.Context(), user, in.OldHash, change); err != nil {
		return err
	}
	return wire.OK(w)
}

type rotationJSON struct {
	OldHash      string           `json:"oldMasterKeyAuthenticationHash"`
	Keys         *accountKeysJSON `json:"accountKeys"`
	NewUserKeyID string           `json:"newUserKeyId"`
	Unlock       struct {
		Password     *rotationPassword `json:"masterPasswordUnlockData"`
		Emergency    []json.RawMessage `json:"emergencyAccessUnlockData"`
		Recovery     []recoveryKey     `json:"organizationAccountRecoveryUnlockData"`
		Passkeys     []json.RawMessage `json:"passkeyUnlockData"`
		Devices      []json.RawMessage `json:"deviceKeyUnlockData"`
		UpgradeToken *struct{}         `json:"v2UpgradeToken"`
	} `json:"accountUnlockData"`
	Data struct {
		Ciphers []rotatedItem   `json:"ciphers"`
		Folders []rotatedFolder `json:"folders"`
		Sends   []rotatedSend   `json:"sends"`
	} `json:"accountData"`
}

// recoveryKey is the new user key for an organization that may recover the account.
type recoveryKey struct {
	Org string `json:"organizationId"`
	Key string `json:"resetPasswordKey"`
}

func recoveryKeys(list []recoveryKey) (map[id.Org]string, error) {
	out := map[id.Org]string{}
	for _, in := range list {
		organization, err := rotatedID[id.Org](in.Org)
		if err != nil {
			return nil, err
		}
		if _, twice := out[organization]; twice {
			return nil, fault.Field("organizationId", "An organization is there twice.")
		}
		out[organization] = in.Key
	}
	return out, nil
}

type rotationPassword struct {
	KDFType        *int    `json:"kdfType"`
	Iterations     int     `json:"kdfIterations"`
	Memory         *int    `json:"kdfMemory"`
	Parallelism    *int    `json:"kdfParallelism"`
	Email          string  `json:"email"`
	Hash           string  `json:"masterKeyAuthenticationHash"`
	Key            string  `json:"masterKeyEncryptedUserKey"`
	Hint           *string `json:"masterPasswordHint"`
	Salt           *string `json:"masterPasswordSalt"`
	ContainedKeyID string  `json:"containedKeyId"`
}

func (in *rotationJSON) change() (c rotate.Change, err error) {
	if in.Keys == nil || in.Unlock.Password == nil {
		return c, fault.New(fault.Invalid, "The request lacks the keys of the account.")
	}
	if in.Unlock.UpgradeToken != nil {
		return c, fault.New(fault.Invalid, "This server does not take accounts with signature keys yet.")
	}
	if c.Key, err = in.key(); err != nil {
		return c, err
	}
	if c.Vault.Items, err = rotatedItems(in.Data.Ciphers); err != nil {
		return c, err
	}
	if c.Vault.Folders, err = rotatedFolders(in.Data.Folders); err != nil {
		return c, err
	}
	if c.Sends, err = rotatedSends(in.Data.Sends); err != nil {
		return c, err
	}
	if c.Recovery, err = recoveryKeys(in.Unlock.Recovery); err != nil {
		return c, err
	}
	c.Others = len(in.Unlock.Emergency) + len(in.Unlock.Passkeys) + len(in.Unlock.Devices)
	return c, nil
}

func (in *rotationJSON) key() (n account.NewUserKey, err error) {
	p := in.Unlock.Password
	kdf := kdfJSON{KdfType: p.KDFType, Iterations: p.Iterations, Memory: p.Memory, Parallelism: p.Parallelism}.kdf()
	n = account.NewUserKey{
		Credentials: account.Credentials{Hash: p.Hash, Key: p.Key, KDF: &kdf, Salt: p.Salt, KeyID: cmp.Or(in.NewUserKeyID, p.ContainedKeyID)},
		Email:       p.Email, Hint: p.Hint,
	}
	if p.ContainedKeyID != "" && p.ContainedKeyID != n.KeyID {
		return n, fault.Field("containedKeyId", "The key that the password opens is not the new encryption key.")
	}
	n.Pair, err = in.Keys.pair()
	return n, err
}

// rotatedItem is an item as it comes in a rotation. Whatever else clients send
// of it, such as its folder, stays as it is.
type rotatedItem struct {
	ID   string       `json:"id"`
	Type content.Type `json:"type"`
	content.Content
	OrganizationID        string    `json:"organizationId"`
	EncryptedFor          string    `json:"encryptedFor"`
	EncryptedByKeyID      string    `json:"encryptedByKeyId"`
	LastKnownRevisionDate wire.Date `json:"lastKnownRevisionDate"`
	content.FileMaps
}

func (in rotatedItem) draft() (vault.Draft, error) {
	d := vault.Draft{Type: in.Type, Files: in.Files(), KeyID: in.EncryptedByKeyID, LastKnown: time.Time(in.LastKnownRevisionDate)}
	var err error
	if d.ID, err = rotatedID[id.Cipher](in.ID); err != nil {
		return d, err
	}
	if in.OrganizationID != "" {
		return d, fault.Field("organizationId", "Items of organizations are not under the account's key and must be left out.")
	}
	if in.EncryptedFor != "" {
		if d.For, err = rotatedID[id.User](in.EncryptedFor); err != nil {
			return d, err
		}
	}
	d.Data, err = in.Fragment(in.Type)
	return d, err
}

// rotatedID reads an id. One that names nothing makes the request wrong, not the
// thing absent: it is the request that has to match the vault.
func rotatedID[T ~string](s string) (T, error) {
	v, err := id.Parse[T](s)
	if err != nil {
		return "", fault.Field("id", "The id "+strconv.Quote(s[:min(len(s), 40)])+" is not valid.")
	}
	return v, nil
}

func rotatedItems(list []rotatedItem) ([]vault.Draft, error) {
	out := make([]vault.Draft, len(list))
	for i, in := range list {
		d, err := in.draft()
		if err != nil {
			return nil, fault.Wrap(fault.KindOf(err), "Item "+strconv.Itoa(i+1)+" of the request: "+err.Error(), err)
		}
		out[i] = d
	}
	return out, nil
}

// rotatedSend is the key of a Send under the new one; the rest of it is under its own.
type rotatedSend struct {
	ID  string `json:"id"`
	Key string `json:"key"`
}

func rotatedSends(list []rotatedSend) (send.Rotation, error) {
	out := send.Rotation{}
	for _, in := range list {
		one, err := rotatedID[id.Send](in.ID)
		if err != nil {
			return nil, err
		}
		if _, twice := out[one]; twice {
			return nil, fault.Field("sends", "A Send is there twice.")
		}
		out[one] = in.Key
	}
	return out, nil
}

type rotatedFolder struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func rotatedFolders(list []rotatedFolder) ([]vault.Folder, error) {
	out := make([]vault.Folder, len(list))
	for i, in := range list {
		folder, err := rotatedID[id.Folder](in.ID)
		if err != nil {
			return nil, err
		}
		out[i] = vault.Folder{ID: folder, Name: in.Name}
	}
	return out, nil
}
