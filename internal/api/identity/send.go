package identity

import (
	"context"

	"github.com/kastellan/kastellan/internal/login"
	"github.com/kastellan/kastellan/internal/send"
)

// sendScope is what the token of a recipient is good for.
const sendScope = "api.send.access"

// openSend lets the recipient of a Send in to it, and to nothing else.
func (a *API) openSend(ctx context.Context, f form) (any, error) {
	if f["client_id"] != "send" {
		return nil, login.ErrClient
	}
	if scope := f["scope"]; scope != "" && scope != sendScope {
		return nil, login.ErrScope
	}
	pass, err := a.Sends.Grant(ctx, send.Shown{AccessID: f["send_id"], Password: f["password_hash_b64"], Email: f["email"], Code: f["otp"]})
	if err != nil {
		return nil, err
	}
	return bearerJSON{AccessToken: pass.Token, ExpiresIn: int(pass.Lifetime.Seconds()), TokenType: "Bearer", Scope: sendScope}, nil
}

// closedJSON says why a Send stays closed. Official clients compare the first and the last
// member literally, as a pair.
type closedJSON struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
	Type        string `json:"send_access_error_type"`
}

func closedOf(r *send.Refusal) closedJSON { return closedJSON{r.Code, r.Description, r.Type} }
