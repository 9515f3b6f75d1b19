package item

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client/seal"
)

func TestRekeyKeepsEveryText(t *testing.T) {
	from, to := seal.NewKey(), seal.NewKey()
	for _, own := range []bool{false, true} {
		for kind := LoginType; kind <= PassportType; kind++ {
			t.Run(fmt.Sprintf("type %d own key %v", kind, own), func(t *testing.T) {
				want := sample(kind)
				if own {
					want.OwnKey(from)
				}
				file, err := want.SealFile(from, "a.txt", []byte("body"))
				if err != nil {
					t.Fatal(err)
				}
				want.Attachments = []Attachment[string]{{ID: "f", FileName: "a.txt", Key: file.Key}}
				cipher, err := want.Seal(from)
				if err != nil {
					t.Fatal(err)
				}
				rekeyed, err := cipher.Rekey(from, to)
				if err != nil {
					t.Fatal(err)
				}
				got, err := rekeyed.Open(to)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want.Content, got.Content); diff != "" {
					t.Error(diff)
				}
				body, err := got.OpenFile(to, got.Attachments[0].Key, file.Blob)
				if err != nil || string(body) != "body" || got.Attachments[0].FileName != "a.txt" {
					t.Errorf("attachment: %q, %v", body, err)
				}
				if _, err := rekeyed.Open(from); !errors.Is(err, seal.ErrDecrypt) {
					t.Errorf("the old key still opens it: %v", err)
				}
				if rekeyed.Request().KeyID != to.ID() {
					t.Errorf("sealed by %s, want %s", rekeyed.Request().KeyID, to.ID())
				}
			})
		}
	}
}

// An address that is not to be trusted is not shown, but it is not lost either.
func TestRekeyKeepsWhatOpeningDrops(t *testing.T) {
	from, to := seal.NewKey(), seal.NewKey()
	view := sample(LoginType)
	view.OwnKey(from)
	cipher, err := view.Seal(from)
	if err != nil {
		t.Fatal(err)
	}
	cipher.Login.URIs[0].Checksum = ""
	rekeyed, err := cipher.Rekey(from, to)
	if err != nil || len(rekeyed.Login.URIs) != 1 || rekeyed.Login.URIs[0].URI != cipher.Login.URIs[0].URI {
		t.Errorf("got %+v, %v", rekeyed.Login, err)
	}
}

func TestRekeyRefuses(t *testing.T) {
	owner := seal.NewKey()
	good, err := View{Meta: Meta{Type: LoginType}, Content: Content[string]{Name: "n"}}.Seal(owner)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		change func(*Cipher)
		want   error
	}{
		"a text under another key":      {func(c *Cipher) { c.Name = seal.NewKey().EncryptText("n") }, seal.ErrDecrypt},
		"an item key under another key": {func(c *Cipher) { c.Key = seal.NewKey().Wrap(seal.NewKey()) }, seal.ErrDecrypt},
		"a text without authentication": {func(c *Cipher) { c.Notes = "0.AAAAAAAAAAAAAAAAAAAAAA==|AAAAAAAAAAAAAAAAAAAAAA==" }, seal.ErrType},
		"a blob of version 2":           {func(c *Cipher) { c.Data = `{"format_version":1}` }, seal.ErrVersion2},
		"one ciphertext for all":        {func(c *Cipher) { c.Name, c.Data = "", "2.x" }, seal.ErrVersion2},
		"a file directly under the key": {func(c *Cipher) { c.Attachments = []Attachment[seal.EncString]{{ID: "f"}} }, ErrOldAttachment},
		"and one at an item with its own": {func(c *Cipher) {
			c.Key, c.Attachments = owner.Wrap(seal.NewKey()), []Attachment[seal.EncString]{{ID: "f"}}
		}, ErrOldAttachment},
		"a file's key under another one": {func(c *Cipher) { c.Attachments = []Attachment[seal.EncString]{{Key: seal.NewKey().Wrap(owner)}} }, seal.ErrDecrypt},
	} {
		cipher := good
		test.change(&cipher)
		if _, err := cipher.Rekey(owner, seal.NewKey()); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", name, err, test.want)
		}
	}
}

func TestRequestNamesTheKey(t *testing.T) {
	owner := seal.NewKey()
	cipher, err := View{Meta: Meta{Type: LoginType}}.Seal(owner)
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(cipher.Request())
	if err != nil {
		t.Fatal(err)
	}
	var sent struct{ EncryptedByKeyID string }
	if err := json.Unmarshal(body, &sent); err != nil || sent.EncryptedByKeyID != owner.ID() {
		t.Errorf("encryptedByKeyId = %q, %v, want %s", sent.EncryptedByKeyID, err, owner.ID())
	}
}
