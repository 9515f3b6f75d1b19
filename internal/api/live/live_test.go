package live_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/app"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// dial opens a socket and says hello; it gives the status instead when it is refused.
func dial(t *testing.T, base, path, bearer string) (*websocket.Conn, int) {
	t.Helper()
	header := http.Header{"Origin": {"https://elsewhere.example"}}
	if bearer != "" {
		header.Set("Authorization", "Bearer "+bearer)
	}
	conn, answer, err := websocket.Dial(t.Context(), "ws"+strings.TrimPrefix(base, "http")+path, &websocket.DialOptions{HTTPHeader: header})
	if err != nil {
		if answer == nil {
			t.Fatal(err)
		}
		return nil, answer.StatusCode
	}
	t.Cleanup(func() { conn.CloseNow() })
	if err := conn.Write(t.Context(), websocket.MessageText, []byte(`{"protocol":"messagepack","version":1}`+"\x1e")); err != nil {
		t.Fatal(err)
	}
	if got := read(t, conn); string(got) != "{}\x1e" {
		t.Fatalf("greeted with %q", got)
	}
	return conn, http.StatusSwitchingProtocols
}

func read(t *testing.T, conn *websocket.Conn) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	_, b, err := conn.Read(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// ended reads to the end of a socket.
func ended(t *testing.T, conn *websocket.Conn) (frames []byte) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		_, b, err := conn.Read(ctx)
		if ctx.Err() != nil {
			t.Fatal("the socket is still open")
		}
		if err != nil {
			return frames
		}
		frames = append(frames, b...)
	}
}

const hub = "/notifications/hub"

func TestOnlyAccountsOpenSockets(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		base := w.Serve(t)
		for name, tt := range map[string]struct {
			path, bearer string
			want         int
		}{
			"by query":               {hub + "?access_token=" + w.User.Token, "", 101},
			"by header":              {hub, w.User.Token, 101},
			"without a token":        {hub, "", 401},
			"forged":                 {hub + "?access_token=x" + w.User.Token, "", 401},
			"of an organization":     {hub + "?access_token=" + w.Key.Token, "", 401},
			"of a program":           {hub, w.Program.Token, 401},
			"refresh token":          {hub, w.User.Refresh, 401},
			"anonymous, no request":  {"/notifications/anonymous-hub", "", 404},
			"anonymous, no id":       {"/notifications/anonymous-hub?Token=x", "", 404},
			"anonymous, none waits":  {"/notifications/anonymous-hub?Token=" + w.User.ID, "", 404},
			"a route that has none":  {"/api/accounts/profile", "", 401},
			"a token in its address": {"/api/accounts/profile?access_token=" + w.User.Token, "", 401},
		} {
			t.Run(name, func(t *testing.T) {
				if _, got := dial(t, base, tt.path, tt.bearer); got != tt.want {
					t.Errorf("status %d, want %d", got, tt.want)
				}
			})
		}
	})
}

func TestASocketEndsWithItsLogIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := apitest.Start(t, d)
		base := s.Serve(t)
		for name, end := range map[string]func(p *apitest.Person){
			"log-out everywhere": func(p *apitest.Person) {
				s.Must(t, p, "POST", "/api/accounts/security-stamp", map[string]any{"masterPasswordHash": p.Password})
			},
			"account deleted": func(p *apitest.Person) {
				s.Must(t, p, "DELETE", "/api/accounts", map[string]any{"masterPasswordHash": p.Password})
			},
			"device removed": func(p *apitest.Person) {
				device := s.Must(t, p, "GET", "/api/devices/identifier/"+p.Device, nil).Text(t, "id")
				s.Must(t, p, "DELETE", "/api/devices/"+device, nil)
			},
		} {
			t.Run(name, func(t *testing.T) {
				p := s.Register(t, name, url.PathEscape(strings.ReplaceAll(name, " ", "."))+"@example.test", nil)
				conn, status := dial(t, base, hub, p.Token)
				if status != 101 {
					t.Fatalf("status %d", status)
				}
				end(p)
				if frames := ended(t, conn); !bytes.Contains(frames, []byte("UserId")) || !bytes.HasSuffix(frames, []byte{4, 0x93, 7, 0xc0, 0xc2}) {
					t.Errorf("the app was told %q", frames)
				}
				if _, status := dial(t, base, hub, p.Token); status != 401 {
					t.Errorf("the token opens a socket again: %d", status)
				}
			})
		}
	})
}

// TestSomebodyWithoutRightsHearsNothing is about an item of an organization, and one of
// its members who was revoked.
func TestSomebodyWithoutRightsHearsNothing(t *testing.T) {
	w := apitest.NewWorld(t, dbtest.SQLite(t))
	base := w.Serve(t)
	owner, _ := dial(t, base, hub, w.Owner.Token)
	revoked, _ := dial(t, base, hub, w.Revoked.Token)
	item := w.NewOrgItem()
	for {
		if frame := read(t, owner); bytes.Contains(frame, []byte(item)) {
			break
		}
	}
	w.Must(t, w.Revoked, "POST", "/api/accounts/security-stamp", map[string]any{"masterPasswordHash": w.Revoked.Password})
	if frames := ended(t, revoked); bytes.Contains(frames, []byte(item)) {
		t.Errorf("told %q", frames)
	}
}

// output is a log that can be read while it is written.
type output struct {
	sync.Mutex
	bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.Lock()
	defer o.Unlock()
	return o.Buffer.Write(b)
}

func TestNoTokenIsLogged(t *testing.T) {
	s := apitest.Start(t, dbtest.SQLite(t))
	p := s.Register(t, "person", "person@example.test", nil)
	log := &output{}
	s.Base.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	parts, err := app.Compose(t.Context(), s.Base)
	if err != nil {
		t.Fatal(err)
	}
	s.Workers = parts.Workers
	if s.Handler, err = app.Handler(s.Base, parts); err != nil {
		t.Fatal(err)
	}
	base := s.Serve(t)
	dial(t, base, hub+"?access_token="+p.Token, "")
	dial(t, base, hub+"?access_token=wrong", "")
	dial(t, base, "/notifications/anonymous-hub?Token="+p.ID, "")
	log.Lock()
	defer log.Unlock()
	text := log.String()
	for _, secret := range []string{p.Token, "wrong", p.ID + "\"", "Token="} {
		if strings.Contains(text, secret) {
			t.Errorf("%s is in the log:\n%s", secret, text)
		}
	}
	for _, want := range []string{"route=/notifications/hub status=101", "route=/notifications/hub status=401", "route=/notifications/anonymous-hub status=404"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the log:\n%s", want, text)
		}
	}
}
