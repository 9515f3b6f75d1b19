package live

import (
	"bytes"
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/internal/vectors"
)

// Server is a running server.
type Server struct {
	URL  string
	path string
	env  []string
}

// Run starts a server; settings are further ones, as KASTELLAN_KEY=value.
func Run(t *testing.T, settings ...string) Server {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and runs the server")
	}
	address := freeAddress(t)
	s := Server{URL: "http://" + address, path: build(t)}
	s.env = append(os.Environ(), "KASTELLAN_DATA_DIR="+t.TempDir(), "KASTELLAN_LISTEN="+address, "KASTELLAN_LISTEN_TLS=",
		"KASTELLAN_PUBLIC_URL="+s.URL)
	s.env = append(s.env, settings...)
	// The test's own context ends before its clean-up, which is where the server
	// is asked to stop.
	serve := exec.CommandContext(context.WithoutCancel(t.Context()), s.path, "serve") //nolint:gosec // the binary just built
	serve.Env = s.env
	var log bytes.Buffer
	serve.Stdout, serve.Stderr = &log, &log
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := serve.Process.Signal(os.Interrupt); err != nil {
			t.Errorf("stop the server: %v", err)
		}
		if err := serve.Wait(); err != nil || t.Failed() {
			t.Logf("the server ended with %v and said:\n%s", err, log.String())
		}
	})
	s.await(t)
	return s
}

// SetUpLink makes a provider and returns the link that sets it up.
func (s Server) SetUpLink(t *testing.T) string {
	t.Helper()
	create := exec.CommandContext(t.Context(), s.path, "provider", "create") //nolint:gosec // the binary just built
	create.Env = s.env
	out, err := create.Output()
	if err != nil {
		t.Fatalf("provider create: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// Client returns a client of the server.
func (s Server) Client(t *testing.T) *client.Client {
	t.Helper()
	c, err := client.New(s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (s Server) await(t *testing.T) {
	t.Helper()
	var err error
	for range 200 {
		if _, err = s.Client(t).Config(t.Context()); err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("the server does not answer: %v", err)
}

func build(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "kastellan")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", path, "./cmd/kastellan") //nolint:gosec // path is the test's own directory
	build.Dir = filepath.Dir(vectors.Root())
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return path
}

// freeAddress may be taken by somebody else before the server takes it, which
// ends the test with a clear message.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	return address
}
