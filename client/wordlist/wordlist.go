package wordlist

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed words.txt
var text string

// All returns the 7776 words in dice order. The slice is shared: do not change it.
var All = sync.OnceValue(func() []string {
	return strings.Fields(text)
})

// Plain returns the words without a hyphen, so that a passphrase joined by
// hyphens can be read in one way only.
var Plain = sync.OnceValue(func() []string {
	var plain []string
	for _, word := range All() {
		if !strings.Contains(word, "-") {
			plain = append(plain, word)
		}
	}
	return plain
})
