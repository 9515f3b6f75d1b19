package accounts

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) twoFactorRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: "/api/two-factor", Who: wire.Account, Handle: a.twoFactors},
		{Method: "POST", Path: "/api/two-factor/get-authenticator", Who: wire.Account, Handle: a.showAuthenticator},
		{Method: "PUT", Path: "/api/two-factor/authenticator", Who: wire.Account, Handle: a.setAuthenticator, Also: []string{"POST /api/two-factor/authenticator"}},
		{Method: "DELETE", Path: "/api/two-factor/authenticator", Who: wire.Account, Handle: a.disableAuthenticator},
		{Method: "PUT", Path: "/api/two-factor/disable", Who: wire.Account, Handle: a.disableTwoFactor, Also: []string{"POST /api/two-factor/disable"}},
		{Method: "POST", Path: "/api/two-factor/get-recover", Who: wire.Account, Handle: a.recoveryCode},
	}
}

type twoFactorJSON struct {
	Object  string         `json:"object"`
	Enabled bool           `json:"enabled"`
	Type    account.Factor `json:"type"`
}

func twoFactorOf(kind account.Factor, enabled bool) twoFactorJSON {
	return twoFactorJSON{Object: "twoFactorProvider", Enabled: enabled, Type: kind}
}

func (a *API) twoFactors(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	kinds, err := a.Accounts.SecondFactors(r.Context(), user)
	if err != nil {
		return err
	}
	out := make([]twoFactorJSON, len(kinds))
	for i, kind := range kinds {
		out[i] = twoFactorOf(kind, true)
	}
	return wire.JSON(w, wire.ListOf(out))
}

// authenticatorJSON has the settings twice: nested as new clients read them, and
// flat as older ones do.
type authenticatorJSON struct {
	Object string `json:"object"`
	authenticatorDetails
	Nested authenticatorDetails `json:"authenticator"`
	Token  string               `json:"userVerificationToken,omitempty"`
}

type authenticatorDetails struct {
	Enabled bool   `json:"enabled"`
	Key     string `json:"key"`
}

func answerAuthenticator(w http.ResponseWriter, object string, d authenticatorDetails, token string) error {
	return wire.JSON(w, authenticatorJSON{Object: object, authenticatorDetails: d, Nested: d, Token: token})
}

// permitJSON is what new clients prove themselves with, and older ones.
type permitJSON struct {
	secretJSON
	Token string `json:"userVerificationToken"`
}

func (p permitJSON) permit() account.Permit {
	return account.Permit{Secret: p.secret(), Token: p.Token}
}

func (a *API) showAuthenticator(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[secretJSON](w, r)
	if err != nil {
		return err
	}
	s, err := a.Accounts.ShowAuthenticator(r.Context(), user, in.secret())
	if err != nil {
		return err
	}
	return answerAuthenticator(w, "twoFactorAuthenticator", authenticatorDetails{s.Enabled, s.Key}, s.Token)
}

func (a *API) setAuthenticator(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		permitJSON
		Key  string `json:"key"`
		Code string `json:"token"`
	}](w, r)
	if err != nil {
		return err
	}
	key, err := a.Accounts.SetAuthenticator(r.Context(), user, in.permit(), in.Key, in.Code)
	if err != nil {
		return err
	}
	return answerAuthenticator(w, "twoFactorAuthenticatorUpdate", authenticatorDetails{true, key}, "")
}

func (a *API) disableAuthenticator(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		permitJSON
		Key string `json:"key"`
	}](w, r)
	if err != nil {
		return err
	}
	if err := a.Accounts.DisableFactor(r.Context(), user, in.permit(), account.Authenticator, in.Key); err != nil {
		return err
	}
	return wire.JSON(w, twoFactorOf(account.Authenticator, false))
}

// disableTwoFactor is what older clients call for every kind. It takes the secret
// alone: the token of the settings belongs to one key.
func (a *API) disableTwoFactor(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		secretJSON
		Type account.Factor `json:"type"`
	}](w, r)
	if err != nil {
		return err
	}
	if err := a.Accounts.DisableFactor(r.Context(), user, account.Permit{Secret: in.secret()}, in.Type, ""); err != nil {
		return err
	}
	return wire.JSON(w, twoFactorOf(in.Type, false))
}

func (a *API) recoveryCode(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[secretJSON](w, r)
	if err != nil {
		return err
	}
	code, err := a.Accounts.RecoveryCode(r.Context(), user, in.secret())
	if err != nil {
		return err
	}
	answer := struct {
		Object string  `json:"object"`
		Code   *string `json:"code"` // null while two-step login is off
	}{Object: "twoFactorRecover"}
	if code != "" {
		answer.Code = &code
	}
	return wire.JSON(w, answer)
}
