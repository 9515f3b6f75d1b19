//go:build compat

package compat

import (
	"regexp"
	"strings"
	"testing"
)

// TestGenerate needs no server: it holds the pinned client itself to what the other tests rely on.
func TestGenerate(t *testing.T) {
	t.Parallel()
	b := &bw{dir: t.TempDir()}
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"password":   {[]string{"generate", "--uppercase", "--lowercase", "--number", "--special", "--length", "24"}, `^\S{24}$`},
		"digits":     {[]string{"generate", "--number", "--length", "12"}, `^[0-9]{12}$`},
		"passphrase": {[]string{"generate", "--passphrase", "--words", "4", "--separator", "."}, `^[a-z]+(\.[a-z]+){3}$`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := b.must(t, c.args...); !regexp.MustCompile(c.want).MatchString(got) {
				t.Errorf("got %q, want a match of %s", got, c.want)
			}
		})
	}
}

func TestEncode(t *testing.T) {
	t.Parallel()
	b := &bw{dir: t.TempDir()}
	var out strings.Builder
	cmd := b.command(t, nil, "encode")
	cmd.Stdin, cmd.Stdout = strings.NewReader(`{"name":"ünïcode"}`), &out
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.TrimSpace(out.String()), encode(t, map[string]string{"name": "ünïcode"}); got != want {
		t.Errorf("bw encode printed %q, want %q", got, want)
	}
}
