package login

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
)

// Refresh renews the access token of a session. The refresh token stays the
// same, because clients run in parallel and some would be left with a dead one.
func (s *Service) Refresh(ctx context.Context, clientID, refresh string) (Grant, error) {
	if refresh == "" || len(refresh) > 200 {
		return Grant{}, ErrRefresh
	}
	var session account.Session
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		if session, err = account.SessionByToken(ctx, tx, refresh); err != nil {
			return err
		}
		if clientID != "" && clientID != session.ClientID {
			return ErrRefresh
		}
		return session.Extend(ctx, tx, sessionLifetimes[session.ClientID])
	})
	if fault.Is(err, fault.NotFound) {
		return Grant{}, ErrRefresh
	}
	if err != nil {
		return Grant{}, err
	}
	const scope = "api offline_access"
	access, err := s.accessToken(session.Account, session.Device, session.ClientID, scope)
	return Grant{Account: session.Account, AccessToken: access, Lifetime: s.Lifetime, Refresh: refresh, Scope: scope}, err
}
