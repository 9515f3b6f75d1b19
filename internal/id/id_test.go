package id_test

import (
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/id"
)

func TestNewParsesToItself(t *testing.T) {
	seen := map[id.User]bool{}
	for range 1000 {
		u := id.New[id.User]()
		got, err := id.Parse[id.User](strings.ToUpper(string(u)))
		if err != nil || got != u {
			t.Fatalf("Parse(%q) = %q, %v; want itself in lower case", u, got, err)
		}
		if seen[u] {
			t.Fatalf("%q came twice", u)
		}
		seen[u] = true
	}
}

func FuzzParse(f *testing.F) {
	f.Add("0f0f0f0f-1111-4222-8333-444455556666")
	f.Add("0f0f0f0f11114222-8333-444455556666----")
	f.Fuzz(func(t *testing.T, s string) {
		got, err := id.Parse[id.Org](s)
		if err == nil && !strings.EqualFold(string(got), s) {
			t.Errorf("Parse(%q) = %q, which is another identifier", s, got)
		}
	})
}
