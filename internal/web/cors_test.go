package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestCORS(t *testing.T) {
	tests := map[string]struct {
		origin string
		ok     bool
	}{
		"Chrome":              {"chrome-extension://nngceckbapebfimnlniiiahkandclblb", true},
		"foreign extension":   {"chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false},
		"Firefox":             {"moz-extension://0b2a3e0e-6cde-4f3c-9f0e-2f1f6d7d8a11", true},
		"Firefox, malformed":  {"moz-extension://0b2a3e0e.evil.example", false},
		"Safari":              {"safari-web-extension://0B2A3E0E-6CDE-4F3C-9F0E-2F1F6D7D8A11", true},
		"desktop":             {"bw-desktop-file://bundle", true},
		"older desktop":       {"file://", true},
		"opaque origin":       {"null", false},
		"foreign site":        {"https://evil.example", false},
		"configured":          {"https://web.example.com", true},
		"configured, as part": {"https://web.example.com.evil.example", false},
		"configured, http":    {"http://web.example.com", false},
		"none":                {"", false},
	}
	called := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	h := CORS(called, []string{"https://web.example.com"})
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			for _, method := range []string{http.MethodOptions, http.MethodPost} {
				r := httptest.NewRequest(method, "/api/sync", nil)
				if tt.origin != "" {
					r.Header.Set("Origin", tt.origin)
					if method == http.MethodOptions {
						r.Header.Set("Access-Control-Request-Method", "PUT")
					}
				}
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				want := ""
				if tt.ok {
					want = tt.origin
				}
				if got := w.Header().Get("Access-Control-Allow-Origin"); got != want {
					t.Errorf("%s: allowed origin = %q, want %q", method, got, want)
				}
				if got := w.Header().Get("Access-Control-Allow-Credentials") == "true"; got != tt.ok {
					t.Errorf("%s: credentials allowed = %v, want %v", method, got, tt.ok)
				}
				if got := w.Header().Get("Vary"); got != "Origin" {
					t.Errorf("%s: Vary = %q", method, got)
				}
				wantStatus := http.StatusTeapot
				if method == http.MethodOptions && tt.origin != "" {
					wantStatus = http.StatusNoContent
				}
				if w.Code != wantStatus {
					t.Errorf("%s: status = %d, want %d", method, w.Code, wantStatus)
				}
			}
		})
	}
}

func TestPreflightAllowsEveryHeaderOfTheClients(t *testing.T) {
	r := httptest.NewRequest(http.MethodOptions, "/api/sync", nil)
	r.Header.Set("Origin", "bw-desktop-file://bundle")
	r.Header.Set("Access-Control-Request-Method", "GET")
	w := httptest.NewRecorder()
	CORS(http.NotFoundHandler(), nil).ServeHTTP(w, r)
	got := w.Header().Get("Access-Control-Allow-Headers")
	for _, want := range []string{
		"Authorization", "Device-Type", "Bitwarden-Client-Name", "Bitwarden-Client-Version", "Bitwarden-Package-Type", "Device-Identifier",
		"Is-Prerelease", "Cache-Control", "Pragma", "Content-Type", "X-Request-Email", "X-Device-Identifier", "Auth-Email",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not allowed: %s", want, got)
		}
	}
}
