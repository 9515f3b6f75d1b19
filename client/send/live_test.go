package send_test

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/internal/live"
	"github.com/kastellan/kastellan/client/seal"
	"github.com/kastellan/kastellan/client/send"
)

const password = "an invented pass phrase"

func signUp(t *testing.T, server live.Server) *client.Session {
	t.Helper()
	c := server.Client(t)
	token, err := c.RequestRegistration(t.Context(), "ann@example.test", "Ann")
	if err != nil {
		t.Fatal(err)
	}
	r := client.Registration{
		Email: "ann@example.test", Password: password, KDF: seal.KDF{Type: seal.Argon2id, Iterations: 2, Memory: 16, Parallelism: 1},
		Proof: client.Proof{EmailToken: token},
	}
	if err := c.Register(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	return login(t, c)
}

func login(t *testing.T, c *client.Client) *client.Session {
	t.Helper()
	s, err := c.Login(t.Context(), client.Credentials{Email: "ann@example.test", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func in(hours int) time.Time {
	return time.Now().Add(time.Duration(hours) * time.Hour).UTC().Truncate(time.Millisecond)
}

// guest opens Sends, and knows which way it must go.
type guest struct {
	t *testing.T
	send.Sends
}

func (g guest) must(made send.Send, err error) send.Send {
	g.t.Helper()
	if err != nil {
		g.t.Fatal(err)
	}
	return made
}

func (g guest) reads(want string, made send.Send, proof send.Proof) {
	g.t.Helper()
	got, err := g.Link(made).Open(g.t.Context(), nil, proof)
	if err != nil || got.Text != want {
		g.t.Errorf("got %q, %v, want %q", got.Text, err, want)
	}
}

func (g guest) fails(want error, made send.Send, proof send.Proof) {
	g.t.Helper()
	if _, err := g.Link(made).Open(g.t.Context(), nil, proof); !errors.Is(err, want) {
		g.t.Errorf("got %v, want %v", err, want)
	}
}

// The life of Sends on the real server.
func TestLifeOfASend(t *testing.T) {
	s := signUp(t, live.Run(t, "KASTELLAN_REGISTRATION=open"))
	g := guest{t, send.Of(s)}
	t.Run("a text", g.on((guest).text))
	t.Run("with a password", g.on((guest).withPassword))
	t.Run("opened often enough", g.on((guest).usedUp))
	t.Run("a file", g.on((guest).file))
	t.Run("an upload that breaks off leaves nothing", g.on((guest).brokenUpload))
	t.Run("what the server refuses", g.on((guest).refusals))
}

// on runs a part of the test with its own t.
func (g guest) on(part func(guest)) func(*testing.T) {
	return func(t *testing.T) { part(guest{t, g.Sends}) }
}

func (g guest) text() {
	ctx := g.t.Context()
	made := g.must(g.Create(ctx, send.Send{
		Name: "Gate", Notes: "for Monday", Text: "4711 ✓", Hidden: true, MaxAccesses: 5, Deletion: in(48), Expiration: in(24),
	}))
	if want, err := seal.AccessID(string(made.ID)); err != nil || made.AccessID != want {
		g.t.Errorf("access id %s, want %s", made.AccessID, want)
	}
	got := g.must(g.Get(ctx, made.ID))
	if got.Name != "Gate" || got.Notes != "for Monday" || got.Text != "4711 ✓" || !got.Hidden || got.MaxAccesses != 5 || got.Auth != send.ByLink {
		g.t.Errorf("got %#v", []any{got.Name, got.Notes, got.Text, got.Hidden, got.MaxAccesses, got.Auth})
	}
	received, err := g.Link(made).Open(ctx, nil, send.Proof{})
	if err != nil || received.Name != "Gate" || received.Text != "4711 ✓" || !received.Hidden || received.Creator != "ann@example.test" {
		g.t.Errorf("got %q, %q of %q, %v", received.Name, received.Text, received.Creator, err)
	}
	got = g.must(g.Get(ctx, made.ID))
	got.Text, got.HideEmail, got.Expiration = "4712", true, time.Time{}
	changed := g.must(g.Update(ctx, got))
	if changed.Accesses != 1 || changed.Text != "4712" || !changed.Expiration.IsZero() || !changed.Deletion.Equal(made.Deletion) {
		g.t.Errorf("got %#v", []any{changed.Accesses, changed.Text, changed.Expiration, changed.Deletion})
	}
	if received, err = g.Link(made).Open(ctx, nil, send.Proof{}); err != nil || received.Text != "4712" || received.Creator != "" {
		g.t.Errorf("by the old link: got %q of %q, %v", received.Text, received.Creator, err)
	}
	changed.Disabled = true
	g.must(g.Update(ctx, changed))
	g.fails(send.ErrGone, made, send.Proof{})
	g.end(made)
}

// end deletes a Send, after which it is gone for everybody.
func (g guest) end(made send.Send) {
	g.t.Helper()
	if err := g.Delete(g.t.Context(), made.ID); err != nil {
		g.t.Error(err)
	}
	g.fails(send.ErrGone, made, send.Proof{})
	if _, err := g.Get(g.t.Context(), made.ID); !client.IsNotFound(err) {
		g.t.Errorf("a deleted Send: got %v", err)
	}
	if list, err := g.List(g.t.Context()); err != nil || len(list) != 0 {
		g.t.Errorf("%d Sends are left, %v", len(list), err)
	}
}

func (g guest) withPassword() {
	ctx := g.t.Context()
	made := g.must(g.Create(ctx, send.Send{Name: "n", Text: "secret", Password: "sesame", Deletion: in(24)}))
	g.fails(send.ErrPasswordNeeded, made, send.Proof{})
	g.fails(send.ErrWrongPassword, made, send.Proof{Password: "barley"})
	g.reads("secret", made, send.Proof{Password: "sesame"})

	made.Name = "another name"
	kept := g.must(g.Update(ctx, made))
	if kept.Auth != send.ByPassword {
		g.t.Error("changing something else took the password away")
	}
	g.reads("secret", made, send.Proof{Password: "sesame"})
	kept.Password = "another"
	if _, err := g.Update(ctx, kept); !errors.Is(err, send.ErrHasPassword) {
		g.t.Errorf("another password: got %v, want %v", err, send.ErrHasPassword)
	}
	open := g.must(g.RemovePassword(ctx, made.ID))
	if open.Auth != send.ByLink {
		g.t.Error("the password is still there")
	}
	g.reads("secret", made, send.Proof{})
	open.Password = "another"
	g.must(g.Update(ctx, open))
	g.fails(send.ErrPasswordNeeded, made, send.Proof{})
	g.reads("secret", made, send.Proof{Password: "another"})
	g.end(made)
}

func (g guest) usedUp() {
	made := g.must(g.Create(g.t.Context(), send.Send{Name: "n", Text: "once", MaxAccesses: 1, Deletion: in(1)}))
	g.reads("once", made, send.Proof{})
	g.fails(send.ErrGone, made, send.Proof{})
	g.end(made)
}

func (g guest) file() {
	ctx := g.t.Context()
	body := bytes.Repeat([]byte{0, 1, 2, 255}, 100_000)
	made := g.must(g.CreateFile(ctx, send.Send{Name: "Plan", MaxAccesses: 1, Deletion: in(24)}, "plan.bin", body))
	if made.File.Name != "plan.bin" || made.File.Size != seal.FileSize(int64(len(body))) {
		g.t.Errorf("got %q of %d bytes", made.File.Name, made.File.Size)
	}
	received, err := g.Link(made).Open(ctx, nil, send.Proof{})
	if err != nil || received.Type != send.File || received.File.Name != "plan.bin" {
		g.t.Fatalf("got %q, %v", received.File.Name, err)
	}
	if got, err := received.Download(ctx); err != nil || !bytes.Equal(got, body) {
		g.t.Errorf("got %d bytes, %v", len(got), err)
	}
	if _, err := received.Download(ctx); !errors.Is(err, send.ErrGone) {
		g.t.Errorf("a second time: got %v, want %v", err, send.ErrGone)
	}
	if now := g.must(g.Get(ctx, made.ID)); now.Accesses != 1 {
		g.t.Errorf("%d accesses, want 1", now.Accesses)
	}
	g.end(made)
}

// breaking lets no upload through.
type breaking struct{ next http.RoundTripper }

func (b breaking) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return nil, errors.New("the cable was pulled")
	}
	return b.next.RoundTrip(r)
}

func (g guest) brokenUpload() {
	c, err := client.New(g.Link(send.Send{}).Server, &http.Client{Transport: breaking{http.DefaultTransport}})
	if err != nil {
		g.t.Fatal(err)
	}
	sends := send.Of(login(g.t, c))
	if _, err := sends.CreateFile(g.t.Context(), send.Send{Name: "n", Deletion: in(1)}, "a.txt", []byte("a")); err == nil || !strings.Contains(err.Error(), "cable") {
		g.t.Errorf("got %v", err)
	}
	if list, err := sends.List(g.t.Context()); err != nil || len(list) != 0 {
		g.t.Errorf("%d Sends are left, %v", len(list), err)
	}
}

func (g guest) refusals() {
	for name, wrong := range map[string]send.Send{
		"deletion in the past":        {Name: "n", Text: "t", Deletion: in(-1)},
		"deletion in two months":      {Name: "n", Text: "t", Deletion: in(60 * 24)},
		"expiration in the past":      {Name: "n", Text: "t", Deletion: in(2), Expiration: in(-1)},
		"expiration after it is gone": {Name: "n", Text: "t", Deletion: in(2), Expiration: in(3)},
		"no address":                  {Name: "n", Text: "t", Deletion: in(2), Emails: []string{"nobody"}},
	} {
		var refusal *client.Error
		if _, err := g.Create(g.t.Context(), wrong); !errors.As(err, &refusal) || refusal.Status != http.StatusBadRequest {
			g.t.Errorf("%s: got %v", name, err)
		}
	}
	if list, err := g.List(g.t.Context()); err != nil || len(list) != 0 {
		g.t.Errorf("%d Sends are left, %v", len(list), err)
	}
}
