package accounts

import (
	"context"
	"net/http"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) mailHint(w http.ResponseWriter, r *http.Request) error {
	return toAddress(w, r, a.Accounts.MailHint)
}

func (a *API) mailDeletion(w http.ResponseWriter, r *http.Request) error {
	return toAddress(w, r, a.Accounts.MailDeletion)
}

func toAddress(w http.ResponseWriter, r *http.Request, act func(ctx context.Context, email string) error) error {
	in, err := wire.Decode[emailJSON](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if err := act(r.Context(), in.Email); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) mailVerification(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	if err := a.Accounts.MailVerification(r.Context(), user); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) verifyEmail(w http.ResponseWriter, r *http.Request) error {
	return byLink(w, r, a.Accounts.VerifyEmail)
}

func (a *API) deleteByLink(w http.ResponseWriter, r *http.Request) error {
	return byLink(w, r, a.Offboard.DeleteAccountByLink)
}

// byLink takes what a mailed link carries.
func byLink(w http.ResponseWriter, r *http.Request, act func(ctx context.Context, user id.User, token string) error) error {
	in, err := wire.Decode[struct {
		UserID string `json:"userId"`
		Token  string `json:"token"`
	}](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	user, err := id.Parse[id.User](in.UserID)
	if err != nil {
		return fault.New(fault.Invalid, "This link is not complete. Please open it again from the mail.")
	}
	if err := act(r.Context(), user, in.Token); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) deleteAccount(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[secretJSON](w, r)
	if err != nil {
		return err
	}
	if err := a.Offboard.DeleteAccount(r.Context(), user, in.secret()); err != nil {
		return err
	}
	return wire.OK(w)
}
