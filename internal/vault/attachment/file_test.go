package attachment_test

import (
	"encoding/base64"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/vault/attachment"
)

func TestSizesForPeople(t *testing.T) {
	for bytes, want := range map[int64]string{
		0: "0 Bytes", 1023: "1023 Bytes", 1024: "1.0 KB", 1536: "1.5 KB", 1<<20 - 1: "1.0 MB", 1 << 20: "1.0 MB", 500 << 20: "500.0 MB",
		1 << 30: "1.0 GB", 1 << 40: "1.0 TB", 5000 << 40: "5000.0 TB",
	} {
		if got := (attachment.File{Size: bytes}).SizeName(); got != want {
			t.Errorf("%d bytes are %q, want %q", bytes, got, want)
		}
	}
	for bytes, want := range map[int64]int{0: 0, 1: 1, 1 << 30: 1, 1<<30 + 1: 2, 5 << 30: 5} {
		if got := tenant.Gigabytes(bytes); got != want {
			t.Errorf("%d bytes are %d whole gigabytes, want %d", bytes, got, want)
		}
	}
}

// enc has the shape of a ciphertext, of every character that one can have.
func enc(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(rand.IntN(256))
	}
	text := base64.StdEncoding.EncodeToString
	return "2." + text(make([]byte, 16)) + "|" + text(b) + "|" + text(make([]byte, 32))
}

func TestTheListIsJSON(t *testing.T) {
	files := []attachment.File{
		{ID: id.New[id.Attachment](), Name: enc(320), Key: enc(80), Size: 12345},
		{ID: id.New[id.Attachment](), Name: enc(16), Size: 65},
	}
	for _, f := range files {
		if err := f.Check(true); err != nil {
			t.Fatal(err)
		}
	}
	var got []map[string]any
	if err := json.Unmarshal(attachment.List(files), &got); err != nil {
		t.Fatal(err)
	}
	want := []map[string]any{
		{"object": "attachment", "id": string(files[0].ID), "url": nil, "fileName": files[0].Name, "key": files[0].Key, "size": "12345", "sizeName": "12.1 KB"},
		{"object": "attachment", "id": string(files[1].ID), "url": nil, "fileName": files[1].Name, "key": nil, "size": "65", "sizeName": "65 Bytes"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if b := attachment.List(nil); len(b) != 0 {
		t.Errorf("no files are %q, want nothing", b)
	}
}

// TestNothingThatEndsAStringIsStored: the list is put together as text.
func TestNothingThatEndsAStringIsStored(t *testing.T) {
	good := enc(16)
	for _, bad := range []string{`"`, `\`, "\n", "\r\n", "<", "\x00", "ä", " "} {
		for _, s := range []string{bad + good, good + bad, strings.Replace(good, "|", "|"+bad, 1), strings.Replace(good, "A", bad, 1)} {
			if err := (attachment.File{Name: s, Key: good}).Check(false); err == nil {
				t.Errorf("the name %q passes", s)
			}
			if err := (attachment.File{Name: good, Key: s}).Check(true); err == nil {
				t.Errorf("the key %q passes", s)
			}
		}
	}
}
