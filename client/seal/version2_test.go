package seal

import (
	"errors"
	"testing"

	"github.com/kastellan/kastellan/client/internal/vectors"
)

func TestType7IsRefusedAsVersion2(t *testing.T) {
	var list []struct {
		Alg          string
		PaddedKeyB64 vectors.B64
		EncString    EncString
	}
	vectors.Load(t, "encStringType7", &list)
	for _, v := range list {
		if kind, err := v.EncString.Type(); err != nil || kind != COSE {
			t.Errorf("%s: got type %d, %v, want 7", v.Alg, kind, err)
		}
		if _, err := NewKey().Decrypt(v.EncString); !errors.Is(err, ErrVersion2) {
			t.Errorf("%s: got %v, want %v", v.Alg, err, ErrVersion2)
		}
		if _, err := KeyFromBytes(v.PaddedKeyB64); !errors.Is(err, ErrVersion2) {
			t.Errorf("%s: key: got %v, want %v", v.Alg, err, ErrVersion2)
		}
	}
	if _, err := NewKey().DecryptFile([]byte{7, 1, 2, 3}); !errors.Is(err, ErrVersion2) {
		t.Errorf("file: got %v, want %v", err, ErrVersion2)
	}
}

// A password still wraps the key of version 2 as type 2; the length tells.
func TestUserKeyOfVersion2IsRecognised(t *testing.T) {
	var list []struct{ UserKey vectors.B64 }
	vectors.Load(t, "v2Account", &list)
	master := MasterKey{raw: [32]byte{1}}
	wrapped := master.Stretch().Encrypt(list[0].UserKey)
	if _, err := master.UnwrapUserKey(wrapped); !errors.Is(err, ErrVersion2) {
		t.Errorf("got %v, want %v", err, ErrVersion2)
	}
}
