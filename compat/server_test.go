//go:build compat

package compat

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// server is the real binary with a data folder of its own, restartable.
type server struct {
	t    testing.TB
	dir  string
	port int
	db   string // URL of a PostgreSQL database; empty for SQLite in dir
	env  []string

	cmd  *exec.Cmd
	gone chan error
	log  lockedBuffer
	http *http.Client // trusts the server's own authority
}

func startServer(t testing.TB, db string, env ...string) *server {
	t.Helper()
	s := &server{t: t, dir: t.TempDir(), port: freePort(t), db: db, env: env}
	s.start()
	t.Cleanup(func() {
		s.stop(syscall.SIGTERM)
		if t.Failed() {
			t.Logf("the server said:\n%s", s.log.String())
		}
	})
	return s
}

// url has no trailing slash, as clients want it.
func (s *server) url() string { return fmt.Sprintf("https://localhost:%d", s.port) }

// ca is the certificate that clients have to trust.
func (s *server) ca() string { return filepath.Join(s.dir, "tls", "ca.crt") }

// start begins the process and returns when it answers.
func (s *server) start() {
	s.t.Helper()
	s.cmd = exec.Command(binary(s.t), "serve")
	s.cmd.Dir = s.dir
	s.cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + s.dir,
		"KASTELLAN_DATA_DIR=" + s.dir,
		"KASTELLAN_DATABASE_URL=" + s.db,
		"KASTELLAN_LISTEN=",
		fmt.Sprintf("KASTELLAN_LISTEN_TLS=localhost:%d", s.port),
		"KASTELLAN_PUBLIC_URL=" + s.url(),
		"KASTELLAN_REGISTRATION=open",
	}, s.env...)
	s.cmd.Stdout, s.cmd.Stderr = &s.log, &s.log
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	gone, cmd := make(chan error, 1), s.cmd
	go func() { gone <- cmd.Wait() }()
	s.gone = gone
	s.waitReady()
}

func (s *server) waitReady() {
	s.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		select {
		case err := <-s.gone:
			s.t.Fatalf("the server ended before it answered: %v\n%s", err, s.log.String())
		case <-time.After(10 * time.Millisecond):
		}
		if s.http == nil {
			s.http = trusting(s.ca())
		}
		if s.http != nil && s.alive() {
			return
		}
	}
	s.t.Fatalf("the server does not answer:\n%s", s.log.String())
}

func (s *server) alive() bool {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url()+"/alive", nil)
	if err != nil {
		return false
	}
	res, err := s.http.Do(req)
	if err != nil {
		return false
	}
	res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// stop ends the process by its own pid and waits until it is gone.
func (s *server) stop(sig os.Signal) {
	if s.cmd == nil {
		return
	}
	s.cmd.Process.Signal(sig)
	select {
	case <-s.gone:
	case <-time.After(30 * time.Second):
		s.cmd.Process.Kill()
		<-s.gone
		s.t.Errorf("the server did not end within 30 s of %v", sig)
	}
	s.cmd = nil
	s.http.CloseIdleConnections()
}

// trusting answers nil as long as the server has not made its authority yet.
func trusting(caFile string) *http.Client {
	pem, err := os.ReadFile(caFile)
	if err != nil {
		return nil
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		return nil
	}
	return &http.Client{Transport: &http.Transport{
		TLSClientConfig:     &tls.Config{RootCAs: roots},
		MaxIdleConnsPerHost: 16,
	}}
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

var buildOnce = sync.OnceValues(func() (string, error) {
	if bin := os.Getenv("TEST_BINARY"); bin != "" {
		return bin, nil
	}
	dir, err := os.MkdirTemp("", "kastellan-compat")
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "kastellan")
	build := exec.Command("go", "build", "-o", bin, "../cmd/kastellan")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the binary: %w\n%s", err, out)
	}
	return bin, nil
})

// binary is what TEST_BINARY names, or else is built once per run.
func binary(t testing.TB) string {
	t.Helper()
	bin, err := buildOnce()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

func TestMain(m *testing.M) {
	code := m.Run()
	if bin, err := buildOnce(); err == nil && os.Getenv("TEST_BINARY") == "" {
		os.RemoveAll(filepath.Dir(bin))
	}
	os.Exit(code)
}

// lockedBuffer takes the process's output while the test reads it.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
