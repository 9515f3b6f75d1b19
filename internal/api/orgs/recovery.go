package orgs

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/recovery"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) recoveryRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: one + "/auto-enroll-status", Who: wire.Member, Handle: a.autoEnrollStatus},
		{Method: "PUT", Path: members + "/{user}/reset-password-enrollment", Who: wire.Member, Handle: a.enrol},
		{Method: "GET", Path: member + "/reset-password-details", Who: wire.RecoveryManager, Handle: a.recoveryDetails},
		{Method: "POST", Path: members + "/account-recovery-details", Who: wire.RecoveryManager, Handle: a.manyRecoveryDetails},
		{Method: "PUT", Path: member + "/recover-account", Who: wire.RecoveryManager, Handle: a.recover},
		{Method: "PUT", Path: member + "/reset-password", Who: wire.RecoveryManager, Handle: a.resetPassword},
	}
}

type autoEnrollBody struct {
	Object  string `json:"object"`
	ID      string `json:"id"`
	Enabled bool   `json:"resetPasswordEnabled"`
}

func (a *API) autoEnrollStatus(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	auto, err := a.Recovery.AutoEnrols(r.Context(), user, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, autoEnrollBody{"organizationAutoEnrollStatus", string(organization), auto})
}

// enrol also withdraws: then the key is null, and clients send no password.
func (a *API) enrol(w http.ResponseWriter, r *http.Request) error {
	user, organization, of, err := on[id.User](r, "user")
	if err != nil {
		return err
	}
	in, err := wire.Decode[struct {
		Key  string `json:"resetPasswordKey"`
		Hash string `json:"masterPasswordHash"`
	}](w, r, wire.SmallBody)
	switch {
	case err != nil:
		return err
	case of != user:
		return fault.Absent() // the path names an account, and it is one's own
	case in.Key == "":
		err = a.Recovery.Withdraw(r.Context(), user, organization)
	default:
		err = a.Recovery.Enrol(r.Context(), user, organization, in.Key, in.Hash)
	}
	if err != nil {
		return err
	}
	return wire.OK(w)
}

type recoveryBody struct {
	Object      string  `json:"object"`
	Member      string  `json:"organizationUserId"`
	KDF         int     `json:"kdf"`
	Iterations  int     `json:"kdfIterations"`
	Memory      *int    `json:"kdfMemory"`
	Parallelism *int    `json:"kdfParallelism"`
	Salt        string  `json:"masterPasswordSalt"`
	Key         string  `json:"resetPasswordKey"`
	PrivateKey  *string `json:"encryptedPrivateKey"`
}

func recoveryOf(d recovery.Details) recoveryBody {
	return recoveryBody{
		Object: "organizationUserResetPasswordDetails", Member: string(d.Member), KDF: d.KDF.Type, Iterations: d.KDF.Iterations,
		Memory: d.KDF.Memory, Parallelism: d.KDF.Parallelism, Salt: d.Salt, Key: d.Key, PrivateKey: text(d.PrivateKey),
	}
}

func (a *API) recoveryDetails(w http.ResponseWriter, r *http.Request) error {
	user, organization, who, err := on[id.Member](r, "member")
	if err != nil {
		return err
	}
	d, err := a.Recovery.FindDetails(r.Context(), user, organization, who)
	if err != nil {
		return err
	}
	return wire.JSON(w, recoveryOf(d))
}

func (a *API) manyRecoveryDetails(w http.ResponseWriter, r *http.Request) error {
	user, organization, list, err := chosen(w, r)
	if err != nil {
		return err
	}
	found, err := a.Recovery.ListDetails(r.Context(), user, organization, list)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(found, recoveryOf)))
}

// recover takes what is to be reset by name. The older resetPassword knows the
// password alone.
func (a *API) recover(w http.ResponseWriter, r *http.Request) error {
	return a.reset(w, r, false)
}

func (a *API) resetPassword(w http.ResponseWriter, r *http.Request) error {
	return a.reset(w, r, true)
}

func (a *API) reset(w http.ResponseWriter, r *http.Request, passwordUnlessSaid bool) error {
	user, organization, who, err := on[id.Member](r, "member")
	if err != nil {
		return err
	}
	in, err := wire.Decode[resetRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	what, err := in.read(passwordUnlessSaid)
	if err != nil {
		return err
	}
	if err := a.Recovery.Recover(r.Context(), user, organization, who, what); err != nil {
		return err
	}
	return wire.OK(w)
}

// resetRequest carries the new password in one of two forms.
type resetRequest struct {
	Password       *bool           `json:"resetMasterPassword"`
	TwoStep        bool            `json:"resetTwoFactor"`
	Hash           string          `json:"newMasterPasswordHash"`
	Key            string          `json:"key"`
	Authentication *authentication `json:"authenticationData"`
	Unlock         *unlock         `json:"unlockData"`
}

type derivation struct {
	Type        *int `json:"kdfType"`
	Iterations  int  `json:"iterations"`
	Memory      *int `json:"memory"`
	Parallelism *int `json:"parallelism"`
}

type authentication struct {
	KDF  derivation `json:"kdf"`
	Hash string     `json:"masterPasswordAuthenticationHash"`
	Salt string     `json:"salt"`
}

type unlock struct {
	KDF   derivation `json:"kdf"`
	Key   string     `json:"masterKeyWrappedUserKey"`
	Salt  string     `json:"salt"`
	KeyID string     `json:"containedKeyId"`
}

func (d derivation) kdf() encstring.KDF {
	kind := -1 // a missing type is an unknown one, not PBKDF2
	if d.Type != nil {
		kind = *d.Type
	}
	return encstring.KDF{Type: kind, Iterations: d.Iterations, Memory: d.Memory, Parallelism: d.Parallelism}
}

func (in resetRequest) read(passwordUnlessSaid bool) (recovery.Reset, error) {
	out := recovery.Reset{TwoStep: in.TwoStep}
	if in.Password == nil && !passwordUnlessSaid || in.Password != nil && !*in.Password {
		return out, nil
	}
	c := account.Credentials{Hash: in.Hash, Key: in.Key}
	switch {
	case in.Authentication != nil && in.Unlock != nil:
		var err error
		c, err = account.Join(
			account.Half{KDF: in.Authentication.KDF.kdf(), Salt: in.Authentication.Salt, Secret: in.Authentication.Hash},
			account.Half{KDF: in.Unlock.KDF.kdf(), Salt: in.Unlock.Salt, Secret: in.Unlock.Key, KeyID: in.Unlock.KeyID})
		if err != nil {
			return out, err
		}
	case in.Authentication != nil || in.Unlock != nil:
		return out, fault.New(fault.Invalid, "The data for logging in and for unlocking must come together.")
	}
	out.Password = &c
	return out, nil
}
