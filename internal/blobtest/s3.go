package blobtest

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// S3 is a running store with one empty bucket.
type S3 struct {
	Endpoint, Region, Bucket, AccessKey, SecretKey string

	// Dir is where the store keeps its objects, as files: Dir/bucket/key.
	Dir string

	t    testing.TB
	bin  string
	meta string // a folder for what file systems without extended attributes cannot hold
	port int
	log  output
	stop func()
}

// StartS3 runs a store for as long as the test lives. It skips the test when none is
// installed, and fails it when REQUIRE_S3=1 or CI=true says that one must be there.
func StartS3(t testing.TB) *S3 {
	t.Helper()
	s := &S3{
		Region: "us-east-1", Bucket: "files", AccessKey: "test-key", SecretKey: "test-secret",
		t: t, bin: program(t), Dir: t.TempDir(), meta: t.TempDir(), port: freePort(t),
	}
	s.Endpoint = fmt.Sprintf("http://127.0.0.1:%d", s.port)
	if err := os.Mkdir(filepath.Join(s.Dir, s.Bucket), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.Stop()
		if t.Failed() {
			t.Logf("the S3 store said:\n%s", s.log.String())
		}
	})
	s.Start()
	return s
}

// Env are the settings of a server that keeps its files here, for the environment.
func (s *S3) Env() []string {
	return []string{
		"KASTELLAN_S3_BUCKET=" + s.Bucket, "KASTELLAN_S3_ENDPOINT=" + s.Endpoint, "KASTELLAN_S3_REGION=" + s.Region,
		"KASTELLAN_S3_ACCESS_KEY=" + s.AccessKey, "KASTELLAN_S3_SECRET_KEY=" + s.SecretKey,
	}
}

// Start runs the process again after Stop; what it stored is still there.
func (s *S3) Start() {
	s.t.Helper()
	// The shell ends the store when this process goes away, however that happens: its
	// standard input ends then.
	const keeper = `"$@" </dev/null & pid=$!; read -r _; kill "$pid"; wait "$pid"`
	cmd := exec.Command("sh", "-c", keeper, "sh", s.bin, "--access", s.AccessKey, "--secret", s.SecretKey, "--region", s.Region,
		"--port", fmt.Sprintf("127.0.0.1:%d", s.port), "--quiet", "posix", "--sidecar", s.meta, s.Dir)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.Dir}
	cmd.Stdout, cmd.Stderr = &s.log, &s.log
	stdin, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.stop = func() {
		stdin.Close()
		_ = cmd.Wait() // the status is that of a process that was told to end
		s.stop = nil
	}
	s.waitReady()
}

// Stop ends the process, and waits until it is gone.
func (s *S3) Stop() {
	if s.stop != nil {
		s.stop()
	}
}

func (s *S3) waitReady() {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for ctx.Err() == nil {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.Endpoint+"/", nil)
		if err != nil {
			s.t.Fatal(err)
		}
		if res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req); err == nil {
			res.Body.Close()
			return // it refuses the nameless request, and so is there
		}
		time.Sleep(5 * time.Millisecond)
	}
	s.t.Fatalf("the S3 store does not answer:\n%s", s.log.String())
}

// program is the binary that scripts/need.sh has built.
func program(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if found, _ := filepath.Glob(filepath.Join(dir, ".cache", "bin", "versitygw-*")); len(found) > 0 {
			return found[len(found)-1]
		}
	}
	const hint = "no S3-compatible store is installed; scripts/need.sh s3 does it"
	if os.Getenv("REQUIRE_S3") == "1" || os.Getenv("CI") == "true" {
		t.Fatal(hint)
	}
	t.Skip(hint)
	return ""
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

// output takes what the process prints while the test reads it.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}
