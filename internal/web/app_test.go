package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func newApp(t *testing.T) *App {
	t.Helper()
	a, err := Load(fstest.MapFS{
		"index.html":             {Data: []byte("<title>page</title>")},
		"index.html.br":          {Data: []byte("page as brotli")},
		"favicon.svg":            {Data: []byte("<svg/>")},
		"assets/app-1234.js":     {Data: []byte("plain script")},
		"assets/app-1234.js.br":  {Data: []byte("script as brotli")},
		"assets/app-1234.js.gz":  {Data: []byte("script as gzip")},
		"assets/argon-9.wasm":    {Data: []byte("\x00asm")},
		"assets/lonely-77.js.gz": {Data: []byte("no variant: nothing to be one of")},
	}, "https://vault.example.com")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestServe(t *testing.T) {
	const forever, never = "public, max-age=31536000, immutable", "no-cache"
	tests := map[string]struct {
		path, accept                      string
		status                            int
		body, mediaType, encoding, caches string
	}{
		"page":                 {"/", "", 200, "<title>page</title>", "text/html; charset=utf-8", "", never},
		"page in brotli":       {"/", "gzip, br", 200, "page as brotli", "text/html; charset=utf-8", "br", never},
		"route of the app":     {"/vault/items", "", 200, "<title>page</title>", "text/html; charset=utf-8", "", never},
		"climbing out":         {"/../../etc/passwd", "", 200, "<title>page</title>", "text/html; charset=utf-8", "", never},
		"file":                 {"/favicon.svg", "br", 200, "<svg/>", "image/svg+xml", "", never},
		"asset":                {"/assets/app-1234.js", "", 200, "plain script", "text/javascript; charset=utf-8", "", forever},
		"asset, smallest":      {"/assets/app-1234.js", "gzip, deflate, br, zstd", 200, "script as brotli", "text/javascript; charset=utf-8", "br", forever},
		"asset, gzip only":     {"/assets/app-1234.js", "gzip", 200, "script as gzip", "text/javascript; charset=utf-8", "gzip", forever},
		"asset, brotli barred": {"/assets/app-1234.js", "*, br;q=0", 200, "script as gzip", "text/javascript; charset=utf-8", "gzip", forever},
		"asset, anything":      {"/assets/app-1234.js", "*", 200, "script as brotli", "text/javascript; charset=utf-8", "br", forever},
		"wasm":                 {"/assets/argon-9.wasm", "br", 200, "\x00asm", "application/wasm", "", forever},
		"asset of yesterday":   {"/assets/app-0000.js", "", 404, "There is no such file. Please reload the page.\n", "text/plain; charset=utf-8", "", ""},
		"variant by name":      {"/assets/app-1234.js.br", "", 404, "There is no such file. Please reload the page.\n", "text/plain; charset=utf-8", "", ""},
	}
	app := newApp(t)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.URL.Path = tt.path
			r.Header.Set("Accept-Encoding", tt.accept)
			w := httptest.NewRecorder()
			app.ServeHTTP(w, r)
			if w.Code != tt.status || w.Body.String() != tt.body {
				t.Errorf("answer = %d %q, want %d %q", w.Code, w.Body, tt.status, tt.body)
			}
			for header, want := range map[string]string{"Content-Type": tt.mediaType, "Content-Encoding": tt.encoding, "Cache-Control": tt.caches} {
				if got := w.Header().Get(header); got != want {
					t.Errorf("%s = %q, want %q", header, got, want)
				}
			}
		})
	}
}

func TestUnchangedFileIsNotSentAgain(t *testing.T) {
	app := newApp(t)
	get := func(etag, accept string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("If-None-Match", etag)
		r.Header.Set("Accept-Encoding", accept)
		w := httptest.NewRecorder()
		app.ServeHTTP(w, r)
		return w
	}
	etag := get("", "br").Header().Get("ETag")
	if w := get(etag, "br"); w.Code != http.StatusNotModified || w.Body.Len() != 0 {
		t.Errorf("same encoding: %d with %d bytes", w.Code, w.Body.Len())
	}
	if w := get(etag, ""); w.Code != http.StatusOK {
		t.Errorf("other encoding under the same tag: %d", w.Code)
	}
}

func TestOnlyReadingMethods(t *testing.T) {
	w := httptest.NewRecorder()
	newApp(t).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", strings.NewReader("x")))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("status = %d", w.Code)
	}
}

func TestPageMayOnlyRunItsOwnFiles(t *testing.T) {
	w := httptest.NewRecorder()
	newApp(t).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	policy := w.Header().Get("Content-Security-Policy")
	for _, want := range []string{
		"default-src 'none'", "script-src 'self' 'wasm-unsafe-eval';", "style-src 'self';", "connect-src 'self' wss://vault.example.com;",
		"frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "require-trusted-types-for 'script'", "trusted-types default kastellan",
	} {
		if !strings.Contains(policy, want) {
			t.Errorf("policy lacks %q: %s", want, policy)
		}
	}
	for _, never := range []string{"unsafe-inline", "'unsafe-eval'", "*", "http:"} {
		if strings.Contains(policy, never) {
			t.Errorf("policy has %q: %s", never, policy)
		}
	}
}

func TestProtect(t *testing.T) {
	tests := map[string]struct {
		host      string
		encrypted bool
		hsts      string
	}{
		"in the clear": {"vault.example.com", false, ""},
		"encrypted":    {"vault.example.com:8443", true, "max-age=31536000"},
		"localhost":    {"localhost:8443", true, ""},
		"loopback":     {"127.0.0.1:8443", true, ""},
		"loopback 6":   {"[::1]:8443", true, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/api/config", nil)
			r.Host = tt.host
			w := httptest.NewRecorder()
			Protect(http.NotFoundHandler(), func(*http.Request) bool { return tt.encrypted }).ServeHTTP(w, r)
			want := map[string]string{
				"Strict-Transport-Security": tt.hsts, "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
				"Referrer-Policy": "no-referrer", "Content-Security-Policy": answerPolicy,
			}
			for header, value := range want {
				if got := w.Header().Get(header); got != value {
					t.Errorf("%s = %q, want %q", header, got, value)
				}
			}
		})
	}
}
