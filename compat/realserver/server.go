package realserver

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

// Server is the real binary with a data folder of its own. It can be stopped and started again.
type Server struct {
	t    testing.TB
	Dir  string
	port int
	db   string // URL of a PostgreSQL database; empty for SQLite in dir
	env  []string

	cmd  *exec.Cmd
	gone chan error
	Log  Output       // what the process printed
	HTTP *http.Client // trusts the server's own authority
}

// Start runs a server for as long as the test lives. db is the URL of a PostgreSQL
// database, or empty for SQLite; env adds or overrides settings.
func Start(t testing.TB, db string, env ...string) *Server {
	t.Helper()
	s := &Server{t: t, Dir: t.TempDir(), port: FreePort(t), db: db, env: env}
	s.Start()
	t.Cleanup(func() {
		s.Stop(syscall.SIGTERM)
		if t.Failed() {
			t.Logf("the server said:\n%s", s.Log.String())
		}
	})
	return s
}

// URL has no trailing slash, as clients want it.
func (s *Server) URL() string { return fmt.Sprintf("https://localhost:%d", s.port) }

// CA is the certificate that clients have to trust.
func (s *Server) CA() string { return filepath.Join(s.Dir, "tls", "ca.crt") }

// PID is the process as the kernel knows it.
func (s *Server) PID() int { return s.cmd.Process.Pid }

// Start begins the process, returns when it answers, and says how long that took.
func (s *Server) Start() time.Duration {
	s.t.Helper()
	begun := time.Now()
	s.cmd = exec.Command(binary(s.t), "serve")
	s.cmd.Dir = s.Dir
	s.cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + s.Dir,
		"KASTELLAN_DATA_DIR=" + s.Dir,
		"KASTELLAN_DATABASE_URL=" + s.db,
		"KASTELLAN_LISTEN=",
		fmt.Sprintf("KASTELLAN_LISTEN_TLS=localhost:%d", s.port),
		"KASTELLAN_PUBLIC_URL=" + s.URL(),
		"KASTELLAN_REGISTRATION=open",
	}, s.env...)
	s.cmd.Stdout, s.cmd.Stderr = &s.Log, &s.Log
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	gone, cmd := make(chan error, 1), s.cmd
	go func() { gone <- cmd.Wait() }()
	s.gone = gone
	s.waitReady()
	return time.Since(begun)
}

func (s *Server) waitReady() {
	s.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		select {
		case err := <-s.gone:
			s.t.Fatalf("the server ended before it answered: %v\n%s", err, s.Log.String())
		case <-time.After(2 * time.Millisecond):
		}
		if s.HTTP == nil {
			s.HTTP = trusting(s.CA())
		}
		if s.HTTP != nil && s.alive() {
			return
		}
	}
	s.t.Fatalf("the server does not answer:\n%s", s.Log.String())
}

func (s *Server) alive() bool {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL()+"/alive", nil)
	if err != nil {
		return false
	}
	res, err := s.HTTP.Do(req)
	if err != nil {
		return false
	}
	res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// Stop ends the process by its own pid and waits until it is gone.
func (s *Server) Stop(sig os.Signal) {
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
	s.HTTP.CloseIdleConnections()
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
		// Shorter than the server's own limit: it must not close a connection that is just being taken up again.
		IdleConnTimeout: 5 * time.Second,
	}}
}

// FreePort is a port of the loopback address that nobody listens on just now.
func FreePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// binary is the program that `make` has built and named in TEST_BINARY.
func binary(t testing.TB) string {
	t.Helper()
	bin := os.Getenv("TEST_BINARY")
	if bin == "" {
		t.Fatal("TEST_BINARY names no binary: run these tests through make")
	}
	return bin
}

// Output takes the process's output while the test reads it.
type Output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *Output) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *Output) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
