package wordlist

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/client/internal/vectors"
)

func TestListIsTheOneOtherClientsUse(t *testing.T) {
	var about struct {
		WordListSha256 struct{ Sha256OfWordsJoinedByNewlineNoTrailing, First, Last string }
	}
	vectors.Load(t, "_about", &about)
	want := about.WordListSha256
	sum := sha256.Sum256([]byte(strings.Join(All(), "\n")))
	if got := hex.EncodeToString(sum[:]); got != want.Sha256OfWordsJoinedByNewlineNoTrailing {
		t.Errorf("hash of the list: got %s, want %s", got, want.Sha256OfWordsJoinedByNewlineNoTrailing)
	}
	if got := All()[0]; got != want.First {
		t.Errorf("first word: got %q, want %q", got, want.First)
	}
	if got := All()[len(All())-1]; got != want.Last {
		t.Errorf("last word: got %q, want %q", got, want.Last)
	}
}

func TestPlainLeavesOutTheFourHyphenatedWords(t *testing.T) {
	if got, want := len(Plain()), 7772; got != want {
		t.Errorf("got %d words, want %d", got, want)
	}
}
