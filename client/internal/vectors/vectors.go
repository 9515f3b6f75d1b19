package vectors

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// Sections returns every section of the file, still encoded.
func Sections(t testing.TB) map[string]json.RawMessage {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(Root(), "testdata", "crypto-vectors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var sections map[string]json.RawMessage
	if err := json.Unmarshal(data, &sections); err != nil {
		t.Fatal(err)
	}
	return sections
}

// Load decodes one section into to, and stops the test when it is not there.
func Load(t testing.TB, section string, to any) {
	t.Helper()
	raw, found := Sections(t)[section]
	if !found {
		t.Fatalf("no section %q in the vectors", section)
	}
	if err := json.Unmarshal(raw, to); err != nil {
		t.Fatalf("section %q: %v", section, err)
	}
}

// Root is the directory of package client.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}

// Hex is a byte string written in hexadecimal.
type Hex []byte

// UnmarshalText implements encoding.TextUnmarshaler.
func (h *Hex) UnmarshalText(text []byte) error {
	decoded, err := hex.DecodeString(string(text))
	*h = decoded
	return err
}

// B64 is a byte string written in standard base64.
type B64 []byte

// UnmarshalText implements encoding.TextUnmarshaler.
func (b *B64) UnmarshalText(text []byte) error {
	decoded, err := base64.StdEncoding.DecodeString(string(text))
	*b = decoded
	return err
}
