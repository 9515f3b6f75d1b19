package attachment_test

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/attachment"
	"github.com/kastellan/kastellan/client/internal/exchange"
	"github.com/kastellan/kastellan/client/internal/live"
	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/client/seal"
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

func note(t *testing.T, s *client.Session) item.View {
	t.Helper()
	view, err := s.CreateItem(t.Context(), item.View{Meta: item.Meta{Type: item.SecureNoteType}, Content: item.Content[string]{Name: "Note"}})
	if err != nil {
		t.Fatal(err)
	}
	return view
}

// again fetches an item and insists on its files.
func again(t *testing.T, s *client.Session, view item.View, names ...string) item.View {
	t.Helper()
	fresh, err := s.Item(t.Context(), view.ID)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, file := range fresh.Attachments {
		got = append(got, file.FileName)
	}
	if strings.Join(got, ",") != strings.Join(names, ",") {
		t.Errorf("files %q, want %q", got, names)
	}
	return fresh
}

// The life of a file at an item of either kind, on the real server.
func TestLifeOfAnAttachment(t *testing.T) {
	s := signUp(t, live.Run(t, "KASTELLAN_REGISTRATION=open"))
	files, ctx := attachment.Of(s), t.Context()
	body := bytes.Repeat([]byte{0, 1, 2, 255}, 100_000)
	for _, ownKey := range []bool{true, false} {
		view := note(t, s)
		if !ownKey {
			view.Key = ""
			var err error
			if view, err = s.UpdateItem(ctx, view); err != nil || view.Key != "" {
				t.Fatal(err)
			}
		}
		id, err := files.Add(ctx, view, "plan.bin", body)
		if err != nil {
			t.Fatal(err)
		}
		view = again(t, s, view, "plan.bin")
		if got, err := files.Open(ctx, view, id); err != nil || !bytes.Equal(got, body) {
			t.Errorf("own key %v: got %d bytes, %v", ownKey, len(got), err)
		}
		view.Attachments[0].FileName = "cellar.bin"
		if _, err := s.UpdateItem(ctx, view); err != nil {
			t.Error(err)
		}
		view = again(t, s, view, "cellar.bin")
		if got, err := files.Open(ctx, view, id); err != nil || !bytes.Equal(got, body) {
			t.Errorf("renamed: got %d bytes, %v", len(got), err)
		}
		if err := files.Delete(ctx, view, id); err != nil {
			t.Error(err)
		}
		again(t, s, view)
		if _, err := files.Open(ctx, view, id); !client.IsNotFound(err) {
			t.Errorf("a deleted file: got %v", err)
		}
	}
}

// breaking lets no upload through.
type breaking struct{ next http.RoundTripper }

func (b breaking) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return nil, errors.New("the cable was pulled")
	}
	return b.next.RoundTrip(r)
}

func TestLifeOfABrokenUpload(t *testing.T) {
	s := signUp(t, live.Run(t, "KASTELLAN_REGISTRATION=open"))
	view := note(t, s)
	c, err := client.New(s.Client().URL(), &http.Client{Transport: breaking{http.DefaultTransport}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := attachment.Of(login(t, c)).Add(t.Context(), view, "a.txt", []byte("a")); err == nil || !strings.Contains(err.Error(), "cable") {
		t.Errorf("got %v", err)
	}
	again(t, s, view)
}

// Files of the oldest kind keep the account's key from being replaced, until they are
// uploaded again.
func TestLifeOfAnOldAttachment(t *testing.T) {
	s := signUp(t, live.Run(t, "KASTELLAN_REGISTRATION=open"))
	files, ctx := attachment.Of(s), t.Context()
	view := note(t, s)
	user, err := s.Key("")
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := view.SealFile(user, "old.txt", nil) // for its name; the body is under no key of its own
	if err != nil {
		t.Fatal(err)
	}
	form, err := exchange.NewUpload(string(sealed.FileName), user.EncryptFile([]byte("the old body")))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Do(ctx, "POST", "/api/ciphers/"+string(view.ID)+"/attachment", form, nil); err != nil {
		t.Fatal(err)
	}
	view = again(t, s, view, "old.txt")
	if body, err := files.Open(ctx, view, view.Attachments[0].ID); err != nil || string(body) != "the old body" || view.Attachments[0].Key != "" {
		t.Fatalf("got %q, %v", body, err)
	}
	if err := s.RotateKeys(ctx, password); !errors.Is(err, item.ErrOldAttachment) {
		t.Errorf("got %v, want %v", err, item.ErrOldAttachment)
	}
	if err := files.Upgrade(ctx, view); err != nil {
		t.Fatal(err)
	}
	view = again(t, s, view, "old.txt")
	if view.Attachments[0].Key == "" {
		t.Error("the file has no key still")
	}
	if err := s.RotateKeys(ctx, password); err != nil {
		t.Fatal(err)
	}
	s = login(t, s.Client())
	if body, err := attachment.Of(s).Open(ctx, again(t, s, view, "old.txt"), view.Attachments[0].ID); err != nil || string(body) != "the old body" {
		t.Errorf("under the new key: got %q, %v", body, err)
	}
}
