package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/client/internal/vectors"
	"github.com/kastellan/kastellan/client/seal"
)

func TestRegisterThenLogIn(t *testing.T) {
	f := newFake(t)
	body := f.register()
	s := f.sessionOf(body)
	if body.Authentication.KDF != seal.DefaultKDF || body.Unlock.KDF != seal.DefaultKDF {
		t.Errorf("derivation: got %+v, want %+v", body.Authentication.KDF, seal.DefaultKDF)
	}
	if want := "ann@example.test"; body.Authentication.Salt != want || body.Unlock.Salt != want {
		t.Errorf("salt: got %q, want %q", body.Unlock.Salt, want)
	}
	if user, _, _ := s.keys(); body.Unlock.KeyID != user.ID() {
		t.Errorf("key id: got %q, want %q", body.Unlock.KeyID, user.ID())
	}
	if s.UserID != testUser || s.Email != "ann@example.test" {
		t.Errorf("session of %q %q", s.UserID, s.Email)
	}
	for _, asked := range f.asked {
		if asked.route != "POST /identity/connect/token" {
			continue
		}
		form, _ := url.ParseQuery(asked.body)
		if got := form.Get("password"); got != body.Authentication.Hash {
			t.Errorf("log-in sent %q, registration %q", got, body.Authentication.Hash)
		}
		if got := form.Get("username"); got != "ann@example.test" {
			t.Errorf("username: got %q", got)
		}
	}
	f.neverSaid(testPassword, url.QueryEscape(testPassword))
}

func TestRegisterProofs(t *testing.T) {
	tests := []struct {
		name  string
		proof Proof
		want  map[string]string
	}{
		{"mailed link", Proof{Link: Link{Kind: RegistrationLink, Token: "a"}}, map[string]string{"emailVerificationToken": "a"}},
		{"answer of a server without mail", Proof{EmailToken: "b"}, map[string]string{"emailVerificationToken": "b"}},
		{"organization", Proof{Link: Link{Kind: OrganizationLink, Token: "c", MemberID: "m"}}, map[string]string{"orgInviteToken": "c", "organizationUserId": "m"}},
		{"provider", Proof{Link: Link{Kind: ProviderLink, Token: "d", ProviderUserID: "p"}}, map[string]string{"providerInviteToken": "d", "providerUserId": "p"}},
		{"set-up", Proof{SetupToken: "e"}, map[string]string{"providerSetupToken": "e"}},
		{"set-up link", Proof{Link: Link{Kind: SetupLink, Token: "f"}}, map[string]string{"providerSetupToken": "f"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var body registerBody
			test.proof.into(&body)
			raw, _ := json.Marshal(body)
			var got map[string]any
			json.Unmarshal(raw, &got)
			for _, name := range []string{"emailVerificationToken", "orgInviteToken", "organizationUserId", "providerInviteToken", "providerUserId", "providerSetupToken"} {
				if value, _ := got[name].(string); value != test.want[name] {
					t.Errorf("%s: got %q, want %q", name, value, test.want[name])
				}
			}
		})
	}
	weak := Registration{Email: testEmail, Password: "x", KDF: seal.KDF{Iterations: 100_000}}
	if err := newFake(t).client().Register(t.Context(), weak); !errors.Is(err, seal.ErrKDF) {
		t.Errorf("weak derivation: got %v, want %v", err, seal.ErrKDF)
	}
}

func TestRequestRegistration(t *testing.T) {
	const route = "POST /identity/accounts/register/send-verification-email"
	f := newFake(t)
	f.on(route, "token-1")
	if got, err := f.client().RequestRegistration(t.Context(), testEmail, "Ann"); err != nil || got != "token-1" {
		t.Errorf("server without mail: got %q, %v", got, err)
	}
	f.fail(route, http.StatusNoContent, nil)
	if got, err := f.client().RequestRegistration(t.Context(), testEmail, "Ann"); err != nil || got != "" {
		t.Errorf("server with mail: got %q, %v", got, err)
	}
}

// A server that lowers the parameters must not even get the cheap hash.
func TestLogInRefusesWeakParameters(t *testing.T) {
	for _, kdf := range []seal.KDF{{Iterations: 1}, {Iterations: 4999}, {Type: seal.Argon2id, Iterations: 1, Memory: 16, Parallelism: 1}} {
		f := newFake(t)
		f.on("POST /identity/accounts/prelogin/password", preloginFor(kdf))
		if _, err := f.client().Login(t.Context(), Credentials{Email: testEmail, Password: testPassword}); !errors.Is(err, seal.ErrWeakKDF) {
			t.Errorf("%+v: got %v, want %v", kdf, err, seal.ErrWeakKDF)
		}
		if n := f.count("POST /identity/connect/token"); n != 0 {
			t.Errorf("%+v: a hash was sent", kdf)
		}
	}
}

func TestLogInAsksForTheSecondStep(t *testing.T) {
	f := newFake(t)
	f.on("POST /identity/accounts/prelogin/password", preloginFor(seal.KDF{Iterations: 5000}))
	f.fail("POST /identity/connect/token", http.StatusBadRequest, map[string]any{
		"error": "invalid_grant", "error_description": "Two factor required.",
		"TwoFactorProviders2": map[string]any{"1": map[string]string{"Email": "a***"}, "0": nil},
	})
	_, err := f.client().Login(t.Context(), Credentials{Email: testEmail, Password: testPassword})
	var refusal *Error
	if !errors.As(err, &refusal) || !NeedsTwoFactor(err) || len(refusal.TwoFactor) != 2 || refusal.TwoFactor[0] != Authenticator {
		t.Errorf("got %#v", err)
	}
}

func TestLogInRefusesAnotherPublicKey(t *testing.T) {
	f := newFake(t)
	body := someone()
	other, err := seal.NewPrivateKey()
	if err != nil {
		t.Fatal(err)
	}
	body.Keys.PublicKey = other.Public().Base64()
	f.on("POST /identity/accounts/prelogin/password", preloginFor(body.Unlock.KDF))
	f.on("POST /identity/connect/token", tokenFor(body))
	if _, err := f.client().Login(t.Context(), Credentials{Email: testEmail, Password: testPassword}); !errors.Is(err, ErrOwnKey) {
		t.Errorf("got %v, want %v", err, ErrOwnKey)
	}
}

func TestLogInWithAPIKeyRenewsItself(t *testing.T) {
	f := newFake(t)
	answer := tokenFor(someone())
	delete(answer, "refresh_token")
	f.on("POST /identity/connect/token", answer)
	key := APIKey{ClientID: "user." + string(testUser), Secret: "s3cret"}
	s, err := f.client().LoginAPIKey(t.Context(), key, testPassword)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	last := f.asked[len(f.asked)-1]
	form, _ := url.ParseQuery(last.body)
	if form.Get("grant_type") != "client_credentials" || form.Get("client_secret") != "s3cret" || form.Get("scope") != "api" {
		t.Errorf("renewed with %s", last.body)
	}
	f.neverSaid(testPassword)
}

func TestVersion2IsRefused(t *testing.T) {
	var accounts []struct {
		PrivateKey                                           seal.EncString
		PublicKey, SignedPublicKey, SigningKey, VerifyingKey string
		SecurityState                                        string
	}
	var states []struct{ SignedSecurityStateB64 string }
	vectors.Load(t, "v2Account", &accounts)
	vectors.Load(t, "securityState", &states)
	v := accounts[0]
	user := seal.NewKey()
	pair, _, err := newKeyPair(user)
	if err != nil {
		t.Fatal(err)
	}
	version1 := func() *accountKeys {
		keys := new(accountKeys)
		keys.Encryption.PrivateKey, keys.Encryption.PublicKey = pair.PrivateKey, pair.PublicKey
		return keys
	}
	if _, err := version1().open(user); err != nil {
		t.Fatalf("version 1: %v", err)
	}
	quoted := func(s string) json.RawMessage { raw, _ := json.Marshal(map[string]string{"x": s}); return raw }
	tests := map[string]func(*accountKeys){
		"private key of type 7": func(k *accountKeys) { k.Encryption.PrivateKey, k.Encryption.PublicKey = v.PrivateKey, v.PublicKey },
		"signing key":           func(k *accountKeys) { k.Signature = quoted(v.SigningKey) },
		"signed public key":     func(k *accountKeys) { k.Encryption.SignedPublicKey = &v.SignedPublicKey },
		"security state":        func(k *accountKeys) { k.SecurityState = quoted(v.SecurityState) },
		"older security state":  func(k *accountKeys) { k.SecurityState = quoted(states[0].SignedSecurityStateB64) },
	}
	for name, change := range tests {
		keys := version1()
		change(keys)
		if _, err := keys.open(user); !errors.Is(err, seal.ErrVersion2) {
			t.Errorf("%s: got %v, want %v", name, err, seal.ErrVersion2)
		}
	}
}

func TestSessionRenewsItsToken(t *testing.T) {
	f := newFake(t)
	s := f.session()
	f.on("POST /identity/connect/token", map[string]any{"access_token": "second", "expires_in": 3600, "token_type": "Bearer"})
	f.handle("GET /api/accounts/profile", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer second" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, `{"id":"u"}`)
	})
	if profile, err := s.Profile(t.Context()); err != nil || profile.ID != "u" {
		t.Errorf("after a refused token: got %+v, %v", profile, err)
	}
	s.expires = time.Now().Add(30 * time.Second)
	if _, err := s.Profile(t.Context()); err != nil {
		t.Error(err)
	}
	if got, want := f.count("POST /identity/connect/token"), 3; got != want {
		t.Errorf("token asked %d times, want %d: log-in, refused, about to end", got, want)
	}
	f.fail("GET /api/accounts/profile", http.StatusUnauthorized, nil)
	var refusal *Error
	if _, err := s.Profile(t.Context()); !errors.As(err, &refusal) || refusal.Status != http.StatusUnauthorized {
		t.Errorf("a token that is never taken: got %v", err)
	}
}

func TestLockedSessionEncryptsNothing(t *testing.T) {
	s := newFake(t).session()
	s.Lock()
	if _, err := s.CreateFolder(t.Context(), "secret"); !errors.Is(err, ErrLocked) {
		t.Errorf("folder: got %v, want %v", err, ErrLocked)
	}
	if _, err := s.Sync(t.Context()); !errors.Is(err, ErrLocked) {
		t.Errorf("sync: got %v, want %v", err, ErrLocked)
	}
}

func TestSecretsNeverPrint(t *testing.T) {
	s := newFake(t).session()
	link := Link{Kind: SetupLink, Token: "to-ken"}
	for _, secret := range []any{s, Credentials{Password: "to-ken"}, APIKey{Secret: "to-ken"}, link} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
			got := fmt.Sprintf(verb, secret)
			if strings.Contains(got, "to-ken") || strings.Contains(got, "refresh-1") || strings.Contains(got, "e30.") {
				t.Errorf("%s of %T printed %s", verb, secret, got)
			}
		}
	}
}
