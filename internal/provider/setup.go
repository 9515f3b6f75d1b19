package provider

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/token"
)

// setupLife is how long a set-up link is good for.
const setupLife = 120 * time.Hour

const msgBadLink = "This set-up link is not valid or has expired. Ask the person who runs this server for a new one."

// SetupLink is what a set-up link is made of.
type SetupLink struct {
	Provider id.Provider
	Token    string
	Email    string // when it is good for one address only
}

// CreatePending makes a provider that waits to be set up, for the operator. With
// an address the link is good for the account with that address alone.
func (s *Service) CreatePending(ctx context.Context, email string) (SetupLink, error) {
	var link SetupLink
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		var err error
		link, err = s.createPending(ctx, tx, email)
		return err
	})
	return link, err
}

func (s *Service) createPending(ctx context.Context, tx *db.Tx, email string) (SetupLink, error) {
	if email != "" {
		var err error
		if email, err = tenant.Address("email", email); err != nil {
			return SetupLink{}, err
		}
	}
	provider := id.New[id.Provider]()
	if err := insertPending(ctx, tx, provider, email); err != nil {
		return SetupLink{}, err
	}
	if email != "" {
		if err := InsertUsers(ctx, tx, User{ID: id.New[id.ProviderUser](), Provider: provider, Email: email, Admin: true}); err != nil {
			return SetupLink{}, err
		}
	}
	return s.link(provider, email)
}

// PendingForFirstRun gives the link of the provider that a new server begins
// with, and made it if need be. There is none once somebody has an account or a
// provider was set up.
func (s *Service) PendingForFirstRun(ctx context.Context) (link SetupLink, ok bool, err error) {
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		link, ok = SetupLink{}, false
		used, err := inUse(ctx, tx)
		if err != nil || used {
			return err
		}
		ok = true
		waiting, err := unbound(ctx, tx)
		if err != nil {
			return err
		}
		if len(waiting) > 0 {
			link, err = s.link(waiting[0], "")
			return err
		}
		link, err = s.createPending(ctx, tx, "")
		return err
	})
	return link, ok && err == nil, err
}

func (s *Service) link(provider id.Provider, email string) (SetupLink, error) {
	t, err := s.Tokens.Invite(token.ProviderSetup, setupLife, token.Invitation{Row: string(provider), Email: email})
	return SetupLink{provider, t, email}, err
}

// URL is the link as it is given to a person; public is the server's address.
func (l SetupLink) URL(public string) string {
	u := strings.TrimRight(public, "/") + "/#/providers/setup-provider?providerId=" + string(l.Provider) + "&token=" + url.QueryEscape(l.Token)
	if l.Email != "" {
		u += "&email=" + url.QueryEscape(l.Email)
	}
	return u
}

// checkLink holds a set-up token to a pending provider and to an address.
func (s *Service) checkLink(ctx context.Context, tx *db.Tx, signed string, provider id.Provider, email string) error {
	in, err := s.Tokens.Invited(token.ProviderSetup, signed)
	if err != nil || in.Row != string(provider) {
		return fault.New(fault.Invalid, msgBadLink)
	}
	if in.Email != "" && in.Email != email {
		return fault.New(fault.Invalid, "This set-up link was made out to another address. Use the account with that address.")
	}
	p, err := byID(ctx, tx, provider)
	if fault.Is(err, fault.NotFound) {
		return fault.New(fault.Invalid, msgBadLink)
	}
	if err == nil && p.Status != Pending {
		return fault.New(fault.Invalid, "This provider is set up already. Ask one of its admins for an invitation.")
	}
	return err
}

// Setup names a pending provider and makes the caller its confirmed admin. key is
// the provider's key under the caller's public key. Of two callers with one link
// the first wins.
func (s *Service) Setup(ctx context.Context, user id.User, provider id.Provider, signed, key string, in Edit) (Provider, error) {
	var out Provider
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		email, err := addressOf(ctx, tx, user)
		if err != nil {
			return err
		}
		if err := s.checkLink(ctx, tx, signed, provider, email); err != nil {
			return err
		}
		if err := in.check(); err != nil {
			return err
		}
		if !encstring.Encapsulated(key) {
			return fault.Field("key", "The provider's key must be encrypted with your public key (type 4).")
		}
		if err := open(ctx, tx, provider, in); err != nil {
			return err
		}
		admin := User{ID: id.New[id.ProviderUser](), Provider: provider, User: user, Status: org.Confirmed, Admin: true, Key: key}
		if err := deleteInvited(ctx, tx, provider); err != nil { // the row that the link was bound to
			return err
		}
		if err := InsertUsers(ctx, tx, admin); err != nil {
			return err
		}
		as := event.Event{Type: event.ProviderUserConfirmed, Provider: provider, ProviderUser: admin.ID, User: user}
		if err := event.Append(ctx, tx, as); err != nil {
			return err
		}
		if err := account.Touch(ctx, tx, user); err != nil {
			return err
		}
		out, err = byID(ctx, tx, provider)
		return err
	})
	return out, err
}

// requireAppointed answers fault.Absent unless the provider is pending and its
// link was made out to the account's address.
func requireAppointed(ctx context.Context, tx *db.Tx, user id.User, provider id.Provider) error {
	_, err := db.One(ctx, tx, db.Value[id.ProviderUser], `SELECT pu.id FROM provider_users pu
		JOIN providers p ON p.id = pu.provider_id AND p.status = 0 AND p.enabled
		JOIN users u ON u.id = $2 AND (u.id = pu.user_id OR u.email = pu.email)
		WHERE pu.provider_id = $1`, provider, user)
	return err
}
