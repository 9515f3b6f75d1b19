package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client/internal/vectors"
	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/client/seal"
)

func TestOpenTheExportOfAnotherClient(t *testing.T) {
	var list []struct {
		Password              string
		ExportFile            json.RawMessage
		ExportKeyB64          vectors.B64
		PlaintextSha256Hex    string
		PlaintextTopLevelKeys []string
	}
	vectors.Load(t, "passwordProtectedExport", &list)
	for _, v := range list {
		plain, err := Open(v.ExportFile, v.Password)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(plain)
		if got := hex.EncodeToString(sum[:]); got != v.PlaintextSha256Hex {
			t.Errorf("got %s, want %s", got, v.PlaintextSha256Hex)
		}
		var top map[string]json.RawMessage
		if err := json.Unmarshal(plain, &top); err != nil {
			t.Fatal(err)
		}
		for _, key := range v.PlaintextTopLevelKeys {
			if _, found := top[key]; !found {
				t.Errorf("no member %q", key)
			}
		}
		if p, err := Read(plain); err != nil || len(p.Items) == 0 {
			t.Errorf("read: %d items, %v", len(p.Items), err)
		}
		if _, err := Open(v.ExportFile, v.Password+"x"); !errors.Is(err, ErrPassword) {
			t.Errorf("wrong password: got %v, want %v", err, ErrPassword)
		}
	}
}

func TestProtect(t *testing.T) {
	plain := []byte(`{"encrypted":false,"items":[]}`)
	for _, kdf := range []seal.KDF{seal.DefaultKDF, {Type: seal.Argon2id, Iterations: 2, Memory: 16, Parallelism: 1}} {
		file, err := Protect(plain, "pw", kdf)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(file), "items") {
			t.Error("the file holds plain text")
		}
		if got, err := Open(file, "pw"); err != nil || !slices.Equal(got, plain) {
			t.Errorf("got %s, %v", got, err)
		}
	}
	if _, err := Protect(plain, "pw", seal.KDF{Iterations: 10}); !errors.Is(err, seal.ErrWeakKDF) {
		t.Errorf("weak derivation: got %v, want %v", err, seal.ErrWeakKDF)
	}
	if _, err := Open(plain, "pw"); !errors.Is(err, ErrNotProtected) {
		t.Errorf("plain file: got %v, want %v", err, ErrNotProtected)
	}
}

func TestPlainLeavesOutWhatMeansNothingElsewhere(t *testing.T) {
	now, on := time.Now(), true
	view := item.View{
		Meta: item.Meta{ID: "1", Type: item.LoginType, Key: "2.a|b|c", Edit: true},
		Content: item.Content[string]{Name: "n", Login: &item.Login[string]{
			Password: "p", AutofillOnPageLoad: &on, URIs: []item.URI[string]{{URI: "https://a.test", Checksum: "sum"}},
		}},
	}
	trashed := view
	trashed.DeletedDate = &now
	text, err := Plain{Folders: []Folder{{ID: "f", Name: "F"}}, Items: []item.View{view, trashed}}.Write()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(text)
	if err != nil {
		t.Fatal(err)
	}
	want := Plain{Folders: []Folder{{ID: "f", Name: "F"}}, Items: []item.View{{
		Meta: item.Meta{ID: "1", Type: item.LoginType},
		Content: item.Content[string]{Name: "n", Login: &item.Login[string]{
			Password: "p", URIs: []item.URI[string]{{URI: "https://a.test"}},
		}},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if view.Login.URIs[0].Checksum == "" {
		t.Error("writing changed the caller's item")
	}
	if _, err := Read([]byte(`{"encrypted":true}`)); !errors.Is(err, ErrEncrypted) {
		t.Errorf("encrypted file: got %v, want %v", err, ErrEncrypted)
	}
}
