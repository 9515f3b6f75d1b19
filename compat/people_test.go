//go:build compat

package compat

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/seal"
	"github.com/kastellan/kastellan/compat/realserver"
)

// person is an account that our own client made, with a session of it.
// The official client has no command to register.
type person struct {
	email, password string
	*client.Session
	api *client.Client
	tap *tokenTap
}

func register(t testing.TB, s *realserver.Server, name string) person {
	t.Helper()
	return registerWith(t, s, name+"@example.test", client.Registration{})
}

// registerPBKDF2 makes an account as the official clients do by default.
func registerPBKDF2(t testing.TB, s *realserver.Server, name string) person {
	t.Helper()
	return registerWith(t, s, name+"@example.test", client.Registration{KDF: seal.DefaultKDF})
}

func registerArgon2id(t testing.TB, s *realserver.Server, name string) person {
	t.Helper()
	kdf := seal.KDF{Type: seal.Argon2id, Iterations: 3, Memory: 64, Parallelism: 4}
	return registerWith(t, s, name+"@example.test", client.Registration{KDF: kdf})
}

// quick is the least that a server takes: most tests are not about how a password
// becomes a key, and the client needs seconds for more.
var quick = seal.KDF{Type: seal.Argon2id, Iterations: 2, Memory: 16, Parallelism: 1}

// registerWith makes an account; without a proof of its own it asks the open server for one.
func registerWith(t testing.TB, s *realserver.Server, email string, r client.Registration) person {
	t.Helper()
	p := person{email: email, password: "invented pass phrase of " + email, tap: &tokenTap{next: s.HTTP.Transport}}
	var err error
	if p.api, err = client.New(s.URL(), &http.Client{Transport: p.tap}); err != nil {
		t.Fatal(err)
	}
	if r.Proof == (client.Proof{}) {
		if r.Proof.EmailToken, err = p.api.RequestRegistration(t.Context(), p.email, ""); err != nil {
			t.Fatalf("ask to register %s: %v", p.email, err)
		}
	}
	r.Email, r.Password = p.email, p.password
	if r.KDF == (seal.KDF{}) {
		r.KDF = quick
	}
	if err := p.api.Register(t.Context(), r); err != nil {
		t.Fatalf("register %s: %v", p.email, err)
	}
	p.Session, err = p.api.Login(t.Context(), client.Credentials{Email: p.email, Password: p.password})
	if err != nil {
		t.Fatalf("log %s in: %v", p.email, err)
	}
	return p
}

func (p person) id() string { return string(p.UserID) }

func (p person) fingerprint(t testing.TB) string {
	t.Helper()
	words, err := p.Fingerprint()
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// accessToken is the one of the person's session, for requests that no client would send.
func (p person) accessToken(t testing.TB) string {
	t.Helper()
	p.sync(t)
	return p.tap.last.Load().(string)
}

func (p person) sync(t testing.TB) client.Vault {
	t.Helper()
	vault, err := p.Sync(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(vault.Unreadable) > 0 {
		t.Fatalf("%s cannot read %v", p.email, vault.Unreadable)
	}
	return vault
}

// tokenTap passes requests on and remembers the last bearer token.
type tokenTap struct {
	next http.RoundTripper
	last atomic.Value
}

func (tap *tokenTap) RoundTrip(r *http.Request) (*http.Response, error) {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		tap.last.Store(token)
	}
	return tap.next.RoundTrip(r)
}
