package app

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/kastellan/kastellan/internal/config"
	"github.com/kastellan/kastellan/internal/fault"
)

// CheckHealth asks the server that these settings start whether it is ready.
func CheckHealth(ctx context.Context, cfg *config.Config) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	base, client := Client(cfg)
	url := base + "/readyz"
	defer client.CloseIdleConnections()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	res, err := client.Do(req)
	if err != nil {
		return fault.Wrap(fault.Unavailable, "The server does not answer at "+url+".", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(io.LimitReader(res.Body, 1<<10))
		return fault.New(fault.Unavailable, fmt.Sprintf("The server at %s is not ready: %s %s", url, res.Status, body))
	}
	return nil
}

// Client gives the address at which this machine reaches the server that these
// settings start, and an HTTP client for it. Over TLS the client trusts the
// server's own authority besides the system's, and expects the public name,
// whatever address the server listens on.
func Client(cfg *config.Config) (baseURL string, c *http.Client) {
	dialer := &net.Dialer{Timeout: 5 * time.Second}
	if cfg.Listen != "" {
		return "http://" + reachable(cfg.Listen), &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext}}
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if own, err := os.ReadFile(filepath.Join(cfg.DataDir, "tls", "ca.crt")); err == nil {
		pool.AppendCertsFromPEM(own)
	}
	return "https://" + reachable(cfg.ListenTLS), &http.Client{Transport: &http.Transport{
		DialContext:     dialer.DialContext,
		TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: pool, ServerName: cfg.Host()},
	}}
}
