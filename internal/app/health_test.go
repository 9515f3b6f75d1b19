package app

import (
	"context"
	"net/http/httptest"
	"testing"
)

// TestReadyzSaysWhatIsAway: a node without its bus still does its work, and must not be
// taken out of service together with all others.
func TestReadyzSaysWhatIsAway(t *testing.T) {
	for what, want := range map[string]string{"": "ok\n", "no bus": "ok, but degraded: no bus\n"} {
		h := &health{ready: func(context.Context) error { return nil }, degraded: func() string { return what }}
		w := httptest.NewRecorder()
		h.readyz(w, httptest.NewRequest("GET", "/readyz", nil))
		if w.Code != 200 || w.Body.String() != want {
			t.Errorf("%d %q, want %q", w.Code, w.Body, want)
		}
	}
}
