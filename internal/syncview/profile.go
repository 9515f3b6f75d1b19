package syncview

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// Profile is an account as clients see it. organizationsNew stays out: an empty
// list there would replace the organizations.
type Profile struct {
	Object                string         `json:"object"`
	ID                    id.User        `json:"id"`
	Name                  *string        `json:"name"`
	Email                 string         `json:"email"`
	EmailVerified         bool           `json:"emailVerified"`
	Premium               bool           `json:"premium"`
	PremiumFromOrg        bool           `json:"premiumFromOrganization"`
	MasterPasswordHint    *string        `json:"masterPasswordHint"`
	Culture               string         `json:"culture"`
	TwoFactorEnabled      bool           `json:"twoFactorEnabled"`
	Key                   string         `json:"key"`
	PrivateKey            *string        `json:"privateKey"`
	AccountKeys           *accountKeys   `json:"accountKeys"`
	SecurityStamp         string         `json:"securityStamp"`
	ForcePasswordReset    bool           `json:"forcePasswordReset"`
	UsesKeyConnector      bool           `json:"usesKeyConnector"`
	AvatarColor           *string        `json:"avatarColor"`
	CreationDate          stamp          `json:"creationDate"`
	VerifyDevices         bool           `json:"verifyDevices"`
	Organizations         []Organization `json:"organizations"`
	Providers             []provider     `json:"providers"`
	ProviderOrganizations []Organization `json:"providerOrganizations"`
}

// accountKeys holds the key pair once more, in the only form that new clients
// read. Its names are matched exactly.
type accountKeys struct {
	Object    string   `json:"object"`
	KeyPair   keyPair  `json:"publicKeyEncryptionKeyPair"`
	Signature *keyPair `json:"signatureKeyPair"` // null for accounts of version 1
	State     *string  `json:"securityState"`
}

type keyPair struct {
	Object            string  `json:"object"`
	WrappedPrivateKey string  `json:"wrappedPrivateKey"`
	PublicKey         string  `json:"publicKey"`
	SignedPublicKey   *string `json:"signedPublicKey"`
}

// stamp is a moment as wire.Date writes it.
type stamp time.Time

func (s stamp) MarshalJSON() ([]byte, error) {
	return time.Time(s).UTC().AppendFormat(nil, `"2006-01-02T15:04:05.000000Z"`), nil
}

// Profile answers the profile of an account.
func (s *Service) Profile(ctx context.Context, user id.User) (p Profile, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		a, err := account.ByID(ctx, tx, user)
		if err != nil {
			return err
		}
		p, err = s.profileOf(ctx, tx, a)
		return err
	})
	return p, err
}

// Organizations answers the organizations of which an account is a confirmed member.
func (s *Service) Organizations(ctx context.Context, user id.User) (list []Organization, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		list, err = s.organizationsOf(ctx, tx, user)
		return err
	})
	return list, err
}

func (s *Service) profileOf(ctx context.Context, tx *db.Tx, a account.Account) (Profile, error) {
	p := Profile{
		Object: "profile", ID: a.ID, Name: text(a.Name), Email: a.Email, EmailVerified: a.EmailVerified,
		// There is nothing to buy: every account has what clients call premium.
		Premium: true, MasterPasswordHint: text(a.Hint), Culture: a.Culture, Key: a.UserKey, PrivateKey: text(a.PrivateKey),
		SecurityStamp: a.Stamp, ForcePasswordReset: a.ForcePasswordReset, AvatarColor: text(a.AvatarColor),
		CreationDate: stamp(a.CreatedAt), VerifyDevices: a.VerifyDevices,
	}
	if a.PrivateKey != "" {
		p.AccountKeys = &accountKeys{Object: "privateKeys", KeyPair: keyPair{
			Object: "publicKeyEncryptionKeyPair", WrappedPrivateKey: a.PrivateKey, PublicKey: a.PublicKey,
		}}
	}
	twoStep, err := account.WithTwoStep(ctx, tx, []id.User{a.ID})
	if err != nil {
		return p, err
	}
	p.TwoFactorEnabled = twoStep[a.ID]
	if p.Organizations, err = s.organizationsOf(ctx, tx, a.ID); err != nil {
		return p, err
	}
	if p.Providers, err = providersOf(ctx, tx, a.ID); err != nil {
		return p, err
	}
	p.ProviderOrganizations, err = s.clientsOf(ctx, tx, a.ID)
	return p, err
}

// text gives null for the empty text.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
