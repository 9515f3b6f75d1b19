package apitest

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/token"
)

// OrgKey is an organization's API key, read past the routes that show it only to
// those who give their password.
func (s *Server) OrgKey(t testing.TB, organization string) string {
	t.Helper()
	keeper, err := token.NewKeeper(s.Base.Secret)
	if err != nil {
		t.Fatal(err)
	}
	var sealed []byte
	err = s.Base.DB.View(t.Context(), func(tx *db.Tx) (err error) {
		sealed, err = db.One(t.Context(), tx, db.Value[[]byte], `SELECT api_key FROM organizations WHERE id = $1`, organization)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	key, err := keeper.Open(tenant.APIKeyPurpose, organization, sealed)
	if err != nil {
		t.Fatal(err)
	}
	return string(key)
}

// AskAsOrg asks for a token with an organization's key.
func (s *Server) AskAsOrg(t testing.TB, organization, key string) Answer {
	t.Helper()
	return s.Form(t, "/identity/connect/token", url.Values{
		"grant_type": {"client_credentials"}, "client_id": {"organization." + organization}, "client_secret": {key}, "scope": {"api.organization"},
	})
}

// RenewKeys logs both organizations in with the keys that they have now.
func (w *World) RenewKeys() {
	w.T.Helper()
	w.Key.Token, w.OtherKey.Token = w.orgToken(w.Org), w.orgToken(w.OtherOrg)
}

func (w *World) orgToken(organization string) string {
	w.T.Helper()
	a := w.AskAsOrg(w.T, organization, w.OrgKey(w.T, organization))
	if a.Status != http.StatusOK {
		w.T.Fatalf("token of an organization: %d %s", a.Status, a.Body)
	}
	return a.Text(w.T, "access_token")
}
