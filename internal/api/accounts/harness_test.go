package accounts_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/api/accounts"
	"github.com/kastellan/kastellan/internal/api/identity"
	"github.com/kastellan/kastellan/internal/authrequest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/login"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/offboard"
	"github.com/kastellan/kastellan/internal/passhash"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/rotate"
	"github.com/kastellan/kastellan/internal/syncview"
	"github.com/kastellan/kastellan/internal/token"
	"github.com/kastellan/kastellan/internal/wire"
)

// server is the surface with what stands behind it, and a clock to turn.
type server struct {
	t        *testing.T
	handler  http.Handler
	db       *db.DB
	accounts *account.Service
	login    *login.Service
	now      atomic.Int64 // in microseconds: the outbox looks at it too
	addr     string       // the caller's address
	log      *reqctx.Record
}

func newServer(t *testing.T, d *db.DB) *server {
	passhash.CheapForTests()
	t.Helper()
	s := &server{t: t, db: d, addr: "192.0.2.1"}
	s.now.Store(1_800_000_000_000_000)
	d.Now = s.clock
	keeper, err := token.NewKeeper(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	keeper.Now = d.Now
	s.accounts = &account.Service{DB: d, Tokens: keeper, Limits: &ratelimit.Limiter{DB: d, Tokens: keeper},
		PublicURL: "https://vault.example.com", Registration: account.Open}
	s.login = &login.Service{DB: d, Tokens: keeper, Accounts: s.accounts, Lifetime: time.Hour, PublicURL: "https://vault.example.com"}
	ids := &identity.API{Login: s.login, Now: d.Now, Config: identity.Config{PublicURL: "https://vault.example.com", Registration: "open", Version: "1.0.0"}}
	acc := &accounts.API{Accounts: s.accounts, Login: s.login, Views: &syncview.Service{DB: d}, Policies: &policy.Service{DB: d}, Requests: &authrequest.Service{DB: d},
		Offboard: &offboard.Service{DB: d, Tokens: keeper, Accounts: s.accounts}, Rotate: &rotate.Service{DB: d, Accounts: s.accounts}}
	s.handler = s.router(slices.Concat(ids.Routes(), acc.Routes()))
	return s
}

func (s *server) clock() time.Time { return time.UnixMicro(s.now.Load()) }

// wait turns the clock.
func (s *server) wait(d time.Duration) { s.now.Add(d.Microseconds()) }

// router does what the composition root does: asks for a token where a route is
// not for anyone.
func (s *server) router(routes []wire.Route) http.Handler {
	r := chi.NewRouter()
	for _, route := range routes {
		handler := wire.Adapt(func(w http.ResponseWriter, r *http.Request) error {
			ctx := reqctx.WithClient(r.Context(), reqctx.Client{Addr: s.addr, DeviceType: 9})
			ctx, s.log = reqctx.WithRecord(ctx)
			if route.Who != wire.Anyone {
				actor, err := s.login.Authenticate(ctx, strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
				if err != nil {
					return err
				}
				ctx = reqctx.WithActor(ctx, actor)
			}
			return route.Handle(w, r.WithContext(ctx))
		})
		r.Method(route.Method, route.Path, handler)
		for _, also := range route.Also {
			method, path, _ := strings.Cut(also, " ")
			r.Method(method, path, handler)
		}
	}
	return r
}

type answer struct {
	Status int
	Body   []byte
}

// JSON reads the answer, which must be an object.
func (a answer) JSON(t *testing.T) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(a.Body, &v); err != nil {
		t.Fatalf("%d %s: %v", a.Status, a.Body, err)
	}
	return v
}

func (s *server) do(method, path, bearer string, body any) answer {
	s.t.Helper()
	text, isText := body.(string)
	if !isText && body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			s.t.Fatal(err)
		}
		text = string(b)
	}
	r := httptest.NewRequest(method, path, strings.NewReader(text))
	if bearer != "" {
		r.Header.Set("Authorization", "Bearer "+bearer)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return answer{w.Code, w.Body.Bytes()}
}

// must is do for calls that have to succeed.
func (s *server) must(method, path, bearer string, body any) answer {
	s.t.Helper()
	a := s.do(method, path, bearer, body)
	if a.Status != http.StatusOK && a.Status != http.StatusNoContent {
		s.t.Fatalf("%s %s: %d %s", method, path, a.Status, a.Body)
	}
	return a
}

func (s *server) form(fields map[string]string) answer {
	s.t.Helper()
	v := url.Values{}
	for name, value := range fields {
		v.Set(name, value)
	}
	r := httptest.NewRequest(http.MethodPost, "/identity/connect/token", strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return answer{w.Code, w.Body.Bytes()}
}

// withMail lets the server send mail, and answers what it sends.
func (s *server) withMail() <-chan mail.Message {
	s.t.Helper()
	sent := make(chan mail.Message, 100)
	box := mail.NewOutbox(s.db, s.accounts.Tokens, sender(sent), slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := box.Run(ctx); err != nil {
			s.t.Error(err)
		}
	}()
	s.t.Cleanup(func() { stop(); <-done })
	s.accounts.Mail = box
	return sent
}

type sender chan mail.Message

func (c sender) Send(_ context.Context, m mail.Message) error {
	c <- m
	return nil
}

// read waits for the next mail, and finds what matches form in it.
func (s *server) read(sent <-chan mail.Message, to, form string) string {
	s.t.Helper()
	select {
	case m := <-sent:
		found := regexp.MustCompile(form).FindStringSubmatch(m.Text)
		if m.To != to || found == nil {
			s.t.Fatalf("mail to %s, want %s with %q:\n%s", m.To, to, form, m.Text)
		}
		return found[len(found)-1]
	case <-time.After(10 * time.Second):
		s.t.Fatal("no mail came")
	}
	return ""
}

// quiet fails when there is a mail. The outbox sends in order, so whoever waits
// for a later mail first has waited long enough.
func (s *server) quiet(sent <-chan mail.Message) {
	s.t.Helper()
	select {
	case m := <-sent:
		s.t.Fatalf("unexpected mail to %s: %s", m.To, m.Subject)
	default:
	}
}

const (
	alice    = "alice@example.com"
	password = "hash-of-alice" // what a client derives; the server cannot tell
)

type m = map[string]any

var pbkdf2 = m{"kdfType": 0, "iterations": 600_000, "memory": nil, "parallelism": nil}

// newcomer is a registration in the newer form.
func newcomer(email, hash, token string) m {
	return m{
		"email": email, "emailVerificationToken": token, "masterPasswordHint": "the usual",
		"masterPasswordAuthentication": m{"kdf": pbkdf2, "masterPasswordAuthenticationHash": hash, "salt": email},
		"masterPasswordUnlock":         m{"kdf": pbkdf2, "masterKeyWrappedUserKey": wrappedKey(), "salt": email},
		"userAsymmetricKeys":           m{"publicKey": publicKey, "encryptedPrivateKey": wrappedPrivateKey},
	}
}

func (s *server) emailToken(email string) string {
	s.t.Helper()
	var signed string
	a := s.must("POST", "/identity/accounts/register/send-verification-email", "", m{"email": email, "name": "Alice Example", "receiveMarketingEmails": false})
	if err := json.Unmarshal(a.Body, &signed); err != nil || signed == "" {
		s.t.Fatalf("send-verification-email = %s", a.Body)
	}
	return signed
}

func (s *server) register(email, hash string) {
	s.t.Helper()
	s.must("POST", "/identity/accounts/register/finish", "", newcomer(email, hash, s.emailToken(email)))
}

func passwordGrant(email, hash, device string) map[string]string {
	return map[string]string{
		"grant_type": "password", "client_id": "cli", "scope": "api offline_access", "username": email, "password": hash,
		"deviceType": "25", "deviceIdentifier": device, "deviceName": "linux",
	}
}

const laptop = "5f1c3a7e-0c0f-4b55-9d2e-2f8f6a8c1d11"

// logIn answers access and refresh token.
func (s *server) logIn(email, hash, device string) (access, refresh string) {
	s.t.Helper()
	a := s.form(passwordGrant(email, hash, device))
	if a.Status != http.StatusOK {
		s.t.Fatalf("log-in: %d %s", a.Status, a.Body)
	}
	v := a.JSON(s.t)
	return v["access_token"].(string), v["refresh_token"].(string)
}
