package app

import (
	"context"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/kastellan/kastellan/internal/config"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/wire"
)

// authenticator finds out who a bearer token stands for.
type authenticator func(ctx context.Context, bearer string) (reqctx.Actor, error)

// router mounts routes, older spellings included. Every route but those for
// anyone is behind the check of the token; who exactly may act is the domains' rule.
func router(routes []wire.Route, authenticate authenticator, cfg *config.Config) http.Handler {
	mux := chi.NewRouter()
	mux.NotFound(NotFound)
	mux.MethodNotAllowed(NotFound)
	for _, r := range routes {
		h := wire.Adapt(r.Handle)
		switch r.Who {
		case wire.Anyone, wire.SendRecipient: // whose token only package send can read
		case wire.OrgKey:
			h = wire.AdaptPublic(loggedIn(authenticate, isOrg, r.Handle))
		case wire.ProviderKey:
			h = wire.AdaptPublic(loggedIn(authenticate, isProgram, r.Handle))
		default:
			h = wire.Adapt(loggedIn(authenticate, isAccount, r.Handle))
		}
		if r.Socket {
			h = tokenFromQuery(h)
		}
		h = bounded(h, bodyLimit(r, cfg))
		mux.Method(r.Method, r.Path, h)
		for _, older := range r.Also {
			method, path, _ := strings.Cut(older, " ")
			mux.Method(method, path, h)
		}
	}
	return mux
}

// bodyLimit is how many bytes a request to a route may bring.
func bodyLimit(r wire.Route, cfg *config.Config) int64 {
	if r.Upload {
		const form = 1 << 20 // what a form has around its file
		return int64(cfg.MaxUpload) + form
	}
	return int64(cfg.MaxRequest)
}

func bounded(h http.Handler, limit int64) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		h.ServeHTTP(w, r)
	})
}

// tokenFromQuery puts a token where all other requests have it. Logs name the route of a
// request and never its query.
func tokenFromQuery(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if bearer := r.URL.Query().Get("access_token"); bearer != "" && r.Header.Get("Authorization") == "" {
			r.Header.Set("Authorization", "Bearer "+bearer)
		}
		h.ServeHTTP(w, r)
	})
}

// Tokens of organizations open the Public API and nothing else, those of programs
// of providers the Provider API; those of accounts everything else.
func isOrg(a reqctx.Actor) bool     { return a.Org != "" && a.User == "" && a.ProviderKey == "" }
func isProgram(a reqctx.Actor) bool { return a.ProviderKey != "" && a.User == "" && a.Org == "" }
func isAccount(a reqctx.Actor) bool { return a.User != "" && a.Org == "" && a.ProviderKey == "" }

func loggedIn(authenticate authenticator, right func(reqctx.Actor) bool, next wire.Handler) wire.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		scheme, bearer, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(scheme, "Bearer") || bearer == "" {
			return fault.New(fault.Unauthenticated, "Please log in.")
		}
		actor, err := authenticate(r.Context(), bearer)
		if err != nil {
			return err
		}
		if !right(actor) {
			return fault.New(fault.Unauthenticated, "Please log in.")
		}
		return next(w, r.WithContext(reqctx.WithActor(r.Context(), actor)))
	}
}
