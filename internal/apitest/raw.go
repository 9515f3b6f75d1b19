package apitest

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/kastellan/kastellan/internal/app"
	"github.com/kastellan/kastellan/internal/db"
)

// Raw calls a route with a body that need not be JSON.
func (s *Server) Raw(t testing.TB, as *Person, method, path string, body []byte) Answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	return s.send(as, r)
}

// WithHeaders calls a route without a body and with more headers.
func (s *Server) WithHeaders(t testing.TB, as *Person, method, path string, headers map[string]string) Answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, http.NoBody)
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	return s.send(as, r)
}

// Forgive gives everybody all their tries back, as time would.
func (s *Server) Forgive(t testing.TB) {
	t.Helper()
	err := s.Base.DB.Update(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), `DELETE FROM rate_limits`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Node is another process on the same database: it remembers nothing.
func (s *Server) Node(t testing.TB) *Server {
	t.Helper()
	parts, err := app.Compose(t.Context(), s.Base)
	if err != nil {
		t.Fatal(err)
	}
	n := &Server{Base: s.Base}
	if n.Handler, err = app.Handler(s.Base, parts); err != nil {
		t.Fatal(err)
	}
	return n
}

// Set changes rows for which there is no route.
func Set(t testing.TB, s *Server, statement string, args ...any) {
	t.Helper()
	err := s.Base.DB.Update(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), statement, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
