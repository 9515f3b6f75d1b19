package accounts

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/wire"
)

type emailJSON struct {
	Email string `json:"email"`
}

type preloginJSON struct {
	KDF            int     `json:"kdf"`
	KDFIterations  int     `json:"kdfIterations"`
	KDFMemory      *int    `json:"kdfMemory"`
	KDFParallelism *int    `json:"kdfParallelism"`
	KDFSettings    kdfJSON `json:"kdfSettings"`
	Salt           string  `json:"salt"`
}

func (a *API) prelogin(w http.ResponseWriter, r *http.Request) error {
	in, err := wire.Decode[emailJSON](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	p, err := a.Accounts.Prelogin(r.Context(), in.Email)
	if err != nil {
		return err
	}
	return wire.JSON(w, preloginJSON{
		KDF: p.KDF.Type, KDFIterations: p.KDF.Iterations, KDFMemory: p.KDF.Memory, KDFParallelism: p.KDF.Parallelism,
		KDFSettings: kdfOf(p.KDF), Salt: p.Salt,
	})
}

func (a *API) beginRegistration(w http.ResponseWriter, r *http.Request) error {
	in, err := wire.Decode[struct {
		Email string `json:"email"`
		Name  string `json:"name"`
	}](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	token, err := a.Accounts.BeginRegistration(r.Context(), in.Email, in.Name)
	if err != nil {
		return err
	}
	if token == "" { // it is in the mail
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return wire.JSON(w, token)
}

func (a *API) verificationClicked(w http.ResponseWriter, r *http.Request) error {
	in, err := wire.Decode[struct {
		Email string `json:"email"`
		Token string `json:"emailVerificationToken"`
	}](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if err := a.Accounts.CheckRegistrationToken(r.Context(), in.Email, in.Token); err != nil {
		return err
	}
	return wire.OK(w)
}

type finishJSON struct {
	Email          string              `json:"email"`
	Name           string              `json:"name"`
	Hint           string              `json:"masterPasswordHint"`
	Authentication *authenticationJSON `json:"masterPasswordAuthentication"`
	Unlock         *unlockJSON         `json:"masterPasswordUnlock"`

	MasterPasswordHash string `json:"masterPasswordHash"`
	UserSymmetricKey   string `json:"userSymmetricKey"`
	KDF                *int   `json:"kdf"`
	KDFIterations      int    `json:"kdfIterations"`
	KDFMemory          *int   `json:"kdfMemory"`
	KDFParallelism     *int   `json:"kdfParallelism"`

	Asymmetric *struct {
		PublicKey           string `json:"publicKey"`
		EncryptedPrivateKey string `json:"encryptedPrivateKey"`
	} `json:"userAsymmetricKeys"`
	AccountKeys *accountKeysJSON `json:"accountKeys"`

	EmailVerificationToken string `json:"emailVerificationToken"`
	OrgInviteToken         string `json:"orgInviteToken"`
	OrganizationUserID     string `json:"organizationUserId"`
	ProviderInviteToken    string `json:"providerInviteToken"`
	ProviderUserID         string `json:"providerUserId"`
	ProviderSetupToken     string `json:"providerSetupToken"`
}

func (a *API) finishRegistration(w http.ResponseWriter, r *http.Request) error {
	in, err := wire.Decode[finishJSON](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	n := account.NewAccount{
		Email: in.Email, Name: in.Name, Hint: in.Hint, EmailToken: in.EmailVerificationToken,
		OrgInvite: in.OrgInviteToken, Member: in.OrganizationUserID,
		ProviderInvite: in.ProviderInviteToken, ProviderUser: in.ProviderUserID, ProviderSetup: in.ProviderSetupToken,
	}
	if n.Credentials, err = in.credentials(); err != nil {
		return err
	}
	if n.Keys, err = in.keys(); err != nil {
		return err
	}
	if _, err := a.Accounts.Register(r.Context(), n); err != nil {
		return err
	}
	return wire.JSON(w, struct {
		Object             string `json:"object"`
		CaptchaBypassToken string `json:"captchaBypassToken"`
	}{"registerFinish", ""})
}

func (in finishJSON) credentials() (account.Credentials, error) {
	c, given, err := join(in.Authentication, in.Unlock)
	if given || err != nil {
		return c, err
	}
	if in.KDF == nil {
		return c, fault.Field("kdf", "The key derivation is missing.")
	}
	return account.Credentials{
		Hash: in.MasterPasswordHash, Key: in.UserSymmetricKey,
		KDF: &encstring.KDF{Type: *in.KDF, Iterations: in.KDFIterations, Memory: in.KDFMemory, Parallelism: in.KDFParallelism},
	}, nil
}

func (in finishJSON) keys() (*account.KeyPair, error) {
	if in.AccountKeys != nil {
		pair, err := in.AccountKeys.pair()
		return &pair, err
	}
	if in.Asymmetric != nil {
		return &account.KeyPair{Public: in.Asymmetric.PublicKey, Private: in.Asymmetric.EncryptedPrivateKey}, nil
	}
	return nil, nil
}
