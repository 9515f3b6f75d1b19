package apitest

import (
	"net/http"
	"net/url"
	"testing"
)

// Program is a program of a provider, by an API key of its own.
type Program struct {
	*Person
	Key, Secret string // the key's id and its secret
}

// AllClients is the body that makes an API key for all clients which may write.
func AllClients() map[string]any {
	return map[string]any{"name": "for all clients", "allClients": true, "clientIds": []string{}, "mayWrite": true, "expirationDate": nil}
}

// NewProgram makes an API key and logs in with it.
func (w *World) NewProgram(admin *Person, provider string, key map[string]any) Program {
	w.T.Helper()
	p := w.NewProviderKey(admin, provider, key)
	a := w.AskAsProgram(w.T, p.Key, p.Secret)
	if a.Status != http.StatusOK {
		w.T.Fatalf("token of a program: %d %s", a.Status, a.Body)
	}
	p.Token = a.Text(w.T, "access_token")
	return p
}

// NewProviderKey makes an API key.
func (w *World) NewProviderKey(admin *Person, provider string, key map[string]any) Program {
	w.T.Helper()
	key["masterPasswordHash"] = admin.Password
	a := w.Must(w.T, admin, http.MethodPost, "/api/providers/"+provider+"/keys", key)
	return Program{&Person{Name: "a program of the provider"}, a.Text(w.T, "id"), a.Text(w.T, "clientSecret")}
}

// AskAsProgram asks for a token with an API key of a provider.
func (s *Server) AskAsProgram(t testing.TB, key, secret string) Answer {
	t.Helper()
	return s.Form(t, "/identity/connect/token", url.Values{
		"grant_type": {"client_credentials"}, "client_id": {"provider." + key}, "client_secret": {secret}, "scope": {"api.provider"},
	})
}
