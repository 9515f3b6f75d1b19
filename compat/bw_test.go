//go:build compat

package compat

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/compat/realserver"
)

// bw is one installation of the official command line client: a data folder of
// its own, and the session key of the account that is unlocked in it.
type bw struct {
	dir     string
	ca      string
	session string
}

// answer is what one command left behind.
type answer struct {
	stdout, stderr string
	ok             bool
}

// both is what a person sees, wherever the client printed it.
func (a answer) both() string { return strings.TrimSpace(a.stdout + "\n" + a.stderr) }

// install makes an installation that is configured for the server.
func install(t testing.TB, s *realserver.Server) *bw {
	t.Helper()
	b := &bw{dir: t.TempDir(), ca: s.CA()}
	if got, want := b.must(t, "config", "server", s.URL()), "Saved setting `config`."; got != want {
		t.Fatalf("bw config server printed %q, want %q", got, want)
	}
	return b
}

func bwScript(t testing.TB) string {
	t.Helper()
	path, err := filepath.Abs("node_modules/@bitwarden/cli/build/bw.js")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatal("the official client is not installed: run `make compat`, or `npm ci` in compat/")
	}
	return path
}

func (b *bw) command(t testing.TB, env []string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "node", append([]string{bwScript(t)}, args...)...)
	cmd.Dir = b.dir
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"),
		"HOME=" + b.dir,
		"BITWARDENCLI_APPDATA_DIR=" + b.dir,
		"BW_NOINTERACTION=true",
		"NODE_EXTRA_CA_CERTS=" + b.ca,
	}, env...)
	if b.session != "" {
		cmd.Env = append(cmd.Env, "BW_SESSION="+b.session)
	}
	return cmd
}

func (b *bw) run(t testing.TB, env []string, args ...string) answer {
	t.Helper()
	var stdout, stderr strings.Builder
	cmd := b.command(t, env, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	return answer{
		stdout: strings.TrimRight(stdout.String(), "\n"),
		stderr: withoutNoise(stderr.String()),
		ok:     err == nil,
	}
}

// must runs a command that has to succeed and returns what it printed.
func (b *bw) must(t testing.TB, args ...string) string {
	t.Helper()
	a := b.run(t, nil, args...)
	if !a.ok {
		t.Fatalf("bw %s failed:\n%s", strings.Join(args, " "), a.both())
	}
	return a.stdout
}

// fails runs a command that has to fail and returns what a person reads.
func (b *bw) fails(t testing.TB, args ...string) string {
	t.Helper()
	a := b.run(t, nil, args...)
	if a.ok {
		t.Fatalf("bw %s succeeded:\n%s", strings.Join(args, " "), a.both())
	}
	return a.both()
}

// says runs a command that has to succeed and to print the text.
func (b *bw) says(t testing.TB, want string, args ...string) {
	t.Helper()
	if got := b.must(t, args...); !strings.Contains(got, want) {
		t.Errorf("bw %s printed %q, want it to say %q", strings.Join(args, " "), got, want)
	}
}

// object runs a command that prints one JSON object.
func (b *bw) object(t testing.TB, args ...string) map[string]any {
	t.Helper()
	return decode[map[string]any](t, b.must(t, args...))
}

// list runs a command that prints a JSON array of objects.
func (b *bw) list(t testing.TB, args ...string) []map[string]any {
	t.Helper()
	return decode[[]map[string]any](t, b.must(t, append([]string{"list"}, args...)...))
}

// login logs in with a password and keeps the session.
func (b *bw) login(t testing.TB, p person) {
	t.Helper()
	b.openSession(t, b.must(t, "login", p.email, p.password))
}

// openSession takes the session key from the text that log-in and unlock print.
func (b *bw) openSession(t testing.TB, printed string) {
	t.Helper()
	m := sessionKey.FindStringSubmatch(printed)
	if m == nil {
		t.Fatalf("no session key in what the client printed: %q", printed)
	}
	b.session = m[1]
}

var sessionKey = regexp.MustCompile(`export BW_SESSION="([^"]+)"`)

func decode[T any](t testing.TB, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("not the JSON that was expected: %v\n%s", err, text)
	}
	return v
}

// encode does what `bw encode` does; TestEncode holds the two together.
func encode(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b)
}

// withoutNoise drops what Node and the client say about their own start.
func withoutNoise(stderr string) string {
	var kept []string
	for line := range strings.Lines(stderr) {
		switch {
		case strings.HasPrefix(line, "Could not find data file"),
			strings.HasPrefix(line, "Could not find dir"),
			strings.Contains(line, "DeprecationWarning"),
			strings.Contains(line, "--trace-deprecation"):
		default:
			kept = append(kept, line)
		}
	}
	return strings.TrimSpace(strings.Join(kept, ""))
}
