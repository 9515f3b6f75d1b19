package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/internal/app"
)

// Invented people read no letters: a server that the demo starts sends none,
// whatever the settings say, so that it shows their invitation links.
func TestDemoRunsTheServerWithoutMail(t *testing.T) {
	w := composed()
	filled := false
	w.fillDemo = func(ctx context.Context, baseURL string, h *http.Client, _ string, _ io.Writer) (string, error) {
		filled = true
		c, err := client.New(baseURL, h)
		if err != nil {
			return "", err
		}
		config, err := c.Config(ctx)
		if err != nil {
			return "", err
		}
		if config.Kastellan == nil || config.Kastellan.Mail {
			t.Errorf("the server says %+v, want one without mail", config.Kastellan)
		}
		return "", nil
	}
	w.setPlans = func(context.Context, app.Base, string, int, int) error { return nil }
	args := []string{
		"demo", "--data-dir=" + t.TempDir(), "--listen=" + freeAddress(t), "--listen-tls=", "--public-url=http://localhost",
		"--smtp-host=mail.example.test", "--smtp-from=vault@example.test",
	}
	if status := run(t.Context(), args, nil, console{io.Discard, t.Output()}, w); status != 0 || !filled {
		t.Errorf("status %d, filled %v; want 0 and true", status, filled)
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return fmt.Sprint(ln.Addr())
}
