package account

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/passhash"
	"github.com/kastellan/kastellan/internal/token"
)

// NewAccount is a registration. Exactly one of the tokens says by what right.
type NewAccount struct {
	Email       string
	Name        string // when the token carries none
	Hint        string
	Credentials Credentials
	Keys        *KeyPair // old clients bring them later

	EmailToken     string // from BeginRegistration
	OrgInvite      string
	Member         string // the member id that OrgInvite is for
	ProviderInvite string
	ProviderUser   string // the provider-user id that ProviderInvite is for
	ProviderSetup  string
}

const registerLifetime = 24 * time.Hour

const badLink = "This link is not valid or has expired. Please ask for a new one."

// ticket is what a registration token allows.
type ticket struct {
	name     string
	verified bool // that the address belongs to the person
}

// Register makes an account and answers its id.
func (s *Service) Register(ctx context.Context, in NewAccount) (id.User, error) {
	email, err := Email(in.Email)
	if err != nil {
		return "", err
	}
	in.Email = email
	if err := in.valid(); err != nil {
		return "", err
	}
	// The token is looked at before the hash is made, so that nobody without one
	// can make the server work; and again in the transaction that uses it.
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := s.ticket(ctx, tx, in); err != nil {
			return err
		}
		return s.addressFree(ctx, tx, in)
	})
	if err != nil {
		return "", err
	}
	hash, err := passhash.Hash(ctx, in.Credentials.Hash)
	if err != nil {
		return "", err
	}
	user := id.New[id.User]()
	return user, s.DB.Update(ctx, func(tx *db.Tx) error {
		t, err := s.ticket(ctx, tx, in)
		if err != nil {
			return err
		}
		if err := s.addressFree(ctx, tx, in); err != nil {
			return err
		}
		err = insert(ctx, tx, s.row(tx, user, in, t, hash))
		if fault.Is(err, fault.Conflict) {
			return fault.Field("email", "There is an account with this e-mail address already. Please log in.")
		}
		return err
	})
}

func (in NewAccount) valid() error {
	if err := in.Credentials.valid(); err != nil {
		return err
	}
	if in.Credentials.KDF == nil {
		return fault.Field("kdf", "The key derivation is missing.")
	}
	if err := in.Credentials.saltIs(in.Email); err != nil {
		return err
	}
	if in.Keys != nil {
		if err := in.Keys.valid(); err != nil {
			return err
		}
	}
	if _, err := passwordHint(in.Hint); err != nil {
		return err
	}
	_, err := personName(in.Name)
	return err
}

func (s *Service) row(tx *db.Tx, user id.User, in NewAccount, t ticket, hash string) Account {
	a := Account{
		ID: user, Email: in.Email, EmailVerified: t.verified, Name: t.name, Hint: in.Hint, Culture: "en-US",
		PasswordHash: hash, KDF: *in.Credentials.KDF, Salt: in.Email, UserKey: in.Credentials.Key, UserKeyID: in.Credentials.KeyID,
		Stamp: string(id.New[id.User]()), APIKey: s.sealAPIKey(user, newAPIKey()), VerifyDevices: true,
		CreatedAt: tx.Now, RevisedAt: tx.Now,
	}
	if in.Keys != nil {
		a.PublicKey, a.PrivateKey = in.Keys.Public, in.Keys.Private
	}
	return a
}

// ticket checks the token of a registration.
func (s *Service) ticket(ctx context.Context, tx *db.Tx, in NewAccount) (ticket, error) {
	t, err := ticket{name: in.Name}, error(nil)
	switch {
	case in.ProviderSetup != "":
		t.verified, err = s.setupTicket(ctx, tx, in)
	case in.OrgInvite != "":
		t.verified, err = true, s.invited(ctx, tx, token.OrgInvitation, in.OrgInvite, in.Member, in.Email,
			`SELECT 1 FROM members WHERE id = $1 AND email = $2 AND status = 0`)
	case in.ProviderInvite != "":
		t.verified, err = true, s.invited(ctx, tx, token.ProviderInvitation, in.ProviderInvite, in.ProviderUser, in.Email,
			`SELECT 1 FROM provider_users WHERE id = $1 AND email = $2 AND status = 0`)
	case in.EmailToken != "":
		return s.emailTicket(in)
	case s.Registration == Open || s.Registration == Domains:
		err = fault.New(fault.Invalid, "Please begin the registration with your e-mail address, and use the link or token that you get.")
	default:
		err = s.refusal()
	}
	return t, err
}

// addressFree refuses an address that an organization keeps for its own people.
// Whoever sets a provider up was let in by the operator.
func (s *Service) addressFree(ctx context.Context, tx *db.Tx, in NewAccount) error {
	if s.AddressKept == nil || in.ProviderSetup != "" {
		return nil
	}
	member := id.Member("")
	if in.OrgInvite != "" {
		inv, err := s.Tokens.Invited(token.OrgInvitation, in.OrgInvite)
		if err != nil {
			return fault.New(fault.Invalid, badLink)
		}
		member = id.Member(inv.Row)
	}
	return s.AddressKept(ctx, tx, in.Email, member)
}

// refusal says why an address may not register by itself.
func (s *Service) refusal() error {
	switch s.Registration {
	case Closed:
		return fault.New(fault.Invalid, "Nobody can register on this server. Please ask the people who run it.")
	case Domains:
		return fault.New(fault.Invalid, "Addresses of this domain cannot register here. Please ask for an invitation.")
	case Open, Invited:
	}
	return fault.New(fault.Invalid, "Only invited people can register on this server. Please ask for an invitation.")
}

// invited accepts an invitation that was made for this address, and whose row
// still waits: a withdrawn invitation lets nobody in.
func (s *Service) invited(ctx context.Context, tx *db.Tx, p token.Purpose, signed, row, email, waiting string) error {
	if s.Registration == Closed {
		return s.refusal()
	}
	inv, err := s.Tokens.Invited(p, signed)
	if err != nil || inv.Email != email || (row != "" && !sameID(row, inv.Row)) {
		return fault.New(fault.Invalid, badLink)
	}
	if _, err := db.One(ctx, tx, db.Value[int], waiting, inv.Row, email); fault.Is(err, fault.NotFound) {
		return fault.New(fault.Invalid, badLink)
	} else if err != nil {
		return err
	}
	return nil
}

// setupTicket lets in whoever holds the link to set up a provider that is not
// set up yet. The operator made that link by hand, so it works on a closed server
// too: otherwise nobody could ever begin.
func (s *Service) setupTicket(ctx context.Context, tx *db.Tx, in NewAccount) (verified bool, err error) {
	inv, err := s.Tokens.Invited(token.ProviderSetup, in.ProviderSetup)
	if err != nil || (inv.Email != "" && inv.Email != in.Email) {
		return false, fault.New(fault.Invalid, badLink)
	}
	if _, err := db.One(ctx, tx, db.Value[int], `SELECT 1 FROM providers WHERE id = $1 AND status = 0`, inv.Row); fault.Is(err, fault.NotFound) {
		return false, fault.New(fault.Invalid, badLink)
	} else if err != nil {
		return false, err
	}
	return inv.Email != "", nil
}

func (s *Service) emailTicket(in NewAccount) (ticket, error) {
	c, err := s.Tokens.Verify(token.RegisterEmail, in.EmailToken)
	if err != nil || c.Text("email") != in.Email {
		return ticket{}, fault.New(fault.Invalid, badLink)
	}
	if !s.mayRegister(in.Email) { // the setting may have changed since
		return ticket{}, s.refusal()
	}
	name := c.Text("name")
	if name == "" {
		name = in.Name
	}
	verified, _ := c["verified"].(bool)
	return ticket{name: name, verified: verified}, nil
}

func sameID(a, b string) bool {
	x, errX := id.Parse[id.User](a)
	y, errY := id.Parse[id.User](b)
	return errX == nil && errY == nil && x == y
}
