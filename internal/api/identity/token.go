package identity

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/login"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/send"
	"github.com/kastellan/kastellan/internal/wire"
)

// token answers POST /identity/connect/token, whose errors have a body of their own.
func (a *API) token(w http.ResponseWriter, r *http.Request) error {
	answer, err := a.grant(w, r)
	if err == nil {
		return wire.JSON(w, answer)
	}
	if refusal, ok := send.IsRefusal(err); ok {
		wire.JSONStatus(w, http.StatusBadRequest, closedOf(refusal))
		return nil
	}
	if refusal, ok := errors.AsType[*login.Refusal](err); ok {
		wire.JSONStatus(w, http.StatusBadRequest, refusalOf(refusal))
		return nil
	}
	if e, ok := errors.AsType[*fault.Error](err); ok && e.Kind == fault.Invalid {
		wire.JSONStatus(w, http.StatusBadRequest, refusalOf(&login.Refusal{Code: "invalid_request", Message: e.Msg}))
		return nil
	}
	return err
}

func (a *API) grant(w http.ResponseWriter, r *http.Request) (any, error) {
	f, err := readForm(w, r)
	if err != nil {
		return nil, err
	}
	var g login.Grant
	switch f["grant_type"] {
	case "password":
		g, err = a.Login.ByPassword(r.Context(), login.Password{Client: f.client(), Email: f["username"], Hash: f["password"], OTP: f["newdeviceotp"], SecondStep: f.secondStep(), Request: f["authrequest"]})
	case "client_credentials":
		g, err = a.Login.ByAPIKey(r.Context(), login.APIKey{Client: f.client(), Secret: f["client_secret"]})
		if err == nil && g.Account.ID == "" { // an organization has nothing to unlock
			return bearerOf(g), nil
		}
	case "refresh_token":
		g, err = a.Login.Refresh(r.Context(), f["client_id"], f["refresh_token"])
		if err == nil {
			return bearerOf(g), nil
		}
	case "send_access":
		return a.openSend(r.Context(), f)
	default:
		err = &login.Refusal{Code: "unsupported_grant_type"}
	}
	if err != nil {
		return nil, err
	}
	return tokenOf(g), nil
}

type bearerJSON struct {
	AccessToken  string `json:"access_token"`
	ExpiresIn    int    `json:"expires_in"`
	TokenType    string `json:"token_type"`
	RefreshToken string `json:"refresh_token,omitempty"`
	Scope        string `json:"scope"`
}

func bearerOf(g login.Grant) bearerJSON {
	return bearerJSON{AccessToken: g.AccessToken, ExpiresIn: int(g.Lifetime.Seconds()), TokenType: "Bearer", RefreshToken: g.Refresh, Scope: g.Scope}
}

// tokenJSON is the answer to a log-in. The names are a historical mixture: OAuth's
// own in snake case, the rest in Pascal case, but camel case inside AccountKeys.
type tokenJSON struct {
	bearerJSON
	Key                   string       `json:"Key"`
	PrivateKey            *string      `json:"PrivateKey"`
	AccountKeys           *accountKeys `json:"AccountKeys"`
	Kdf                   int          `json:"Kdf"`
	KdfIterations         int          `json:"KdfIterations"`
	KdfMemory             *int         `json:"KdfMemory"`
	KdfParallelism        *int         `json:"KdfParallelism"`
	ResetMasterPassword   bool         `json:"ResetMasterPassword"`
	ForcePasswordReset    bool         `json:"ForcePasswordReset"`
	MasterPasswordPolicy  any          `json:"MasterPasswordPolicy"`
	UserDecryptionOptions decryption   `json:"UserDecryptionOptions"`
	TwoFactorToken        string       `json:"TwoFactorToken,omitempty"`
}

type object struct {
	Object string `json:"object"`
}

// passwordPolicy is what the organizations ask of the master password. Without any
// it has no member but its object, so that clients take it for none.
type passwordPolicy struct {
	Object         string `json:"object"`
	MinComplexity  int
	MinLength      int
	RequireUpper   bool
	RequireLower   bool
	RequireNumbers bool
	RequireSpecial bool
	EnforceOnLogin bool
}

func passwordPolicyOf(p *policy.MasterPassword) any {
	if p == nil {
		return object{"masterPasswordPolicy"}
	}
	return passwordPolicy{
		"masterPasswordPolicy", p.MinComplexity, p.MinLength, p.RequireUpper, p.RequireLower, p.RequireNumbers, p.RequireSpecial, p.EnforceOnLogin,
	}
}

type accountKeys struct {
	Object                     string    `json:"object"`
	PublicKeyEncryptionKeyPair keyPair   `json:"publicKeyEncryptionKeyPair"`
	SignatureKeyPair           *struct{} `json:"signatureKeyPair"`
	SecurityState              *struct{} `json:"securityState"`
}

type keyPair struct {
	Object            string  `json:"object"`
	WrappedPrivateKey string  `json:"wrappedPrivateKey"`
	PublicKey         string  `json:"publicKey"`
	SignedPublicKey   *string `json:"signedPublicKey"`
}

type decryption struct {
	Object               string
	HasMasterPassword    bool
	MasterPasswordUnlock unlock
}

type unlock struct {
	Kdf                       kdf
	MasterKeyEncryptedUserKey string
	Salt                      string
}

type kdf struct {
	KdfType     int
	Iterations  int
	Memory      *int
	Parallelism *int
}

func tokenOf(g login.Grant) tokenJSON {
	a := g.Account
	t := tokenJSON{
		bearerJSON: bearerOf(g), Key: a.UserKey,
		Kdf: a.KDF.Type, KdfIterations: a.KDF.Iterations, KdfMemory: a.KDF.Memory, KdfParallelism: a.KDF.Parallelism,
		ForcePasswordReset: a.ForcePasswordReset, TwoFactorToken: g.Remember, MasterPasswordPolicy: passwordPolicyOf(g.MasterPassword),
		UserDecryptionOptions: decryption{
			Object: "userDecryptionOptions", HasMasterPassword: true,
			MasterPasswordUnlock: unlock{Kdf: kdfOf(a.KDF), MasterKeyEncryptedUserKey: a.UserKey, Salt: a.Salt},
		},
	}
	if a.PrivateKey != "" {
		t.PrivateKey, t.AccountKeys = &a.PrivateKey, keysOf(a)
	}
	return t
}

func keysOf(a account.Account) *accountKeys {
	return &accountKeys{Object: "privateKeys", PublicKeyEncryptionKeyPair: keyPair{
		Object: "publicKeyEncryptionKeyPair", WrappedPrivateKey: a.PrivateKey, PublicKey: a.PublicKey,
	}}
}

func kdfOf(k encstring.KDF) kdf {
	return kdf{KdfType: k.Type, Iterations: k.Iterations, Memory: k.Memory, Parallelism: k.Parallelism}
}

type refusalJSON struct {
	Error       string      `json:"error"`
	Description string      `json:"error_description,omitempty"`
	Model       *errorModel `json:"ErrorModel,omitempty"`
	*secondStepJSON
}

// secondStepJSON asks for a second step. Its names are matched exactly, and the
// map must not be empty. An authenticator has no settings to tell: null.
type secondStepJSON struct {
	Providers            []string       `json:"TwoFactorProviders"`
	Settings             map[string]any `json:"TwoFactorProviders2"`
	Email                string         `json:"Email"`
	MasterPasswordPolicy any            `json:"MasterPasswordPolicy"`
}

func secondStepOf(s *login.SecondStep) *secondStepJSON {
	if s == nil {
		return nil
	}
	out := &secondStepJSON{Settings: map[string]any{}, Email: s.Email, MasterPasswordPolicy: passwordPolicyOf(s.MasterPassword)}
	for _, f := range s.Factors {
		number := strconv.Itoa(int(f))
		out.Providers = append(out.Providers, number)
		out.Settings[number] = nil
	}
	return out
}

type errorModel struct {
	Message string
	Object  string
}

func refusalOf(r *login.Refusal) refusalJSON {
	out := refusalJSON{Error: r.Code, Description: r.Description, secondStepJSON: secondStepOf(r.SecondStep)}
	if r.Message != "" {
		out.Model = &errorModel{Message: r.Message, Object: "error"}
	}
	return out
}
