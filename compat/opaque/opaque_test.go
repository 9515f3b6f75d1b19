package opaque_test

import (
	"testing"

	"github.com/kastellan/kastellan/client/seal"
	"github.com/kastellan/kastellan/compat/opaque"
)

func TestAMarkIsFoundAgain(t *testing.T) {
	for _, mark := range []string{"", "a", "exactly sixteen.", "longer than one block of the cipher"} {
		s := opaque.String(mark)
		got, err := opaque.Mark(s)
		if err != nil || got != mark {
			t.Errorf("Mark(String(%q)) = %q, %v", mark, got, err)
		}
		if _, err := seal.EncString(s).Type(); err != nil {
			t.Errorf("%q has not the form of an encrypted string: %v", s, err)
		}
	}
}

func TestOtherTextHasNoMark(t *testing.T) {
	for _, s := range []string{"", "2.AAAA", "2.a|%|c"} {
		if got, err := opaque.Mark(s); err == nil {
			t.Errorf("Mark(%q) = %q, want an error", s, got)
		}
	}
}
