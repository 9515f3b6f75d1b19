// Package opaque makes items that have the form of encrypted ones, by the
// thousand and at no cost, and finds the marks in them again. The server cannot
// tell the difference: that is what it is zero-knowledge for.
//
// It encrypts nothing, and no client could open what it makes.
package opaque

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// String has the form of an encrypted string of type 2 and holds the mark.
func String(mark string) string {
	ct := []byte(mark + strings.Repeat(" ", 16-len(mark)%16))
	enc := base64.StdEncoding.EncodeToString
	return "2." + enc(make([]byte, 16)) + "|" + enc(ct) + "|" + enc(make([]byte, 32))
}

// Mark finds what String was given.
func Mark(s string) (string, error) {
	parts := strings.Split(s, "|")
	if len(parts) != 3 {
		return "", fmt.Errorf("not what was stored: %q", s)
	}
	b, err := base64.StdEncoding.DecodeString(parts[1])
	if err != nil {
		return "", fmt.Errorf("not what was stored: %q: %w", s, err)
	}
	return strings.TrimRight(string(b), " "), nil
}

// Login is the request for an item of the usual kind and size, about 1 kB.
func Login(mark string) map[string]any {
	return map[string]any{
		"type": 1, "name": String(mark), "favorite": false, "reprompt": 0,
		"key": String(strings.Repeat("k", 64)), "notes": String(strings.Repeat("n", 40)),
		"login": map[string]any{
			"username": String("user@example.test"), "password": String("an invented password"),
			"uris": []any{map[string]any{"uri": String("https://www.example.test/login"), "match": nil}},
		},
	}
}

// Import is the request that imports n items into one new folder. The folder
// has the mark, and the items the mark, a slash and their number.
func Import(mark string, n int) map[string]any {
	ciphers, relations := make([]any, n), make([]any, n)
	for i := range n {
		ciphers[i] = Login(fmt.Sprintf("%s/%d", mark, i))
		relations[i] = map[string]int{"key": i, "value": 0}
	}
	return map[string]any{
		"ciphers": ciphers, "folders": []any{map[string]any{"name": String(mark)}}, "folderRelationships": relations,
	}
}
