package main

import (
	"context"
	"io"
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/kastellan/kastellan/internal/app"
)

// composition is what the commands need of the domains. It is handed to run, so
// that tests of the commands need none.
type composition struct {
	build app.Builder
	// createProvider makes a provider that waits for its first admin and gives the
	// one-time link for them; email binds the link to one address, or is empty.
	createProvider func(ctx context.Context, b app.Base, email string) (link string, err error)
	// fillDemo makes the invented provider through the API at baseURL, beginning
	// with a set-up link, and prints the log-ins.
	fillDemo func(ctx context.Context, baseURL string, h *http.Client, setupLink string, out io.Writer) error
}

func composed() composition {
	return composition{build: func(context.Context, app.Base) (app.Parts, error) {
		api := chi.NewRouter()
		api.NotFound(app.NotFound)
		api.MethodNotAllowed(app.NotFound)
		return app.Parts{API: api}, nil
	}}
}
