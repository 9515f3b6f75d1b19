package send

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/seal"
)

// door answers a recipient as the server does, and writes down what it was told.
type door struct {
	t      *testing.T
	reason string // why it stays closed
	status int    // of everything behind it
	file   []byte
	answer map[string]any
	heard  strings.Builder
}

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	d.heard.WriteString(r.URL.RequestURI() + " " + string(body) + "\n")
	authorized := r.Header.Get("Authorization") == "Bearer token"
	switch {
	case r.URL.Path == "/identity/connect/token" && d.reason != "":
		w.WriteHeader(http.StatusBadRequest)
		json.NewEncoder(w).Encode(map[string]string{"error": "invalid_request", "send_access_error_type": d.reason})
	case r.URL.Path == "/identity/connect/token":
		json.NewEncoder(w).Encode(map[string]any{"access_token": "token", "expires_in": 300})
	case d.status != 0:
		w.WriteHeader(d.status)
	case r.URL.Path == "/api/sends/access" && authorized:
		json.NewEncoder(w).Encode(d.answer)
	case r.URL.Path == "/api/sends/access/file/f" && authorized:
		json.NewEncoder(w).Encode(map[string]string{"url": "http://" + r.Host + "/api/sends/file?token=x"})
	case r.URL.Path == "/api/sends/file" && r.Header.Get("Authorization") == "":
		w.Write(d.file)
	default:
		d.t.Errorf("unexpected: %s %s, authorized %v", r.Method, r.URL, authorized)
	}
}

func open(t *testing.T) (*door, Link) {
	t.Helper()
	d := &door{t: t}
	server := httptest.NewServer(d)
	t.Cleanup(server.Close)
	return d, Link{Server: server.URL, AccessID: "a", Seed: seal.NewSendSeed()}
}

func TestReceive(t *testing.T) {
	d, link := open(t)
	key := link.Seed.Key()
	d.answer = map[string]any{
		"type": 1, "name": key.EncryptText("For Ben"), "creatorIdentifier": "ann@example.test", "expirationDate": "2031-01-01T00:00:00Z",
		"file": map[string]any{"id": "f", "fileName": key.EncryptText("plan.pdf"), "size": "81"},
	}
	d.file = key.EncryptFile([]byte("the plan"))
	got, err := link.Open(t.Context(), nil, Proof{Password: "the password"})
	if err != nil {
		t.Fatal(err)
	}
	want := Attached{ID: "f", Name: "plan.pdf", Size: 81}
	if got.Name != "For Ben" || got.Creator != "ann@example.test" || got.File != want || got.Expiration.Year() != 2031 {
		t.Errorf("got %+v", got)
	}
	if body, err := got.Download(t.Context()); err != nil || string(body) != "the plan" {
		t.Errorf("got %q, %v", body, err)
	}
	for _, secret := range []string{link.Seed.Link(), "password=", "the plan"} {
		if strings.Contains(d.heard.String(), secret) {
			t.Errorf("the server heard %q:\n%s", secret, d.heard.String())
		}
	}
	if _, err := (Received{Type: Text}).Download(t.Context()); err == nil {
		t.Error("a text was downloaded")
	}
}

func TestRecipientsAreToldWhy(t *testing.T) {
	for reason, want := range map[string]error{
		"send_id_invalid": ErrGone, "password_hash_b64_required": ErrPasswordNeeded, "password_hash_b64_invalid": ErrWrongPassword,
		"email_required": ErrEmailNeeded, "email_and_otp_required": ErrCodeNeeded,
	} {
		d, link := open(t)
		d.reason = reason
		if _, err := link.Open(t.Context(), nil, Proof{Email: " Ben@Example.test ", Code: "123456"}); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", reason, err, want)
		}
		if !strings.Contains(d.heard.String(), "email=ben%40example.test") || !strings.Contains(d.heard.String(), "otp=123456") {
			t.Errorf("the server heard %s", d.heard.String())
		}
	}
	d, link := open(t)
	d.status = http.StatusNotFound
	if _, err := link.Open(t.Context(), nil, Proof{}); !errors.Is(err, ErrGone) {
		t.Errorf("behind the door: got %v, want %v", err, ErrGone)
	}
	d.status = http.StatusTooManyRequests
	var refusal *client.Error
	if _, err := link.Open(t.Context(), nil, Proof{}); !errors.As(err, &refusal) || refusal.Status != d.status {
		t.Errorf("too many: got %v", err)
	}
	link.Server = "http://vault.example.test"
	if _, err := link.Open(t.Context(), nil, Proof{Password: "p"}); !errors.Is(err, client.ErrInsecure) {
		t.Errorf("without TLS: got %v, want %v", err, client.ErrInsecure)
	}
}

func TestAnotherKeyOpensNothing(t *testing.T) {
	d, link := open(t)
	d.answer = map[string]any{"type": 0, "name": seal.NewSendSeed().Key().EncryptText("n")}
	if _, err := link.Open(t.Context(), nil, Proof{}); !errors.Is(err, seal.ErrDecrypt) {
		t.Errorf("got %v, want %v", err, seal.ErrDecrypt)
	}
}
