package seal

import (
	"bytes"
	"testing"

	"github.com/kastellan/kastellan/client/internal/vectors"
)

func TestSend(t *testing.T) {
	var list []struct {
		UserKeyB64, SendKeyB64           vectors.B64
		SendID                           string `json:"sendId"`
		AccessID                         string `json:"accessId"`
		EncryptedSeed, Name, Notes, Text EncString
		SeedHex                          vectors.Hex
		URLKey                           string `json:"urlKey"`
		NamePlain, NotesPlain, TextPlain string
		PasswordPlain, PasswordHashB64   string
	}
	vectors.Load(t, "send", &list)
	for _, v := range list {
		seed, err := mustKey(t, v.UserKeyB64).UnwrapSeed(v.EncryptedSeed)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(seed[:], v.SeedHex) || !bytes.Equal(seed.Key().Bytes(), v.SendKeyB64) {
			t.Errorf("got another seed or key")
		}
		if got := seed.Link(); got != v.URLKey {
			t.Errorf("link: got %s, want %s", got, v.URLKey)
		}
		if again, err := ParseSendSeed(v.URLKey); err != nil || again != seed {
			t.Errorf("link does not lead back to the seed: %v", err)
		}
		if v.SendID != "" {
			if got, err := AccessID(v.SendID); err != nil || got != v.AccessID {
				t.Errorf("access id: got %s, %v, want %s", got, err, v.AccessID)
			}
		}
		if v.PasswordPlain != "" && seed.PasswordHash(v.PasswordPlain) != v.PasswordHashB64 {
			t.Errorf("password hash: got %s, want %s", seed.PasswordHash(v.PasswordPlain), v.PasswordHashB64)
		}
		for text, want := range map[EncString]string{v.Name: v.NamePlain, v.Notes: v.NotesPlain, v.Text: v.TextPlain} {
			if got, err := seed.Key().DecryptText(text); err != nil || got != want {
				t.Errorf("got %q, %v, want %q", got, err, want)
			}
		}
	}
}
