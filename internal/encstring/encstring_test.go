package encstring_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/encstring"
)

func b64(n int) string { return base64.StdEncoding.EncodeToString(make([]byte, n)) }

func TestSymmetric(t *testing.T) {
	good := "2." + b64(16) + "|" + b64(32) + "|" + b64(32)
	for _, c := range []struct {
		name, s string
		want    bool
	}{
		{"well-formed", good, true},
		{"empty", "", false},
		{"plain text", "hunter2", false},
		{"without authentication", "0." + b64(16) + "|" + b64(32), false},
		{"type 0 with three parts", "0" + good[1:], false},
		{"COSE", "7." + b64(60), false},
		{"short iv", "2." + b64(15) + "|" + b64(32) + "|" + b64(32), false},
		{"ciphertext not in blocks", "2." + b64(16) + "|" + b64(31) + "|" + b64(32), false},
		{"no ciphertext", "2." + b64(16) + "||" + b64(32), false},
		{"short mac", "2." + b64(16) + "|" + b64(32) + "|" + b64(31), false},
		{"part too many", good + "|" + b64(16), false},
		{"not base64", strings.Replace(good, "A", "*", 1), false},
		{"line break inside", good[:10] + "\n" + good[11:], false},
		{"too long", "2." + b64(16) + "|" + b64(1600) + "|" + b64(32), false},
	} {
		if got := encstring.Symmetric(c.s, encstring.MaxName); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestEncapsulated(t *testing.T) {
	for s, want := range map[string]bool{
		"4." + b64(256): true, "4." + b64(512): true, "3." + b64(256): false, "4." + b64(255): false, "4." + b64(256) + "|" + b64(32): false,
	} {
		if got := encstring.Encapsulated(s); got != want {
			t.Errorf("Encapsulated(%.12s…, %d) = %v, want %v", s, len(s), got, want)
		}
	}
}

func FuzzIs(f *testing.F) {
	f.Add("2." + b64(16) + "|" + b64(16) + "|" + b64(32))
	f.Add("4." + b64(256))
	f.Fuzz(func(t *testing.T, s string) {
		if encstring.Symmetric(s, 500) && (len(s) > 500 || !strings.HasPrefix(s, "2.") || strings.Count(s, "|") != 2) {
			t.Errorf("%q passed", s)
		}
	})
}

func TestKDFProblem(t *testing.T) {
	n := func(i int) *int { return &i }
	for _, c := range []struct {
		name string
		kdf  encstring.KDF
		ok   bool
	}{
		{"default", encstring.DefaultKDF(), true},
		{"one iteration", encstring.KDF{Iterations: 1}, false},
		{"just below the floor", encstring.KDF{Iterations: 599_999}, false},
		{"above the ceiling", encstring.KDF{Iterations: 2_000_001}, false},
		{"PBKDF2 with memory", encstring.KDF{Iterations: 600_000, Memory: n(64)}, false},
		{"Argon2id", encstring.KDF{Type: 1, Iterations: 3, Memory: n(64), Parallelism: n(4)}, true},
		{"Argon2id without memory", encstring.KDF{Type: 1, Iterations: 3, Parallelism: n(4)}, false},
		{"Argon2id with little memory", encstring.KDF{Type: 1, Iterations: 3, Memory: n(15), Parallelism: n(4)}, false},
		{"Argon2id with one pass", encstring.KDF{Type: 1, Iterations: 1, Memory: n(64), Parallelism: n(4)}, false},
		{"unknown", encstring.KDF{Type: 2, Iterations: 600_000}, false},
	} {
		if got := c.kdf.Problem() == ""; got != c.ok {
			t.Errorf("%s: %q", c.name, c.kdf.Problem())
		}
	}
}
