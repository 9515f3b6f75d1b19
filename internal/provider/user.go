package provider

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/push"
)

const (
	msgLastAdmin = "A provider keeps at least one confirmed admin. Make somebody else an admin first."
	msgSelf      = "You cannot remove yourself. Ask another admin."
)

// User is one person of a provider. The status is as with members, without Revoked.
type User struct {
	ID       id.ProviderUser
	Provider id.Provider
	User     id.User // none while invited
	Email    string  // the account's address, or the invited one
	Name     string
	Key      string // not read back in lists
	Status   org.MemberStatus
	Admin    bool // otherwise a service user
	Reach    Reach
}

// ListUsers gives a provider's people to its admins.
func (s *Service) ListUsers(ctx context.Context, user id.User, provider id.Provider) ([]User, error) {
	var out []User
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		var err error
		if out, err = usersOf(ctx, tx, provider); err != nil {
			return err
		}
		return describeReaches(ctx, tx, provider, out)
	})
	return out, err
}

// FindUser gives one of a provider's people to its admins.
func (s *Service) FindUser(ctx context.Context, user id.User, provider id.Provider, who id.ProviderUser) (User, error) {
	var out User
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		found, err := UsersByID(ctx, tx, provider, []id.ProviderUser{who})
		if err != nil {
			return err
		}
		err = describeReaches(ctx, tx, provider, found)
		out = found[0]
		return err
	})
	return out, err
}

// SetAdmin makes somebody an admin or a service user. Admins reach everything; who
// becomes a service user reaches everything too, unless reach says what; the API
// keys that they made as an admin end.
func (s *Service) SetAdmin(ctx context.Context, user id.User, provider id.Provider, who id.ProviderUser, admin bool, reach *Reach) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		found, err := UsersByID(ctx, tx, provider, []id.ProviderUser{who})
		if err != nil {
			return err
		}
		if !admin {
			if err := keepAdmin(ctx, tx, provider, []id.ProviderUser{who}); err != nil {
				return err
			}
			if err := EndKeysOf(ctx, tx, provider, found[0].User); err != nil {
				return err
			}
		}
		if err := setType(ctx, tx, provider, who, admin); err != nil {
			return err
		}
		if reach != nil || admin {
			given := Reach{}
			if reach != nil {
				given = *reach
			}
			if err := given.Check(ctx, tx, provider, admin); err != nil {
				return err
			}
			if err := WriteReach(ctx, tx, provider, given, who); err != nil {
				return err
			}
		}
		return tellReached(ctx, tx, provider, found)
	})
}

// Failure is why one of many things was not done; empty when it was.
type Failure struct {
	User   id.ProviderUser
	Reason string
}

// RemoveUsers takes people out of a provider. The caller is left with a reason;
// when no confirmed admin would stay, nobody is removed.
func (s *Service) RemoveUsers(ctx context.Context, user id.User, provider id.Provider, who []id.ProviderUser) ([]Failure, error) {
	var out []Failure
	who, err := org.Bulk(who)
	if err != nil {
		return nil, err
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		out = nil
		self, err := access.ToProviderAsAdmin(ctx, tx, user, provider)
		if err != nil {
			return err
		}
		found, err := UsersByID(ctx, tx, provider, who)
		if err != nil {
			return err
		}
		if err := keepAdmin(ctx, tx, provider, who); err != nil {
			return err
		}
		var gone []User
		for _, u := range found {
			if u.ID == self.ID {
				out = append(out, Failure{u.ID, msgSelf})
				continue
			}
			gone = append(gone, u)
			out = append(out, Failure{u.ID, ""})
		}
		return Remove(ctx, tx, s.Outbox, provider, gone)
	})
	return out, err
}

// RemoveUser is RemoveUsers for one.
func (s *Service) RemoveUser(ctx context.Context, user id.User, provider id.Provider, who id.ProviderUser) error {
	failures, err := s.RemoveUsers(ctx, user, provider, []id.ProviderUser{who})
	if err == nil && failures[0].Reason != "" {
		err = fault.New(fault.Forbidden, failures[0].Reason)
	}
	return err
}

// keepAdmin refuses an act after which none of the confirmed admins is left.
func keepAdmin(ctx context.Context, tx *db.Tx, provider id.Provider, without []id.ProviderUser) error {
	stay, err := countAdmins(ctx, tx, provider, without)
	if err == nil && stay == 0 {
		return fault.New(fault.Invalid, msgLastAdmin)
	}
	return err
}

func touchConfirmed(ctx context.Context, tx *db.Tx, people []User) error {
	var users []id.User
	for _, u := range people {
		if u.Status == org.Confirmed {
			users = append(users, u.User)
		}
	}
	return account.TouchAs(ctx, tx, push.OrgKeysChanged, users...)
}
