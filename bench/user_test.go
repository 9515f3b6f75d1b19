//go:build bench

package bench

import (
	gobytes "bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/seal"
	"github.com/kastellan/kastellan/compat/realserver"
)

// user is an account and its bearer token; requests are sent raw, so that the
// client's work is not in the figures.
type user struct {
	t               testing.TB
	server          *realserver.Server
	email, password string
	hash, token     string
}

func newUser(t testing.TB, s *realserver.Server, email string) *user {
	t.Helper()
	u := &user{t: t, server: s, email: email, password: "invented pass phrase"}
	api, err := client.New(s.URL(), s.HTTP)
	if err != nil {
		t.Fatal(err)
	}
	token, err := api.RequestRegistration(t.Context(), email, "")
	if err != nil {
		t.Fatal(err)
	}
	proof := client.Proof{EmailToken: token}
	if err := api.Register(t.Context(), client.Registration{Email: email, Password: u.password, Proof: proof}); err != nil {
		t.Fatal(err)
	}
	master, err := seal.NewMasterKey(u.password, seal.Salt(email), seal.DefaultKDF)
	if err != nil {
		t.Fatal(err)
	}
	u.hash = master.ServerHash(u.password)
	u.login()
	return u
}

func (u *user) login() {
	u.t.Helper()
	form := url.Values{
		"grant_type": {"password"}, "client_id": {"cli"}, "scope": {"api offline_access"},
		"username": {u.email}, "password": {u.hash},
		"deviceType": {"25"}, "deviceIdentifier": {"5b7d6b8e-0000-4000-8000-000000000001"}, "deviceName": {"bench"},
	}
	body := u.send(http.MethodPost, "/identity/connect/token", "application/x-www-form-urlencoded", []byte(form.Encode()))
	var answer struct {
		Token string `json:"access_token"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || answer.Token == "" {
		u.t.Fatalf("log in: %v: %s", err, body)
	}
	u.token = answer.Token
}

func (u *user) get(path string) []byte {
	u.t.Helper()
	return u.send(http.MethodGet, path, "", nil)
}

func (u *user) post(path string, body []byte) []byte {
	u.t.Helper()
	return u.send(http.MethodPost, path, "application/json", body)
}

// send fails the run unless the answer is a success, and reads it to the end.
func (u *user) send(method, path, contentType string, body []byte) []byte {
	u.t.Helper()
	req, err := http.NewRequest(method, u.server.URL()+path, gobytes.NewReader(body))
	if err != nil {
		u.t.Fatal(err)
	}
	req.Header.Set("Device-Type", "25")
	req.Header.Set("Bitwarden-Client-Name", "cli")
	req.Header.Set("Bitwarden-Client-Version", "2026.9.0")
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	if u.token != "" {
		req.Header.Set("Authorization", "Bearer "+u.token)
	}
	res, err := u.server.HTTP.Do(req)
	if err != nil {
		u.t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		u.t.Fatal(err)
	}
	if res.StatusCode/100 != 2 {
		u.t.Fatalf("%s %s answered %d: %s", method, path, res.StatusCode, strings.TrimSpace(string(answer)))
	}
	return answer
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
