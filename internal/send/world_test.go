package send_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/passhash"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/send"
	"github.com/kastellan/kastellan/internal/token"
	"github.com/kastellan/kastellan/internal/vault"
)

// world is the domain with one account and a clock that tests turn.
type world struct {
	*send.Service
	t     *testing.T
	d     *db.DB
	user  id.User
	ahead atomic.Int64 // how far tests turned the clock; the outbox reads it meanwhile
	began time.Time
	mails chan mail.Message
	calls atomic.Uint32
}

const sender = "sara@example.com"

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	passhash.CheapForTests()
	keeper, err := token.NewKeeper(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, d: d, user: dbtest.Account(t, d, sender), began: time.Now().UTC().Truncate(time.Second), mails: make(chan mail.Message, 300)}
	d.Now = w.now
	keeper.Now = d.Now
	log := slog.New(slog.DiscardHandler)
	w.Service = &send.Service{
		DB: d, Tokens: keeper, Limits: &ratelimit.Limiter{DB: d, Tokens: keeper}, PublicURL: "https://vault.example.test",
		Files: &blob.Files{DB: d, Store: blob.NewDirectory(t.TempDir()), Log: log}, MaxUpload: 10 << 20, Storage: vault.Storage{Account: 20 << 20},
	}
	return w
}

func (w *world) now() time.Time { return w.began.Add(time.Duration(w.ahead.Load())) }

func (w *world) wait(d time.Duration) { w.ahead.Add(int64(d)) }

// withMail lets the server send mail.
func (w *world) withMail() {
	w.t.Helper()
	w.Mail = mail.NewOutbox(w.d, w.Tokens, w, slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := w.Mail.Run(ctx); err != nil {
			w.t.Error(err)
		}
	}()
	w.t.Cleanup(func() { stop(); <-done })
}

// Send takes a mail that goes out.
func (w *world) Send(_ context.Context, m mail.Message) error {
	w.mails <- m
	return nil
}

var digits = regexp.MustCompile(`(?m)^\s*(\d{6})\s*$`)

// code waits for the next mail.
func (w *world) code(to string) string {
	w.t.Helper()
	select {
	case m := <-w.mails:
		found := digits.FindStringSubmatch(m.Text)
		if m.To != to || found == nil {
			w.t.Fatalf("a mail to %s, want one to %s with a code:\n%s", m.To, to, m.Text)
		}
		return found[1]
	case <-time.After(10 * time.Second):
		w.t.Fatal("no mail came")
	}
	return ""
}

// from is a recipient at an address of their own.
func (w *world) from() context.Context {
	n := w.calls.Add(1)
	return reqctx.WithClient(w.t.Context(), reqctx.Client{Addr: fmt.Sprintf("10.1.%d.%d", n>>8, n&255), DeviceType: -1})
}

// owner is the context of the account.
func (w *world) owner() context.Context {
	return reqctx.WithActor(w.t.Context(), reqctx.Actor{User: w.user})
}

func b64(n int) string {
	b := make([]byte, n)
	rand.Read(b)
	return base64.StdEncoding.EncodeToString(b)
}

func enc() string { return "2." + b64(16) + "|" + b64(32) + "|" + b64(32) }

type change func(*send.Draft)

func with(a send.Auth) change { return func(d *send.Draft) { d.Auth = &a } }
func most(n int) change       { return func(d *send.Draft) { d.MaxAccesses = n } }
func password(p string) change {
	return func(d *send.Draft) { d.Auth, d.Password = new(send.ByPassword), p }
}
func emails(list string) change {
	return func(d *send.Draft) { d.Auth, d.Emails = new(send.ByEmail), list }
}
func hidingMe(d *send.Draft) { d.HideEmail = true }
func disabled(d *send.Draft) { d.Disabled = true }
func (w *world) until(in time.Duration) change {
	return func(d *send.Draft) { d.DeletesAt = w.now().Add(in) }
}

func (w *world) expiring(in time.Duration) change {
	return func(d *send.Draft) { d.ExpiresAt = w.now().Add(in) }
}

// draft is a text that everybody with the link may read for a day.
func (w *world) draft(changes ...change) send.Draft {
	d := send.Draft{Content: send.Content{Key: enc(), Name: enc(), Text: enc(), DeletesAt: w.now().Add(24 * time.Hour)}}
	for _, c := range changes {
		c(&d)
	}
	return d
}

func (w *world) text(changes ...change) send.Send {
	w.t.Helper()
	made, err := w.Create(w.owner(), w.user, w.draft(changes...))
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}

func ofFile(size int64) change {
	return func(d *send.Draft) { d.Type, d.Text, d.FileName, d.FileSize = send.File, "", enc(), size }
}

func sealed(n int) []byte {
	b := make([]byte, n)
	b[0] = 2
	return b
}

func (w *world) file(changes ...change) send.Send {
	w.t.Helper()
	made, err := w.Announce(w.owner(), w.user, w.draft(append([]change{ofFile(1000)}, changes...)...))
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.Upload(w.owner(), w.user, made.ID, made.FileID, bytes.NewReader(sealed(1000))); err != nil {
		w.t.Fatal(err)
	}
	return made
}

// enter gets a pass.
func (w *world) enter(of send.Send, shown send.Shown) string {
	w.t.Helper()
	shown.AccessID = of.AccessID()
	p, err := w.Grant(w.from(), shown)
	if err != nil {
		w.t.Fatalf("not let in: %v", err)
	}
	return p.Token
}

// fetch reads a file by its address.
func (w *world) fetch(url string) ([]byte, error) {
	w.t.Helper()
	const start = "https://vault.example.test/api/sends/file?token="
	body, _, err := w.OpenFile(w.from(), url[len(start):])
	if err != nil {
		return nil, err
	}
	defer body.Close()
	return io.ReadAll(body)
}

func (w *world) refused(what string, err error, kind fault.Kind) {
	w.t.Helper()
	if !fault.Is(err, kind) {
		w.t.Errorf("%s: %v, want %v", what, err, kind)
	}
}

func (w *world) closed(what string, err error, want *send.Refusal) {
	w.t.Helper()
	if got, _ := send.IsRefusal(err); got != want {
		w.t.Errorf("%s: %v, want %v", what, err, want)
	}
}

func (w *world) fine(what string, err error) {
	w.t.Helper()
	if err != nil {
		w.t.Errorf("%s: %v", what, err)
	}
}

// accesses is how often a Send was opened, as it is stored.
func (w *world) accesses(of send.Send) int {
	w.t.Helper()
	return dbtest.Value[int](w.t, w.d, `SELECT access_count FROM sends WHERE id = $1`, of.ID)
}

var errCutOff = errors.New("connection reset")
