package apitest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/id"
)

// Person is somebody with an account, or nobody at all when Token is empty.
type Person struct {
	Name     string
	Email    string
	Password string // the authorization hash that a client would send
	ID       string
	Token    string
	Refresh  string
	Device   string
}

// Nobody calls without a token.
var Nobody = &Person{Name: "nobody"}

// Answer is what came back.
type Answer struct {
	Status int
	Body   []byte
	Header http.Header
}

// JSON reads the answer into a value of any shape.
func (a Answer) JSON(t testing.TB) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(a.Body, &v); err != nil {
		t.Fatalf("answer %d is no JSON object: %v\n%s", a.Status, err, a.Body)
	}
	return v
}

// Text reads a member of the answer, by its path: "profile.id".
func (a Answer) Text(t testing.TB, path string) string {
	t.Helper()
	var v any = a.JSON(t)
	for name := range strings.SplitSeq(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			t.Fatalf("answer has no %s: %s", path, a.Body)
		}
		v = m[name]
	}
	s, ok := v.(string)
	if !ok {
		t.Fatalf("answer has no text %s: %s", path, a.Body)
	}
	return s
}

// Do makes a request as somebody; body is sent as JSON unless it is nil.
func (s *Server) Do(t testing.TB, as *Person, method, path string, body any) Answer {
	t.Helper()
	var in io.Reader = http.NoBody
	kind := "application/json; charset=utf-8"
	if form, ok := body.(Upload); ok {
		in, kind = bytes.NewReader(form.Form), form.Type
	} else if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		in = bytes.NewReader(b)
	}
	r := httptest.NewRequestWithContext(t.Context(), method, path, in)
	r.Header.Set("Content-Type", kind)
	return s.send(as, r)
}

// Form posts a form, as clients do to the token endpoint.
func (s *Server) Form(t testing.TB, path string, form url.Values) Answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	return s.send(Nobody, r)
}

func (s *Server) send(as *Person, r *http.Request) Answer {
	r.Header.Set("Device-Type", "25")
	r.Header.Set("Bitwarden-Client-Name", "cli")
	r.Header.Set("Bitwarden-Client-Version", "2026.9.0")
	// Everybody calls from an address of their own, so that limits per address bite
	// only where a test means them to.
	r.RemoteAddr = fmt.Sprintf("10.%d.%d.1:4000", s.calls.Add(1)>>8&255, s.calls.Load()&255)
	if as.Token != "" {
		r.Header.Set("Authorization", "Bearer "+as.Token)
	}
	w := httptest.NewRecorder()
	s.Handler.ServeHTTP(w, r)
	return Answer{Status: w.Code, Body: w.Body.Bytes(), Header: w.Header()}
}

// Must is Do that fails the test unless the answer is 200 or 204.
func (s *Server) Must(t testing.TB, as *Person, method, path string, body any) Answer {
	t.Helper()
	a := s.Do(t, as, method, path, body)
	if a.Status != http.StatusOK && a.Status != http.StatusNoContent {
		t.Fatalf("%s as %s: %s %s = %d %s", as.Name, as.Email, method, path, a.Status, a.Body)
	}
	return a
}

// Register makes an account and logs it in. Proof is the member of the request
// that allows it, such as an invitation; nil asks for a token first.
func (s *Server) Register(t testing.TB, name, email string, proof map[string]any) *Person {
	t.Helper()
	p := &Person{Name: name, Email: email, Password: b64(32), Device: string(id.New[id.Device]())}
	if proof == nil {
		a := s.Must(t, Nobody, http.MethodPost, "/identity/accounts/register/send-verification-email",
			map[string]any{"email": email, "name": name, "receiveMarketingEmails": false})
		var token string
		if err := json.Unmarshal(a.Body, &token); err != nil {
			t.Fatalf("no registration token: %s", a.Body)
		}
		proof = map[string]any{"emailVerificationToken": token}
	}
	kdf := map[string]any{"kdfType": 0, "iterations": 600000}
	body := map[string]any{
		"email":                        email,
		"masterPasswordAuthentication": map[string]any{"kdf": kdf, "masterPasswordAuthenticationHash": p.Password, "salt": email},
		"masterPasswordUnlock":         map[string]any{"kdf": kdf, "masterKeyWrappedUserKey": WrappedKey(), "salt": email},
		"userAsymmetricKeys":           map[string]any{"publicKey": PublicKey(), "encryptedPrivateKey": WrappedPrivateKey()},
	}
	for k, v := range proof {
		body[k] = v
	}
	s.Must(t, Nobody, http.MethodPost, "/identity/accounts/register/finish", body)
	s.LogIn(t, p)
	return p
}

// LogIn gets new tokens by password.
func (s *Server) LogIn(t testing.TB, p *Person) {
	t.Helper()
	a := s.Form(t, "/identity/connect/token", url.Values{
		"grant_type": {"password"}, "username": {p.Email}, "password": {p.Password}, "scope": {"api offline_access"},
		"client_id": {"cli"}, "deviceType": {"25"}, "deviceIdentifier": {p.Device}, "deviceName": {"linux"},
	})
	if a.Status != http.StatusOK {
		t.Fatalf("log-in of %s: %d %s", p.Email, a.Status, a.Body)
	}
	p.Token, p.Refresh = a.Text(t, "access_token"), a.Text(t, "refresh_token")
	p.ID = s.Must(t, p, http.MethodGet, "/api/accounts/profile", nil).Text(t, "id")
}
