package seal

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestFileRoundTrip(t *testing.T) {
	k := NewKey()
	for _, size := range []int{0, 1, 15, 16, 17, 4096} {
		plain := bytes.Repeat([]byte{7}, size)
		blob := k.EncryptFile(plain)
		if got, want := int64(len(blob)), FileSize(int64(size)); got != want {
			t.Errorf("%d bytes: got %d encrypted, want %d", size, got, want)
		}
		if got, err := k.DecryptFile(blob); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes: %v", size, err)
		}
		blob[len(blob)-1] ^= 1
		if _, err := k.DecryptFile(blob); !errors.Is(err, ErrDecrypt) {
			t.Errorf("%d bytes, changed: got %v, want %v", size, err, ErrDecrypt)
		}
	}
}

func TestKDFLimits(t *testing.T) {
	tests := []struct {
		name       string
		kdf        KDF
		login, new error
	}{
		{"pbkdf2 default", DefaultKDF, nil, nil},
		{"pbkdf2 of an old account", KDF{Iterations: 5000}, nil, ErrKDF},
		{"pbkdf2 lowered", KDF{Iterations: 4999}, ErrWeakKDF, ErrKDF},
		{"pbkdf2 too high to choose", KDF{Iterations: 2_000_001}, nil, ErrKDF},
		{"argon2 default", KDF{Argon2id, 6, 32, 4}, nil, nil},
		{"argon2 lowest", KDF{Argon2id, 2, 16, 1}, nil, nil},
		{"argon2 one pass", KDF{Argon2id, 1, 64, 4}, ErrWeakKDF, ErrKDF},
		{"argon2 little memory", KDF{Argon2id, 3, 15, 4}, ErrWeakKDF, ErrKDF},
		{"argon2 no lanes", KDF{Argon2id, 3, 64, 0}, ErrWeakKDF, ErrKDF},
		{"argon2 memory bomb", KDF{Argon2id, 3, 1 << 20, 4}, ErrWeakKDF, ErrKDF},
		{"unknown", KDF{Type: 2, Iterations: 600_000}, ErrWeakKDF, ErrKDF},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.kdf.CheckLogin(); !errors.Is(got, test.login) {
				t.Errorf("login: got %v, want %v", got, test.login)
			}
			if got := test.kdf.CheckNew(); !errors.Is(got, test.new) {
				t.Errorf("new: got %v, want %v", got, test.new)
			}
		})
	}
	if _, err := NewMasterKey("pw", "a@example.test", KDF{Iterations: 1}); !errors.Is(err, ErrWeakKDF) {
		t.Errorf("weak parameters were used: %v", err)
	}
}

func TestSyntax(t *testing.T) {
	tests := []struct {
		name string
		in   EncString
		want error
	}{
		{"empty", "", ErrSyntax},
		{"no number, three pieces", "AAAA|AAAA|AAAA", ErrSyntax},
		{"type 1", "1.AAAA|AAAA|AAAA", ErrType},
		{"type 8", "8.AAAA", ErrType},
		{"long number", "22.AAAA", ErrSyntax},
		{"missing piece", "2.AAAA|AAAA", ErrSyntax},
		{"empty piece", "2.AAAA||AAAA", ErrSyntax},
		{"not base64", "2.AA!A|AAAA|AAAA", ErrSyntax},
		{"short IV", "2.AAAA|AAAA|AAAA", ErrDecrypt},
		{"RSA under a symmetric key", "4.AAAA", ErrType},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := NewKey().Decrypt(test.in); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func TestKeysNeverPrint(t *testing.T) {
	private, err := NewPrivateKey()
	if err != nil {
		t.Fatal(err)
	}
	raw := bytes.Repeat([]byte{0x5a}, 64)
	for _, secret := range []any{keyOf(raw), MasterKey{raw: [32]byte(raw)}, SendSeed(raw[:16]), private} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"} {
			got := fmt.Sprintf(verb, secret)
			if !strings.HasSuffix(got, "(redacted)") {
				t.Errorf("%s of %T printed %.40s", verb, secret, got)
			}
		}
		// A key inside another value is printed through the same door.
		if got := fmt.Sprintf("%+v", struct{ K any }{secret}); !strings.Contains(got, "(redacted)") {
			t.Errorf("%T inside a struct printed %.40s", secret, got)
		}
	}
}

// Only one text was ever sealed under the key, so nothing else may come out.
func FuzzDecrypt(f *testing.F) {
	k := NewKey()
	f.Add(string(k.EncryptText("x")))
	f.Add("7.AAAA")
	f.Add("0.AAAA|AAAA")
	f.Fuzz(func(t *testing.T, s string) {
		if plain, err := k.Decrypt(EncString(s)); err == nil && string(plain) != "x" {
			t.Errorf("opened %q without the key: %q", s, plain)
		}
	})
}
