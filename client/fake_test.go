package client

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/kastellan/kastellan/client/seal"
)

const (
	testEmail    = "Ann@Example.test"
	testPassword = "correct horse battery"
	testUser     = UserID("0d9e3c4e-7a05-4a2c-9a3c-1f0f3a4f0001")
)

// fake is a server that answers what a test tells it to, and keeps what it was
// asked. It decides nothing: the rules of the server are tested with the server.
type fake struct {
	t       *testing.T
	url     string
	mu      sync.Mutex
	answers map[string]http.HandlerFunc
	asked   []request
}

type request struct {
	route string
	body  string
	auth  string
}

func newFake(t *testing.T) *fake {
	f := &fake{t: t, answers: make(map[string]http.HandlerFunc)}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	f.url = server.URL
	f.on("GET /api/config", map[string]any{"featureStates": map[string]any{"cipher-key-encryption": true}})
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	route := r.Method + " " + r.URL.RequestURI()
	f.mu.Lock()
	f.asked = append(f.asked, request{route: route, body: string(body), auth: r.Header.Get("Authorization")})
	answer, found := f.answers[route]
	f.mu.Unlock()
	if !found {
		f.t.Errorf("unexpected request: %s", route)
		http.NotFound(w, r)
		return
	}
	answer(w, r)
}

// on answers a route with 200 and a JSON value.
func (f *fake) on(route string, value any) {
	f.fail(route, http.StatusOK, value)
}

func (f *fake) fail(route string, status int, value any) {
	f.handle(route, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		if value != nil {
			json.NewEncoder(w).Encode(value)
		}
	})
}

func (f *fake) handle(route string, answer http.HandlerFunc) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers[route] = answer
}

// last decodes the body of the last request to a route.
func (f *fake) last(route string, into any) {
	f.t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := len(f.asked) - 1; i >= 0; i-- {
		if f.asked[i].route == route {
			if err := json.Unmarshal([]byte(f.asked[i].body), into); err != nil {
				f.t.Fatalf("%s: %v", route, err)
			}
			return
		}
	}
	f.t.Fatalf("%s was not asked", route)
}

func (f *fake) count(route string) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, asked := range f.asked {
		if asked.route == route {
			n++
		}
	}
	return n
}

// neverSaid fails when any request held one of the texts.
func (f *fake) neverSaid(texts ...string) {
	f.t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, asked := range f.asked {
		for _, text := range texts {
			if strings.Contains(asked.body, text) {
				f.t.Errorf("%s said %q in plain", asked.route, text)
			}
		}
	}
}

func (f *fake) client() *Client {
	f.t.Helper()
	c, err := New(f.url, nil)
	if err != nil {
		f.t.Fatal(err)
	}
	return c
}

// someone is an account with the fewest rounds that may log in, made once, so that
// the tests do not spend their time on them.
var someone = sync.OnceValue(func() registerBody {
	u := unlocking{kdf: seal.KDF{Type: seal.PBKDF2, Iterations: 5000}, salt: "ann@example.test"}
	user := seal.NewKey()
	pair, _, keyErr := newKeyPair(user)
	var err error
	if u.key, err = seal.NewMasterKey(testPassword, u.salt, u.kdf); err != nil || keyErr != nil {
		panic(errors.Join(err, keyErr))
	}
	body := registerBody{Email: testEmail, Keys: pair}
	body.Authentication, body.Unlock = u.pair(testPassword, user)
	return body
})

// register is what the server would know of an account after its registration.
func (f *fake) register() registerBody {
	f.t.Helper()
	f.on("POST /identity/accounts/register/finish", map[string]string{"object": "registerFinish"})
	registration := Registration{Email: testEmail, Password: testPassword, Proof: Proof{EmailToken: "t"}}
	if err := f.client().Register(f.t.Context(), registration); err != nil {
		f.t.Fatal(err)
	}
	var body registerBody
	f.last("POST /identity/accounts/register/finish", &body)
	return body
}

func accessToken() string {
	claims, _ := json.Marshal(map[string]any{"sub": testUser, "email": "ann@example.test"})
	return "e30." + base64.RawURLEncoding.EncodeToString(claims) + ".sig"
}

// tokenFor is the answer to a log-in, with the casing of the protocol.
func tokenFor(body registerBody) map[string]any {
	return map[string]any{
		"access_token": accessToken(), "refresh_token": "refresh-1", "expires_in": 3600, "token_type": "Bearer",
		"Key": body.Unlock.UserKey, "Kdf": 0, "KdfIterations": body.Unlock.KDF.Iterations,
		"AccountKeys": map[string]any{
			"publicKeyEncryptionKeyPair": map[string]any{
				"wrappedPrivateKey": body.Keys.PrivateKey, "publicKey": body.Keys.PublicKey, "signedPublicKey": nil,
			},
			"signatureKeyPair": nil, "securityState": nil,
		},
		"UserDecryptionOptions": map[string]any{"HasMasterPassword": true, "MasterPasswordUnlock": map[string]any{
			"Kdf":                       map[string]any{"KdfType": 0, "Iterations": body.Unlock.KDF.Iterations, "Memory": nil},
			"MasterKeyEncryptedUserKey": body.Unlock.UserKey, "Salt": "ann@example.test",
		}},
	}
}

func preloginFor(kdf seal.KDF) map[string]any {
	return map[string]any{"kdfSettings": kdf, "salt": "ann@example.test"}
}

// session logs in as someone.
func (f *fake) session() *Session {
	f.t.Helper()
	return f.sessionOf(someone())
}

func (f *fake) sessionOf(account registerBody) *Session {
	f.t.Helper()
	f.on("POST /identity/accounts/prelogin/password", preloginFor(account.Unlock.KDF))
	f.on("POST /identity/connect/token", tokenFor(account))
	s, err := f.client().Login(f.t.Context(), Credentials{Email: testEmail, Password: testPassword})
	if err != nil {
		f.t.Fatal(err)
	}
	return s
}
