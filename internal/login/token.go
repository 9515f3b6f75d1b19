package login

import (
	"context"
	"strings"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/token"
)

// claimDeviceRow names the device's row. The official claim "device" is the
// identifier that the installation chose, which comes back when a device that
// was removed logs in again; the row does not.
const claimDeviceRow = "device_row"

// claimAPIKey is in tokens that were got with an API key, and binds them to it: a
// new key ends them.
const claimAPIKey = "api_key"

func (s *Service) accessToken(a account.Account, device account.Device, clientID, scope string) (string, error) {
	claims := map[string]any{
		"iss":            s.PublicURL + "/identity",
		"sub":            a.ID,
		"client_id":      clientID,
		"scope":          strings.Fields(scope),
		"amr":            []string{"Application"},
		"idp":            "bitwarden",
		"auth_time":      s.Tokens.Now().Unix(),
		"jti":            id.New[id.Session](),
		"sstamp":         a.Stamp,
		"device":         device.Identifier,
		"devicetype":     device.Type,
		claimDeviceRow:   device.ID,
		"email":          a.Email,
		"email_verified": a.EmailVerified,
		"name":           a.Name,
		"premium":        true,
	}
	if (reqctx.Actor{ClientID: clientID}).ByAPIKey() {
		claims[claimAPIKey] = token.Mark(a.APIKey)
	}
	return s.Tokens.Sign(token.Access, s.Lifetime, claims)
}

var errNotLoggedIn = fault.New(fault.Unauthenticated, "Please log in again.")

// Authenticate answers whom a bearer token stands for, if it still does.
func (s *Service) Authenticate(ctx context.Context, bearer string) (reqctx.Actor, error) {
	c, err := s.Tokens.Verify(token.Access, bearer)
	if err != nil {
		return reqctx.Actor{}, errNotLoggedIn
	}
	if organization, ok := strings.CutPrefix(c.Text("client_id"), orgClient); ok {
		return s.authenticateOrg(ctx, c, organization)
	}
	if key, ok := strings.CutPrefix(c.Text("client_id"), providerClient); ok {
		return s.authenticateProvider(ctx, key)
	}
	var alive account.Alive
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		alive, err = account.Living(ctx, tx, id.User(c.Text("sub")), c.Text("sstamp"), id.Device(c.Text(claimDeviceRow)))
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return reqctx.Actor{}, errNotLoggedIn
	}
	alive.Actor.ClientID = c.Text("client_id")
	if err == nil && alive.Actor.ByAPIKey() && c.Text(claimAPIKey) != token.Mark(alive.APIKey) {
		return reqctx.Actor{}, errNotLoggedIn
	}
	return alive.Actor, err
}
