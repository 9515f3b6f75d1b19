package accounts

import (
	"context"
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) verifyPassword(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[secretJSON](w, r)
	if err != nil {
		return err
	}
	if err := a.Accounts.Verify(r.Context(), user, in.secret()); err != nil {
		return err
	}
	rules, err := a.Policies.MasterPassword(r.Context(), user)
	if err != nil {
		return err
	}
	return wire.JSON(w, struct {
		Object string `json:"object"`
		*policy.MasterPassword
	}{"masterPasswordPolicy", rules})
}

// newPassword is a new master password in one of two forms.
type newPassword struct {
	Authentication *authenticationJSON `json:"authenticationData"`
	Unlock         *unlockJSON         `json:"unlockData"`
	NewHash        string              `json:"newMasterPasswordHash"`
	Key            string              `json:"key"`
	Hint           string              `json:"masterPasswordHint"`
}

func (in newPassword) credentials() (account.Credentials, error) {
	c, given, err := join(in.Authentication, in.Unlock)
	if !given {
		c = account.Credentials{Hash: in.NewHash, Key: in.Key}
	}
	return c, err
}

func (a *API) changePassword(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		secretJSON
		newPassword
	}](w, r)
	if err != nil {
		return err
	}
	c, err := in.credentials()
	if err != nil {
		return err
	}
	if err := a.Accounts.ChangePassword(r.Context(), user, in.secret(), c, in.Hint); err != nil {
		return err
	}
	return wire.OK(w)
}

// replaceTemporary takes no old password: the session was opened with it.
func (a *API) replaceTemporary(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[newPassword](w, r)
	if err != nil {
		return err
	}
	c, err := in.credentials()
	if err != nil {
		return err
	}
	if err := a.Accounts.ReplaceTemporary(r.Context(), user, c, in.Hint); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) changeKDF(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		secretJSON
		Authentication *authenticationJSON `json:"authenticationData"`
		Unlock         *unlockJSON         `json:"unlockData"`
		NewHash        string              `json:"newMasterPasswordHash"`
		Key            string              `json:"key"`
		KDF            *int                `json:"kdf"`
		Iterations     int                 `json:"kdfIterations"`
		Memory         *int                `json:"kdfMemory"`
		Parallelism    *int                `json:"kdfParallelism"`
	}](w, r)
	if err != nil {
		return err
	}
	c, given, err := join(in.Authentication, in.Unlock)
	if err != nil {
		return err
	}
	if !given {
		if in.KDF == nil {
			return fault.Field("kdf", "The key derivation is missing.")
		}
		c = account.Credentials{Hash: in.NewHash, Key: in.Key,
			KDF: &encstring.KDF{Type: *in.KDF, Iterations: in.Iterations, Memory: in.Memory, Parallelism: in.Parallelism}}
	}
	if err := a.Accounts.ChangeKDF(r.Context(), user, in.secret(), c); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) requestEmailChange(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		secretJSON
		NewEmail string `json:"newEmail"`
	}](w, r)
	if err != nil {
		return err
	}
	if err := a.Accounts.RequestEmailChange(r.Context(), user, in.secret(), in.NewEmail); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) changeEmail(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		secretJSON
		NewEmail string `json:"newEmail"`
		NewHash  string `json:"newMasterPasswordHash"`
		Token    string `json:"token"`
		Key      string `json:"key"`
	}](w, r)
	if err != nil {
		return err
	}
	c := account.Credentials{Hash: in.NewHash, Key: in.Key}
	if err := a.Accounts.ChangeEmail(r.Context(), user, in.secret(), c, in.NewEmail, in.Token); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) logOutEverywhere(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[secretJSON](w, r)
	if err != nil {
		return err
	}
	if err := a.Accounts.LogOutEverywhere(r.Context(), user, in.secret()); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) apiKey(w http.ResponseWriter, r *http.Request) error {
	return answerAPIKey(w, r, a.Accounts.APIKey)
}

func (a *API) rotateAPIKey(w http.ResponseWriter, r *http.Request) error {
	return answerAPIKey(w, r, a.Accounts.RotateAPIKey)
}

func answerAPIKey(w http.ResponseWriter, r *http.Request, get func(context.Context, id.User, account.Secret) (string, account.Account, error)) error {
	user, in, err := asked[secretJSON](w, r)
	if err != nil {
		return err
	}
	key, found, err := get(r.Context(), user, in.secret())
	if err != nil {
		return err
	}
	return wire.JSON(w, struct {
		Object       string    `json:"object"`
		APIKey       string    `json:"apiKey"`
		RevisionDate wire.Date `json:"revisionDate"`
	}{"apiKey", key, wire.Date(found.RevisedAt.Truncate(time.Microsecond))})
}

func (a *API) requestOTP(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	if err := a.Accounts.RequestOTP(r.Context(), user); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) verifyOTP(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		OTP string `json:"otp"`
	}](w, r)
	if err != nil {
		return err
	}
	if err := a.Accounts.VerifyOTP(r.Context(), user, in.OTP); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) setVerifyDevices(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		secretJSON
		VerifyDevices *bool `json:"verifyDevices"`
	}](w, r)
	if err != nil {
		return err
	}
	if in.VerifyDevices == nil {
		return fault.Field("verifyDevices", "Say whether new devices shall be verified.")
	}
	if err := a.Accounts.SetVerifyDevices(r.Context(), user, in.secret(), *in.VerifyDevices); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) resendDeviceCode(w http.ResponseWriter, r *http.Request) error {
	in, err := wire.Decode[struct {
		Email string `json:"email"`
		secretJSON
	}](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if err := a.Login.ResendDeviceCode(r.Context(), in.Email, in.MasterPasswordHash); err != nil {
		return err
	}
	return wire.OK(w)
}
