package app

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/wire"
)

// health answers those who watch the process.
type health struct {
	ready    func(ctx context.Context) error // asks what the server depends on
	degraded func() string                   // what else is away; nil for nothing
	stopping atomic.Bool
}

// healthPaths: /livez says that the process answers, /readyz that it can do its
// work; the others are what official clients and their probes ask.
var healthPaths = map[string]func(*health, http.ResponseWriter, *http.Request){
	"/livez":          (*health).live,
	"/readyz":         (*health).readyz,
	"/alive":          (*health).alive,
	"/now":            (*health).alive,
	"/api/alive":      (*health).alive,
	"/api/now":        (*health).alive,
	"/identity/alive": (*health).alive,
	"/identity/now":   (*health).alive,
}

func (h *health) live(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok\n") }

// readyz turns away load balancers as soon as a stop is asked for, while
// requests in flight still finish.
func (h *health) readyz(w http.ResponseWriter, r *http.Request) {
	if h.stopping.Load() {
		plain(w, http.StatusServiceUnavailable, "stopping\n")
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	if err := h.ready(ctx); err != nil {
		wire.Fail(w, r, fault.Wrap(fault.Unavailable, "The database does not answer.", err))
		return
	}
	if h.degraded != nil {
		// All nodes would be turned away at once, and each still does its work.
		if what := h.degraded(); what != "" {
			plain(w, http.StatusOK, "ok, but degraded: "+what+"\n")
			return
		}
	}
	plain(w, http.StatusOK, "ok\n")
}

func (h *health) alive(w http.ResponseWriter, _ *http.Request) {
	wire.JSONStatus(w, http.StatusOK, wire.Date(time.Now()))
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}
