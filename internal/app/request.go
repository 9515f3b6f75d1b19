package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/wire"
)

// observe gives each request its id and the description of its caller, writes its
// one log line, and turns a panic into an error answer.
func observe(next http.Handler, trusted proxies, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		requestID := rand.Text()[:16]
		client := clientOf(r, trusted)
		ctx := reqctx.WithClient(reqctx.WithRequestID(r.Context(), requestID), client)
		ctx, record := reqctx.WithRecord(ctx)
		// chi fills in the pattern of the route that it finds.
		route := chi.NewRouteContext()
		r = r.WithContext(context.WithValue(ctx, chi.RouteCtxKey, route))
		sw := &statusWriter{ResponseWriter: w}
		w.Header().Set("X-Request-Id", requestID)
		aborted := serve(next, sw, r) //nolint:contextcheck // the context is in the request
		attrs := []slog.Attr{
			slog.String("request_id", requestID),
			slog.String("method", r.Method),
			slog.String("route", pattern(route, r)),
			slog.Int("status", sw.status()),
			slog.Duration("duration", time.Since(start)),
			slog.Int64("bytes", sw.bytes),
			slog.String("address", client.Addr),
			slog.Int("device_type", client.DeviceType),
			slog.String("client", client.Name),
			slog.String("client_version", client.Version),
		}
		if record.Actor.User != "" {
			attrs = append(attrs, slog.String("actor", string(record.Actor.User)))
		}
		if record.Actor.Org != "" {
			attrs = append(attrs, slog.String("actor_organization", string(record.Actor.Org)))
		}
		if record.Actor.ProviderKey != "" {
			attrs = append(attrs, slog.String("actor_provider_key", string(record.Actor.ProviderKey)))
		}
		log.LogAttrs(ctx, level(sw.status(), r), "request", append(attrs, record.Attrs...)...)
		if aborted {
			panic(http.ErrAbortHandler) // cuts the connection, so that half an answer does not pass for one
		}
	})
}

// serve runs the handler. A panic becomes the answer for unexpected errors, or,
// when part of an answer is out already, true.
func serve(next http.Handler, w *statusWriter, r *http.Request) (aborted bool) {
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		if v == http.ErrAbortHandler { //nolint:errorlint // the value that net/http itself compares
			aborted = true
			return
		}
		err := fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		if w.code != 0 {
			slog.ErrorContext(r.Context(), "request failed", "request_id", reqctx.RequestID(r.Context()), "error", err)
			aborted = true
			return
		}
		wire.Fail(w, r, err)
	}()
	next.ServeHTTP(w, r)
	return false
}

// pattern names the route without ids and queries, which may hold tokens.
func pattern(route *chi.Context, r *http.Request) string {
	if p := route.RoutePattern(); p != "" {
		return p
	}
	if _, ok := healthPaths[r.URL.Path]; ok {
		return r.URL.Path
	}
	if isAPI(r.URL.Path) {
		return "unknown"
	}
	return "web"
}

// Health is asked every few seconds and would drown the rest.
func level(status int, r *http.Request) slog.Level {
	_, health := healthPaths[r.URL.Path]
	switch {
	case status >= 500:
		return slog.LevelError
	case health && status < 400:
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

func clientOf(r *http.Request, trusted proxies) reqctx.Client {
	deviceType, err := strconv.Atoi(r.Header.Get("Device-Type"))
	if err != nil || deviceType < 0 || deviceType > 1000 {
		deviceType = -1
	}
	return reqctx.Client{
		Addr:       trusted.client(r).String(),
		DeviceType: deviceType,
		Name:       said(r.Header.Get("Bitwarden-Client-Name")),
		Version:    said(r.Header.Get("Bitwarden-Client-Version")),
	}
}

// said bounds what a caller says about itself before it is shown or logged.
func said(s string) string {
	s = strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' {
			return -1
		}
		return c
	}, s)
	return s[:min(len(s), 32)]
}

// statusWriter remembers what was answered.
type statusWriter struct {
	http.ResponseWriter
	code  int
	bytes int64
}

func (w *statusWriter) WriteHeader(code int) {
	if w.code == 0 && (code >= 200 || code == http.StatusSwitchingProtocols) {
		w.code = code
	}
	w.ResponseWriter.WriteHeader(code)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if w.code == 0 {
		w.code = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController and sockets reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *statusWriter) status() int {
	if w.code == 0 {
		return http.StatusOK
	}
	return w.code
}
