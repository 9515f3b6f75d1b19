package web

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// contentPolicy is what the app's page may do. Scripts come from files of this
// origin only; Argon2id is WebAssembly; the one Trusted Types policy is the app's own.
func contentPolicy(publicURL string) string {
	connect := "'self'"
	if u, err := url.Parse(publicURL); err == nil && u.Scheme == "https" {
		// Safari before 15.4 does not count sockets as 'self'.
		connect += " wss://" + u.Host
	}
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self' 'wasm-unsafe-eval'",
		"style-src 'self'",
		"img-src 'self' data:",
		"font-src 'self'",
		"connect-src " + connect,
		"worker-src 'self'",
		"manifest-src 'self'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
		"form-action 'self'",
		"require-trusted-types-for 'script'",
		"trusted-types default kastellan",
	}, "; ")
}

// answerPolicy is for everything that is not the app: an answer of the API that
// somebody opens as a page can do nothing.
const answerPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

// Protect sets the headers that every answer carries. encrypted tells whether the
// caller's connection is, here or at a trusted proxy.
func Protect(next http.Handler, encrypted func(*http.Request) bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", answerPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		if encrypted(r) && !loopbackHost(r.Host) {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// loopbackHost is for HSTS: it holds for a host whatever the port, so that
// https://localhost:8443 would cut its user off from http://localhost:8080.
func loopbackHost(host string) bool {
	name := (&url.URL{Host: host}).Hostname()
	addr, err := netip.ParseAddr(name)
	return name == "localhost" || strings.HasSuffix(name, ".localhost") || (err == nil && addr.IsLoopback())
}
