package app

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/config"
	"github.com/kastellan/kastellan/internal/wire"
)

// started is a server that runs on free ports until the test ends.
type started struct {
	cfg  *config.Config
	out  bytes.Buffer
	stop context.CancelFunc
	done chan error
}

func settings(t *testing.T, env ...string) *config.Config {
	t.Helper()
	cfg, err := config.Load(config.Sources{Env: append([]string{
		"KASTELLAN_DATA_DIR=" + filepath.Join(t.TempDir(), "data"), "KASTELLAN_LISTEN=localhost:0", "KASTELLAN_LISTEN_TLS=localhost:0",
	}, env...)})
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func start(t *testing.T, cfg *config.Config, build Builder) *started {
	t.Helper()
	s := &started{cfg: cfg, done: make(chan error, 1)}
	ctx, stop := context.WithCancel(t.Context())
	s.stop = stop
	ready := make(chan struct{})
	go func() {
		s.done <- Run(ctx, cfg, "1.2.3", Console{Out: &s.out, Log: io.Discard}, func(ctx context.Context, b Base) (Parts, error) {
			p, err := build(ctx, b)
			close(ready) // the ports are open; connections wait in line
			return p, err
		})
	}()
	select {
	case <-ready:
	case err := <-s.done:
		t.Fatalf("did not start: %v", err)
	}
	t.Cleanup(stop)
	return s
}

func (s *started) wait(t *testing.T) error {
	t.Helper()
	select {
	case err := <-s.done:
		return err
	case <-time.After(20 * time.Second):
		t.Fatal("still runs")
		return nil
	}
}

func parts(api http.HandlerFunc, workers ...Worker) Builder {
	return func(context.Context, Base) (Parts, error) {
		return Parts{API: api, Workers: workers, SetupLink: "https://localhost/#/setup?token=t0k3n"}, nil
	}
}

func get(t *testing.T, c *http.Client, url string) (int, string, http.Header) {
	t.Helper()
	res, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b), res.Header
}

func TestBothDoorsServeTheSame(t *testing.T) {
	s := start(t, settings(t), parts(NotFound))
	plain, c := Client(s.cfg)
	t.Cleanup(c.CloseIdleConnections)
	encrypted, ec := func() (string, *http.Client) { cfg := *s.cfg; cfg.Listen = ""; return Client(&cfg) }()
	t.Cleanup(ec.CloseIdleConnections)
	for url, client := range map[string]*http.Client{plain: c, encrypted: ec} {
		for path, want := range map[string]int{"/livez": 200, "/readyz": 200, "/": 200, "/some/route": 200, "/api/nothing": 404, "/identity/nothing/": 404, "/apiary": 200} {
			status, body, header := get(t, client, url+path)
			if status != want {
				t.Errorf("%s%s: %d, want %d", url, path, status, want)
			}
			if want == 404 && !strings.Contains(body, `"object":"error","message":"Resource not found."`) {
				t.Errorf("%s%s: %s", url, path, body)
			}
			if header.Get("X-Content-Type-Options") != "nosniff" || header.Get("X-Request-Id") == "" {
				t.Errorf("%s%s: header %v", url, path, header)
			}
		}
		for _, path := range []string{"/alive", "/api/alive", "/identity/alive", "/now", "/api/now"} {
			_, body, _ := get(t, client, url+path)
			var stamp time.Time
			if err := json.Unmarshal([]byte(body), &stamp); err != nil || time.Since(stamp) > time.Minute {
				t.Errorf("%s%s: %q is no present time: %v", url, path, body, err)
			}
		}
	}
	if want := "https://localhost:" + port(s.cfg.ListenTLS); s.cfg.PublicURL != want {
		t.Errorf("public_url = %s, want %s", s.cfg.PublicURL, want)
	}
	s.stop()
	if err := s.wait(t); err != nil {
		t.Error(err)
	}
}

func port(addr string) string { _, p, _ := net.SplitHostPort(addr); return p }

func TestBannerSaysHowToBegin(t *testing.T) {
	s := start(t, settings(t), parts(NotFound))
	s.stop()
	if err := s.wait(t); err != nil {
		t.Fatal(err)
	}
	authority := filepath.Join(s.cfg.DataDir, "tls", "ca.crt")
	for _, want := range []string{
		"Kastellan 1.2.3 runs", "http://" + s.cfg.Listen, s.cfg.PublicURL, "export NODE_EXTRA_CA_CERTS=" + authority, "https://localhost/#/setup?token=t0k3n",
	} {
		if !strings.Contains(s.out.String(), want) {
			t.Errorf("%q is not in\n%s", want, s.out.String())
		}
	}
}

func TestStopLetsRequestsFinishAndJoinsWorkers(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	var workerEnded atomic.Bool
	var requestDone atomic.Bool
	worker := Worker{"slow", func(ctx context.Context) error {
		<-ctx.Done()
		if !requestDone.Load() {
			t.Error("the worker was stopped before the request was done")
		}
		time.Sleep(50 * time.Millisecond)
		workerEnded.Store(true)
		return nil
	}}
	s := start(t, settings(t), parts(func(w http.ResponseWriter, r *http.Request) {
		close(entered)
		<-release
		if r.Context().Err() != nil {
			t.Error("the request's context ended with the server's")
		}
		_, _ = io.WriteString(w, "whole answer")
		requestDone.Store(true)
	}, worker))
	url, c := Client(s.cfg)
	answer := make(chan string, 1)
	go func() {
		res, err := c.Get(url + "/api/slow")
		if err != nil {
			answer <- err.Error()
			return
		}
		defer res.Body.Close()
		b, _ := io.ReadAll(res.Body)
		answer <- string(b)
	}()
	<-entered
	s.stop()
	eventually(t, "new connections are refused", func() bool {
		conn, err := net.Dial("tcp", s.cfg.Listen)
		if err == nil {
			conn.Close()
		}
		return err != nil
	})
	close(release)
	if got := <-answer; got != "whole answer" {
		t.Errorf("answer = %q", got)
	}
	if err := s.wait(t); err != nil {
		t.Error(err)
	}
	if !workerEnded.Load() {
		t.Error("the worker was not waited for")
	}
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 200 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("never: %s", what)
}

func TestRequestsThatDoNotFinishAreCutOff(t *testing.T) {
	entered := make(chan struct{})
	s := start(t, settings(t, "KASTELLAN_SHUTDOWN_TIMEOUT=1s"), parts(func(_ http.ResponseWriter, r *http.Request) {
		close(entered)
		<-r.Context().Done()
	}))
	url, c := Client(s.cfg)
	go func() {
		if res, err := c.Get(url + "/api/forever"); err == nil {
			res.Body.Close()
		}
	}()
	<-entered
	s.stop()
	if err := s.wait(t); err == nil || !strings.Contains(err.Error(), "were cut off") {
		t.Errorf("err = %v", err)
	}
}

func TestFailedWorkerStopsTheServer(t *testing.T) {
	s := start(t, settings(t), parts(NotFound, Worker{"purge", func(context.Context) error { return errors.New("broken") }}))
	if err := s.wait(t); err == nil || !strings.Contains(err.Error(), "background worker purge: broken") {
		t.Errorf("err = %v", err)
	}
}

func TestLargeRequestIsRefusedUnlessItBringsAFile(t *testing.T) {
	cfg := settings(t, "KASTELLAN_MAX_REQUEST=1MiB")
	read := make(chan error, 1)
	drain := func(_ http.ResponseWriter, r *http.Request) error {
		_, err := io.Copy(io.Discard, r.Body)
		read <- err
		return nil
	}
	api := router([]wire.Route{
		{Method: "POST", Path: "/api/ciphers/import", Who: wire.Anyone, Handle: drain},
		{Method: "POST", Path: "/api/file", Who: wire.Anyone, Handle: drain, Upload: true},
	}, nil, cfg)
	s := start(t, cfg, parts(api.ServeHTTP))
	url, c := Client(s.cfg)
	for path, large := range map[string]bool{"/api/ciphers/import": true, "/api/file": false} {
		res, err := c.Post(url+path, "application/json", bytes.NewReader(make([]byte, 2<<20)))
		if err == nil {
			res.Body.Close()
		}
		if _, refused := errors.AsType[*http.MaxBytesError](<-read); refused != large {
			t.Errorf("POST %s of two megabytes where one is the limit: refused %t, want %t", path, refused, large)
		}
	}
}

func TestSlowClientIsDropped(t *testing.T) {
	cfg := settings(t)
	doors, err := listen(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	l := defaultLimits
	l.header, l.read = 200*time.Millisecond, 200*time.Millisecond
	s := &server{handler: http.HandlerFunc(NotFound), doors: doors, health: &health{}, log: slog.New(slog.DiscardHandler), limits: l, shutdown: time.Second}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.run(ctx) }()
	defer func() { stop(); <-done }()
	conn, err := net.Dial("tcp", cfg.Listen)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
	_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := io.ReadAll(conn); err != nil && errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("the connection is held open for a header that never ends")
	}
}

// TestALongUploadIsAnswered although the times of short requests are over.
func TestALongUploadIsAnswered(t *testing.T) {
	cfg := settings(t)
	doors, err := listen(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	l := defaultLimits
	l.read, l.write = 300*time.Millisecond, 300*time.Millisecond
	api := router([]wire.Route{{Method: "POST", Path: "/api/file", Who: wire.Anyone, Upload: true, Handle: func(w http.ResponseWriter, r *http.Request) error {
		form, err := wire.ReadUpload(w, r)
		if err != nil {
			return err
		}
		if _, err := io.Copy(io.Discard, form.Body); err != nil {
			return err
		}
		return wire.OK(w)
	}}}, nil, cfg)
	s := &server{handler: observe(api, nil, slog.New(slog.DiscardHandler)), doors: doors, health: &health{}, log: slog.New(slog.DiscardHandler), limits: l, shutdown: time.Second}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.run(ctx) }()
	defer func() { stop(); <-done }()
	plain, c := Client(cfg)
	encrypted, ec := func() (string, *http.Client) { cfg := *cfg; cfg.Listen = ""; return Client(&cfg) }()
	for url, client := range map[string]*http.Client{plain: c, encrypted: ec} {
		body, slow := io.Pipe()
		go func() {
			defer slow.Close()
			fmt.Fprint(slow, "--x\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\n")
			for range 5 {
				time.Sleep(150 * time.Millisecond)
				fmt.Fprint(slow, "some bytes")
			}
			fmt.Fprint(slow, "\r\n--x--\r\n")
		}()
		res, err := client.Post(url+"/api/file", "multipart/form-data; boundary=x", body)
		if err != nil {
			t.Errorf("%s: %v", url, err)
			continue
		}
		res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s (%s): %s", url, res.Proto, res.Status)
		}
	}
}

func TestHugeHeaderIsRefused(t *testing.T) {
	s := start(t, settings(t), parts(NotFound))
	conn, err := net.Dial("tcp", s.cfg.Listen)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	go fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: x\r\nX-Huge: %s\r\n\r\n", strings.Repeat("x", 100<<10))
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("status = %d", res.StatusCode)
	}
}

func TestStartSaysWhatIsWrong(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dead, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	dead.Close()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	dirForDB := t.TempDir()
	if err := os.Mkdir(filepath.Join(dirForDB, "kastellan.db"), 0o700); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		env  []string
		want []string
	}{
		"port taken": {
			[]string{"KASTELLAN_LISTEN=" + taken.Addr().String()},
			[]string{"Another program already listens on " + taken.Addr().String(), "--listen"},
		},
		"TLS port taken": {
			[]string{"KASTELLAN_LISTEN_TLS=" + taken.Addr().String()},
			[]string{"Another program already listens on", "--listen-tls"},
		},
		"address of another machine": {
			[]string{"KASTELLAN_LISTEN=192.0.2.1:8080"}, []string{"does not have the address 192.0.2.1:8080"},
		},
		"data directory under a file": {
			[]string{"KASTELLAN_DATA_DIR=" + filepath.Join(file, "data")},
			[]string{"The data directory " + filepath.Join(file, "data") + " cannot be written", "--data-dir"},
		},
		"the same, without TLS": {
			[]string{"KASTELLAN_DATA_DIR=" + filepath.Join(file, "data"), "KASTELLAN_LISTEN_TLS="},
			[]string{"cannot be written", "--data-dir"},
		},
		"database file is a directory": {
			[]string{"KASTELLAN_DATA_DIR=" + dirForDB}, []string{"kastellan.db cannot be opened for writing", "is writable"},
		},
		"PostgreSQL down": {
			[]string{"KASTELLAN_DATABASE_URL=postgres://kastellan:hunter2@" + dead.Addr().String() + "/vault"},
			[]string{"PostgreSQL at " + dead.Addr().String() + " does not answer", "Check that it runs"},
		},
		"certificate missing": {
			[]string{"KASTELLAN_TLS_CERT=/nonexistent.pem", "KASTELLAN_TLS_KEY=/nonexistent.key"},
			[]string{"/nonexistent.pem", "cannot be used", "tls_cert"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			err := Run(t.Context(), settings(t, tt.env...), "dev", Console{io.Discard, io.Discard}, parts(NotFound))
			if err == nil {
				t.Fatal("started")
			}
			got := Sentence(err)
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("%q is not in %q", want, got)
				}
			}
			if strings.Contains(got, "\n") || strings.Contains(got, "hunter2") {
				t.Errorf("not a plain sentence: %q", got)
			}
		})
	}
}

func TestFullDiskIsNamed(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no /dev/full")
	}
	defer full.Close()
	_, err = full.WriteString("x")
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("err = %v", err)
	}
	got := Sentence(dataFault(settings(t), fmt.Errorf("write a certificate: %w", err)))
	if !strings.Contains(got, "is full: free some space") {
		t.Errorf("sentence = %q", got)
	}
}

func TestGivenCertificateIsUsedAndReloaded(t *testing.T) {
	dir := t.TempDir()
	cfg := settings(t)
	s := start(t, cfg, parts(NotFound)) // makes a pair of certificates to use
	s.stop()
	if err := s.wait(t); err != nil {
		t.Fatal(err)
	}
	pem, err := os.ReadFile(filepath.Join(cfg.DataDir, "tls", "server.pem"))
	if err != nil {
		t.Fatal(err)
	}
	cert := filepath.Join(dir, "cert.pem")
	if err := os.WriteFile(cert, pem, 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := openPair(cert, cert)
	if err != nil {
		t.Fatal(err)
	}
	before, err := p.get(nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := before.Leaf.Verify(x509.VerifyOptions{Roots: roots(t, cfg), DNSName: "localhost"}); err != nil {
		t.Error(err)
	}
	reload := func() *tls.Certificate {
		later := time.Now().Add(time.Minute)
		if err := os.Chtimes(cert, later, later); err != nil {
			t.Fatal(err)
		}
		p.checked = time.Time{}
		got, err := p.get(nil)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if err := os.WriteFile(cert, pem[:40], 0o600); err != nil {
		t.Fatal(err)
	}
	if got := reload(); got != before {
		t.Error("a half written file replaced the certificate")
	}
	if err := os.WriteFile(cert, pem, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := reload(); got == before {
		t.Error("the new file was not read")
	}
}

func roots(t *testing.T, cfg *config.Config) *x509.CertPool {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(cfg.DataDir, "tls", "ca.crt"))
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(b)
	return pool
}
