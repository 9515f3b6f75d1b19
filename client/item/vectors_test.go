package item

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client/internal/vectors"
	"github.com/kastellan/kastellan/client/seal"
)

func mustKey(t *testing.T, raw []byte) seal.Key {
	t.Helper()
	k, err := seal.KeyFromBytes(raw)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestOpenItemsOfOtherClients(t *testing.T) {
	var list []struct {
		Name            string
		KeyB64          vectors.B64
		EncryptedCipher Cipher
		ExpectedPlain   struct {
			Name, Notes     string
			Login           Login[string]
			Fields          []struct{ Name, Value string }
			PasswordHistory []string
		}
	}
	vectors.Load(t, "cipher", &list)
	for _, v := range list {
		t.Run(v.Name, func(t *testing.T) {
			view, err := v.EncryptedCipher.Open(mustKey(t, v.KeyB64))
			if err != nil {
				t.Fatal(err)
			}
			want := v.ExpectedPlain
			if view.Name != want.Name || view.Notes != want.Notes {
				t.Errorf("got %q %q, want %q %q", view.Name, view.Notes, want.Name, want.Notes)
			}
			login := *view.Login
			login.AutofillOnPageLoad = nil // a plain setting, not part of the expected texts
			if diff := cmp.Diff(want.Login, login); diff != "" {
				t.Error(diff)
			}
			for i, field := range want.Fields {
				if got := view.Fields[i]; got.Name != field.Name || got.Value != field.Value {
					t.Errorf("field %d: got %q %q, want %q %q", i, got.Name, got.Value, field.Name, field.Value)
				}
			}
			for i, old := range want.PasswordHistory {
				if got := view.PasswordHistory[i].Password; got != old {
					t.Errorf("history: got %q, want %q", got, old)
				}
			}
		})
	}
}

func TestAttachmentsOfAllGenerations(t *testing.T) {
	var list []struct {
		AttachmentKeyB64, UserKeyB64, CipherKeyB64 vectors.B64
		EncryptedCipherKey, EncryptedAttachmentKey seal.EncString
		EncryptedFileB64, PlaintextB64             vectors.B64
		FileNameEnc                                seal.EncString
		FileName                                   string
	}
	vectors.Load(t, "attachment", &list)
	for i, v := range list {
		var got []byte
		var err error
		switch {
		case v.FileNameEnc != "":
			if name, err := mustKey(t, v.CipherKeyB64).DecryptText(v.FileNameEnc); err != nil || name != v.FileName {
				t.Errorf("%d: file name %q, %v, want %q", i, name, err, v.FileName)
			}
			continue
		case v.AttachmentKeyB64 != nil:
			got, err = mustKey(t, v.AttachmentKeyB64).DecryptFile(v.EncryptedFileB64)
		default: // with item key and file key, or with neither (the oldest kind)
			meta := Meta{Key: v.EncryptedCipherKey}
			got, err = meta.OpenFile(mustKey(t, v.UserKeyB64), v.EncryptedAttachmentKey, v.EncryptedFileB64)
		}
		if err != nil || !bytes.Equal(got, v.PlaintextB64) {
			t.Errorf("%d: wrong content or %v", i, err)
		}
	}
}

// One whole account, made without any official code and accepted by it.
func TestAccountFromScratch(t *testing.T) {
	var list []struct {
		Password, Email, AuthHash string
		KDF                       struct{ KdfType, Iterations, MemoryMiB, Parallelism int }
		WrappedUserKey            seal.EncString
		UserKeyB64, OrgKeyB64     vectors.B64
		PrivateKey, OrgKeyForUser seal.EncString
		PublicKeyB64              string
		Ciphers                   []Cipher
		Folder                    struct{ Name seal.EncString }
		Expected                  struct {
			Name, Username, Password, FolderName    string
			Field                                   []string
			URIsWithoutCipherKey, URIsWithCipherKey []string
		}
	}
	vectors.Load(t, "fromScratchAccount", &list)
	v := list[0]
	kdf := seal.KDF{Type: seal.KDFType(v.KDF.KdfType), Iterations: v.KDF.Iterations, Memory: v.KDF.MemoryMiB, Parallelism: v.KDF.Parallelism}
	master, err := seal.NewMasterKey(v.Password, v.Email, kdf)
	if err != nil {
		t.Fatal(err)
	}
	if got := master.ServerHash(v.Password); got != v.AuthHash {
		t.Errorf("hash: got %s, want %s", got, v.AuthHash)
	}
	user, err := master.UnwrapUserKey(v.WrappedUserKey)
	if err != nil || user != mustKey(t, v.UserKeyB64) {
		t.Fatalf("wrong user key or %v", err)
	}
	private, err := user.UnwrapPrivate(v.PrivateKey)
	if err != nil || private.Public().Base64() != v.PublicKeyB64 {
		t.Fatalf("wrong key pair or %v", err)
	}
	org, err := private.Decapsulate(v.OrgKeyForUser)
	if err != nil || org != mustKey(t, v.OrgKeyB64) {
		t.Fatalf("wrong organization key or %v", err)
	}
	if got, err := user.DecryptText(v.Folder.Name); err != nil || got != v.Expected.FolderName {
		t.Errorf("folder: got %q, %v, want %q", got, err, v.Expected.FolderName)
	}
	for _, cipher := range v.Ciphers {
		owner, uris := user, v.Expected.URIsWithoutCipherKey
		if cipher.OrganizationID != "" {
			owner = org
		}
		if cipher.Key != "" {
			uris = v.Expected.URIsWithCipherKey
		}
		view, err := cipher.Open(owner)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, uri := range view.Login.URIs {
			got = append(got, uri.URI)
		}
		if !slices.Equal(got, uris) {
			t.Errorf("%s: URIs: got %v, want %v", cipher.ID, got, uris)
		}
		want := []string{v.Expected.Name, v.Expected.Username, v.Expected.Password, v.Expected.Field[0], v.Expected.Field[1]}
		if got := []string{view.Name, view.Login.Username, view.Login.Password, view.Fields[0].Name, view.Fields[0].Value}; !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", cipher.ID, got, want)
		}
	}
}
