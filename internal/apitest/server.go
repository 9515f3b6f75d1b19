package apitest

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/kastellan/kastellan/internal/app"
	"github.com/kastellan/kastellan/internal/config"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/passhash"
	"github.com/kastellan/kastellan/internal/wire"
)

// Server is the whole server in this process, without listeners.
type Server struct {
	Handler   http.Handler
	Base      app.Base
	Routes    []wire.Route
	Workers   []app.Worker // that Serve runs
	SetupLink string
	DNS       *Names

	calls atomic.Uint32
}

// Start composes a server on a database; anybody may register.
func Start(t testing.TB, d *db.DB) *Server {
	t.Helper()
	passhash.CheapForTests()
	cfg, err := config.Load(config.Sources{Flags: map[string]string{
		"registration": "open", "data_dir": t.TempDir(), "public_url": "https://vault.example.test",
	}})
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{DNS: &Names{}}
	s.Base = app.Base{
		Config: cfg, DB: d, Secret: bytes.Repeat([]byte{5}, 32), Version: "test", Log: slog.New(slog.DiscardHandler), DNS: s.DNS,
	}
	parts, err := app.Compose(t.Context(), s.Base)
	if err != nil {
		t.Fatal(err)
	}
	s.SetupLink, s.Workers = parts.SetupLink, parts.Workers
	if s.Handler, err = app.Handler(s.Base, parts); err != nil {
		t.Fatal(err)
	}
	if s.Routes, err = app.Routes(s.Base); err != nil {
		t.Fatal(err)
	}
	return s
}

// Query gives the parameters of a link into the web app.
func Query(t testing.TB, link string) url.Values {
	t.Helper()
	_, fragment, _ := strings.Cut(link, "#")
	_, raw, _ := strings.Cut(fragment, "?")
	v, err := url.ParseQuery(raw)
	if err != nil {
		t.Fatalf("link %q: %v", link, err)
	}
	return v
}
