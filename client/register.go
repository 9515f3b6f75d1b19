package client

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/kastellan/kastellan/client/seal"
)

// keyPair is a public key and its private half, encrypted.
type keyPair struct {
	PublicKey  string         `json:"publicKey"`
	PrivateKey seal.EncString `json:"encryptedPrivateKey"`
}

func newKeyPair(owner seal.Key) (keyPair, seal.PrivateKey, error) {
	private, err := seal.NewPrivateKey()
	if err != nil {
		return keyPair{}, seal.PrivateKey{}, err
	}
	return keyPair{PublicKey: private.Public().Base64(), PrivateKey: owner.WrapPrivate(private)}, private, nil
}

// RequestRegistration asks to register an address. A server without mail answers
// with the token at once; one with mail sends it in a link, and token is empty.
func (c *Client) RequestRegistration(ctx context.Context, email, name string) (token string, err error) {
	body := map[string]any{"email": email, "name": name, "receiveMarketingEmails": false}
	var answer []byte
	err = c.do(ctx, call{method: "POST", path: "/identity/accounts/register/send-verification-email", in: body, out: &answer})
	if err != nil || len(answer) == 0 {
		return "", err
	}
	if err := json.Unmarshal(answer, &token); err != nil {
		return "", fmt.Errorf("read registration token: %w", err)
	}
	return token, nil
}

// CheckRegistration asks whether a token from a mailed link is still good.
func (c *Client) CheckRegistration(ctx context.Context, email, token string) error {
	body := map[string]string{"email": email, "emailVerificationToken": token}
	return c.do(ctx, call{method: "POST", path: "/identity/accounts/register/verification-email-clicked", in: body})
}

// Registration is a new account.
type Registration struct {
	Email    string
	Name     string // used when the proof does not carry one
	Password string
	Hint     string
	KDF      seal.KDF // the zero KDF means the default
	Proof    Proof
}

// Proof is what allows a registration: exactly one of its three.
type Proof struct {
	EmailToken string // from RequestRegistration or a mailed link
	Link       Link   // an invitation to an organization or provider
	SetupToken string // from the link that sets up a provider
}

// registerBody is the request; the tokens of which one is set come last.
type registerBody struct {
	Email               string             `json:"email"`
	Name                string             `json:"name,omitempty"`
	Hint                string             `json:"masterPasswordHint,omitempty"`
	Authentication      authenticationData `json:"masterPasswordAuthentication"`
	Unlock              unlockData         `json:"masterPasswordUnlock"`
	Keys                keyPair            `json:"userAsymmetricKeys"`
	EmailToken          string             `json:"emailVerificationToken,omitempty"`
	OrgInviteToken      string             `json:"orgInviteToken,omitempty"`
	OrganizationUserID  MemberID           `json:"organizationUserId,omitempty"`
	ProviderInviteToken string             `json:"providerInviteToken,omitempty"`
	ProviderUserID      ProviderUserID     `json:"providerUserId,omitempty"`
	ProviderSetupToken  string             `json:"providerSetupToken,omitempty"`
}

// Register makes an account with new keys. Log in afterwards.
func (c *Client) Register(ctx context.Context, r Registration) error {
	if r.KDF == (seal.KDF{}) {
		r.KDF = seal.DefaultKDF
	}
	if err := r.KDF.CheckNew(); err != nil {
		return err
	}
	u := unlocking{kdf: r.KDF, salt: seal.Salt(r.Email)}
	var err error
	if u.key, err = seal.NewMasterKey(r.Password, u.salt, u.kdf); err != nil {
		return err
	}
	user := seal.NewKey()
	body := registerBody{Email: r.Email, Name: r.Name, Hint: r.Hint}
	body.Authentication, body.Unlock = u.pair(r.Password, user)
	if body.Keys, _, err = newKeyPair(user); err != nil {
		return err
	}
	r.Proof.into(&body)
	return c.do(ctx, call{method: "POST", path: "/identity/accounts/register/finish", in: body})
}

func (p Proof) into(body *registerBody) {
	body.EmailToken, body.ProviderSetupToken = p.EmailToken, p.SetupToken
	switch p.Link.Kind {
	case OrganizationLink:
		body.OrgInviteToken, body.OrganizationUserID = p.Link.Token, p.Link.MemberID
	case ProviderLink:
		body.ProviderInviteToken, body.ProviderUserID = p.Link.Token, p.Link.ProviderUserID
	case SetupLink:
		body.ProviderSetupToken = p.Link.Token
	case RegistrationLink:
		body.EmailToken = p.Link.Token
	case NoLink:
	}
}
