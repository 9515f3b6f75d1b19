package app

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestClientAddress(t *testing.T) {
	trusted := proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	tests := map[string]struct {
		peer      string
		forwarded []string
		want      string
	}{
		"direct":                        {"192.0.2.1:5000", nil, "192.0.2.1"},
		"direct, claims to be another":  {"192.0.2.1:5000", []string{"198.51.100.9"}, "192.0.2.1"},
		"by a proxy":                    {"10.0.0.1:5000", []string{"192.0.2.1"}, "192.0.2.1"},
		"by two proxies":                {"10.0.0.1:5000", []string{"192.0.2.1, 10.0.0.2"}, "192.0.2.1"},
		"by a proxy, with a claim":      {"10.0.0.1:5000", []string{"198.51.100.9, 192.0.2.1"}, "192.0.2.1"},
		"the claim in a second header":  {"10.0.0.1:5000", []string{"198.51.100.9", "192.0.2.1"}, "192.0.2.1"},
		"by a proxy that adds nothing":  {"10.0.0.1:5000", nil, "10.0.0.1"},
		"by a proxy, rubbish":           {"10.0.0.1:5000", []string{"192.0.2.1, unknown"}, "10.0.0.1"},
		"proxy over IPv6":               {"[::1]:5000", []string{"2001:db8::7"}, "2001:db8::7"},
		"proxy as mapped address":       {"[::ffff:10.0.0.1]:5000", []string{"192.0.2.1"}, "192.0.2.1"},
		"mapped address, not a proxy":   {"[::ffff:192.0.2.1]:5000", []string{"198.51.100.9"}, "192.0.2.1"},
		"link-local address has a zone": {"[fe80::1%eth0]:5000", nil, "fe80::1"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RemoteAddr = tt.peer
			r.Header["X-Forwarded-For"] = tt.forwarded
			if got := trusted.client(r).String(); got != tt.want {
				t.Errorf("client = %s, want %s", got, tt.want)
			}
		})
	}
}

func TestEncrypted(t *testing.T) {
	trusted := proxies{netip.MustParsePrefix("10.0.0.0/8")}
	tests := map[string]struct {
		peer, proto string
		tls, want   bool
	}{
		"TLS here":            {"192.0.2.1:1", "", true, true},
		"clear":               {"192.0.2.1:1", "", false, false},
		"TLS at the proxy":    {"10.0.0.1:1", "https", false, true},
		"clear at the proxy":  {"10.0.0.1:1", "http", false, false},
		"claim of a stranger": {"192.0.2.1:1", "https", false, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RemoteAddr = tt.peer
			r.Header.Set("X-Forwarded-Proto", tt.proto)
			if tt.tls {
				r.TLS = &tls.ConnectionState{}
			}
			if got := trusted.encrypted(r); got != tt.want {
				t.Errorf("encrypted = %v, want %v", got, tt.want)
			}
		})
	}
}
