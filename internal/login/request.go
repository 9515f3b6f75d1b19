package login

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/authrequest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// byRequest grants tokens to a device that another one of the same account let in. It
// stands for the password alone: the second step is asked for as ever, and a mailed code
// is not, since the device is known. Whatever is wrong, the answer is that for a wrong
// password.
func (s *Service) byRequest(ctx context.Context, in Password) (Grant, error) {
	email := account.Normalize(in.Email)
	request, err := id.Parse[id.AuthRequest](in.Request)
	if err != nil || !account.Searchable(email) || in.Hash == "" || len(in.Hash) > 300 {
		return Grant{}, ErrPassword
	}
	attempt, err := s.Accounts.Try(ctx, email)
	if err != nil {
		return Grant{}, err
	}
	a, err := s.find(ctx, func(tx *db.Tx) (account.Account, error) { return account.ByEmail(ctx, tx, email) })
	if err != nil {
		return Grant{}, err
	}
	// The request must be the account's own: its code says nothing about any other.
	right, err := s.Requests.Approves(ctx, a.ID, request, in.Hash, in.Device.Identifier)
	if err != nil {
		return Grant{}, err
	}
	if !right {
		if err := s.Accounts.Failed(ctx, email, a.ID, "approval"); err != nil {
			return Grant{}, err
		}
		return Grant{}, ErrPassword
	}
	step, attempt, err := s.prove(ctx, a, attempt, in)
	if err != nil {
		return Grant{}, err
	}
	return s.open(ctx, admission{
		account: a, client: in.Client, attempt: attempt, step: &step, refused: ErrPassword,
		use: func(tx *db.Tx) error {
			return authrequest.Use(ctx, tx, a.ID, request, in.Hash, in.Device.Identifier)
		},
	})
}
