package app

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/reqctx"
)

// observed serves one request and gives the answer and the log lines.
func observed(t *testing.T, h http.Handler, r *http.Request) (*httptest.ResponseRecorder, []map[string]any) {
	t.Helper()
	var log bytes.Buffer
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, nil)))
	defer slog.SetDefault(old)
	w := httptest.NewRecorder()
	observe(h, nil, slog.Default()).ServeHTTP(w, r)
	var lines []map[string]any
	for dec := json.NewDecoder(&log); ; {
		var line map[string]any
		if err := dec.Decode(&line); err == io.EOF {
			return w, lines
		} else if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
}

func TestOneLinePerRequest(t *testing.T) {
	api := chi.NewRouter()
	api.Put("/api/ciphers/{id}", func(w http.ResponseWriter, r *http.Request) {
		ctx := reqctx.WithActor(r.Context(), reqctx.Actor{User: "the-user"})
		reqctx.Note(ctx, slog.String("cipher", "the-cipher"))
		w.WriteHeader(http.StatusConflict)
		_, _ = io.WriteString(w, "stale")
	})
	r := httptest.NewRequest(http.MethodPut, "/api/ciphers/1234?token=hunter2", strings.NewReader(`{"key":"hunter2"}`))
	r.RemoteAddr = "192.0.2.1:999"
	r.Header.Set("Authorization", "Bearer hunter2")
	r.Header.Set("Device-Type", "8")
	r.Header.Set("Bitwarden-Client-Name", "cli\n"+strings.Repeat("x", 99))
	r.Header.Set("Bitwarden-Client-Version", "2026.9.0")
	w, lines := observed(t, api, r)
	if len(lines) != 1 {
		t.Fatalf("%d lines: %v", len(lines), lines)
	}
	got := lines[0]
	if id := w.Header().Get("X-Request-Id"); got["request_id"] != id || len(id) != 16 {
		t.Errorf("request_id = %v, header %q", got["request_id"], id)
	}
	for _, varying := range []string{"time", "duration", "request_id"} {
		if got[varying] == nil {
			t.Errorf("%s is missing", varying)
		}
		delete(got, varying)
	}
	want := map[string]any{
		"level": "INFO", "msg": "request", "method": "PUT", "route": "/api/ciphers/{id}", "status": 409.0, "bytes": 5.0,
		"address": "192.0.2.1", "device_type": 8.0, "client": "cli" + strings.Repeat("x", 29), "client_version": "2026.9.0",
		"actor": "the-user", "cipher": "the-cipher",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Whoever acted without an account is named, too.
func TestTheLineNamesPrograms(t *testing.T) {
	for name, actor := range map[string]reqctx.Actor{
		"actor_organization": {Org: "o"}, "actor_provider_key": {Provider: "p", ProviderKey: "k"},
	} {
		h := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { reqctx.WithActor(r.Context(), actor) })
		_, lines := observed(t, h, httptest.NewRequest(http.MethodGet, "/api/public/members", nil))
		if got, want := lines[0][name], string(actor.Org)+string(actor.ProviderKey); got != want || lines[0]["actor"] != nil {
			t.Errorf("%s is %v, want %s", name, got, want)
		}
	}
}

func TestPanicAnswersWithTheRequestsID(t *testing.T) {
	h := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("inside") })
	w, lines := observed(t, h, httptest.NewRequest(http.MethodGet, "/api/sync", nil))
	var body struct{ Object, Message string }
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
		t.Fatal(err)
	}
	id := w.Header().Get("X-Request-Id")
	if w.Code != 500 || body.Object != "error" || !strings.Contains(body.Message, id) {
		t.Errorf("answer = %d %+v, want the id %s in it", w.Code, body, id)
	}
	if strings.Contains(w.Body.String(), "inside") {
		t.Error("the panic's text went out")
	}
	if len(lines) != 2 || lines[0]["request_id"] != id || !strings.Contains(lines[0]["error"].(string), "request_test.go") || lines[1]["status"] != 500.0 {
		t.Errorf("log = %v", lines)
	}
}

func TestPanicInTheMiddleCutsTheConnection(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"object":"list","data":[`)
		_ = http.NewResponseController(w).Flush()
		panic("inside")
	})
	srv := httptest.NewServer(observe(h, nil, slog.New(slog.DiscardHandler)))
	defer srv.Close()
	srv.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	res, err := http.Get(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if b, err := io.ReadAll(res.Body); err == nil {
		t.Errorf("half an answer passes for a whole one: %q", b)
	}
}
