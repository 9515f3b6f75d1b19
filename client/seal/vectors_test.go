package seal

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client/internal/vectors"
)

type vector struct {
	Password, Email, SaltUtf8          string
	KdfType, Iterations                int
	MemoryMiB, Parallelism             int
	MasterKeyHex                       vectors.Hex
	ServerAuthorizationHashB64         string
	LocalAuthorizationHashB64          string
	MasterKeyWrappedUserKey            EncString
	UserKeyB64                         vectors.B64
	UserKeyIDHex                       string `json:"userKeyIdHex"`
	InputHex, EncKeyHex, MacKeyHex     vectors.Hex
	PrkHex, OutHex                     vectors.Hex
	InfoUtf8                           string
	Length                             int
	SeedHex                            vectors.Hex
	HkdfSaltUtf8, HkdfInfoUtf8         string
	KeyB64                             vectors.B64
	PrfEvalFirstHex, PrfOutputHex      vectors.Hex
	PrfKeyB64                          vectors.B64
	PrivatePkcs8B64                    vectors.B64
	PublicSpkiB64                      string
	EncString                          EncString
	WrappingKeyB64, PlaintextB64       vectors.B64
	Name, Material, Phrase, Plaintext  string
	IvHex, BinaryHex                   vectors.Hex
	EncryptedPrivateKey                EncString
	EncryptedUserKey                   EncString
	Sha1HexUpper, Prefix, Suffix, Case string
}

func (v vector) kdf() KDF {
	return KDF{Type: KDFType(v.KdfType), Iterations: v.Iterations, Memory: v.MemoryMiB, Parallelism: v.Parallelism}
}

func (v vector) master(t *testing.T) MasterKey {
	t.Helper()
	if len(v.MasterKeyHex) == 32 && v.Email == "" {
		return MasterKey{raw: [32]byte(v.MasterKeyHex)}
	}
	m, err := NewMasterKey(v.Password, v.Email, v.kdf())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func mustKey(t *testing.T, raw []byte) Key {
	t.Helper()
	k, err := KeyFromBytes(raw)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestMasterKey(t *testing.T) {
	var list []vector
	vectors.Load(t, "masterKey", &list)
	for _, v := range list {
		got := v.master(t)
		if !bytes.Equal(got.raw[:], v.MasterKeyHex) {
			t.Errorf("%s %v: got %x, want %x", v.Email, v.kdf(), got.raw, v.MasterKeyHex)
		}
		if v.SaltUtf8 != Salt(v.Email) {
			t.Errorf("salt: got %q, want %q", Salt(v.Email), v.SaltUtf8)
		}
	}
}

func TestMasterPasswordHash(t *testing.T) {
	var list []vector
	vectors.Load(t, "masterPasswordHash", &list)
	for _, v := range list {
		m := v.master(t)
		if got := m.ServerHash(v.Password); got != v.ServerAuthorizationHashB64 {
			t.Errorf("server hash: got %s, want %s", got, v.ServerAuthorizationHashB64)
		}
		if want := v.LocalAuthorizationHashB64; want != "" && m.LocalHash(v.Password) != want {
			t.Errorf("local hash: got %s, want %s", m.LocalHash(v.Password), want)
		}
	}
}

func TestStretchAndExpand(t *testing.T) {
	var stretches, expansions []vector
	vectors.Load(t, "hkdfStretch", &stretches)
	for _, v := range stretches {
		got := MasterKey{raw: [32]byte(v.InputHex)}.Stretch().Bytes()
		if want := append(bytes.Clone(v.EncKeyHex), v.MacKeyHex...); !bytes.Equal(got, want) {
			t.Errorf("stretch: got %x, want %x", got, want)
		}
	}
	vectors.Load(t, "hkdfExpand", &expansions)
	for _, v := range expansions {
		if got := expand(v.PrkHex, v.InfoUtf8, v.Length); !bytes.Equal(got, v.OutHex) {
			t.Errorf("expand: got %x, want %x", got, v.OutHex)
		}
	}
}

func TestUnwrapUserKey(t *testing.T) {
	var list []vector
	vectors.Load(t, "userKeyUnwrap", &list)
	for _, v := range list {
		got, err := v.master(t).UnwrapUserKey(v.MasterKeyWrappedUserKey)
		if err != nil {
			t.Errorf("%.20s: %v", v.MasterKeyWrappedUserKey, err)
			continue
		}
		if !bytes.Equal(got.Bytes(), v.UserKeyB64) {
			t.Errorf("%.20s: got another key", v.MasterKeyWrappedUserKey)
		}
		if v.UserKeyIDHex != "" && got.ID() != v.UserKeyIDHex {
			t.Errorf("id: got %s, want %s", got.ID(), v.UserKeyIDHex)
		}
	}
}

func TestUserKeyID(t *testing.T) {
	var list []struct {
		KeyB64   vectors.B64
		KeyIDHex string `json:"keyIdHex"`
	}
	vectors.Load(t, "userKeyId", &list)
	for _, v := range list {
		if got := mustKey(t, v.KeyB64).ID(); got != v.KeyIDHex {
			t.Errorf("got %s, want %s", got, v.KeyIDHex)
		}
	}
}

func TestDecryptText(t *testing.T) {
	var list []vector
	vectors.Load(t, "encStringType2Decrypt", &list)
	for _, v := range list {
		got, err := mustKey(t, v.KeyB64).DecryptText(v.EncString)
		if err != nil || got != v.Plaintext {
			t.Errorf("got %q, %v, want %q", got, err, v.Plaintext)
		}
	}
}

func TestEncryptWithFixedIV(t *testing.T) {
	var list []vector
	vectors.Load(t, "encryptType2FixedIv", &list)
	for _, v := range list {
		got := mustKey(t, v.KeyB64).encryptIV(v.IvHex, []byte(v.Plaintext))
		if diff := cmp.Diff(v.EncString, got); diff != "" {
			t.Error(diff)
		}
	}
}

// The vector comes without a key, so it shows the two layouts of one value.
func TestBinaryOrderDiffersFromTextOrder(t *testing.T) {
	var list []vector
	vectors.Load(t, "encStringBinary", &list)
	for _, v := range list {
		_, pieces, err := v.EncString.split()
		if err != nil {
			t.Fatal(err)
		}
		iv, ciphertext, sum := pieces[0], pieces[1], pieces[2]
		want := bytes.Join([][]byte{{2}, iv, sum, ciphertext}, nil)
		if !bytes.Equal(v.BinaryHex, want) {
			t.Errorf("got %x, want %x", v.BinaryHex, want)
		}
	}
	// And ours writes that layout, byte for byte like the text with the same IV.
	k, iv := NewKey(), newIV()
	_, pieces, _ := k.encryptIV(iv, []byte("body")).split()
	want := bytes.Join([][]byte{{2}, pieces[0], pieces[2], pieces[1]}, nil)
	if got := k.encryptFileIV(iv, []byte("body")); !bytes.Equal(got, want) {
		t.Errorf("file: got %x, want %x", got, want)
	}
}

func TestRefusesDowngradeAndChangedData(t *testing.T) {
	var list []vector
	vectors.Load(t, "negative", &list)
	for i, want := range []error{ErrType, ErrDecrypt} {
		if _, err := mustKey(t, list[i].KeyB64).Decrypt(list[i].EncString); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", list[i].Case, err, want)
		}
	}
}

func TestDecapsulate(t *testing.T) {
	var list []vector
	vectors.Load(t, "rsaDecapsulate", &list)
	for _, v := range list {
		private, err := ParsePrivateKey(v.PrivatePkcs8B64)
		if err != nil {
			t.Fatal(err)
		}
		got, err := private.Decapsulate(v.EncString)
		if err != nil || !bytes.Equal(got.Bytes(), v.KeyB64) {
			t.Errorf("%s %.4s: wrong key or %v", v.Name, v.EncString, err)
		}
	}
}

func TestKeyPairs(t *testing.T) {
	var list []vector
	vectors.Load(t, "rsaKeyPairs", &list)
	for _, v := range list {
		private, err := ParsePrivateKey(v.PrivatePkcs8B64)
		if err != nil {
			t.Fatal(err)
		}
		if got := private.Public().Base64(); got != v.PublicSpkiB64 {
			t.Errorf("%s: got %s, want %s", v.Name, got, v.PublicSpkiB64)
		}
		public, err := ParsePublicKey(v.PublicSpkiB64)
		if err != nil {
			t.Fatal(err)
		}
		want := NewKey()
		sealed, err := public.Encapsulate(want)
		if err != nil {
			t.Fatal(err)
		}
		if kind, _ := sealed.Type(); kind != RSAOAEPSHA1 {
			t.Errorf("%s: wrote type %d, want 4", v.Name, kind)
		}
		if got, err := private.Decapsulate(sealed); err != nil || got != want {
			t.Errorf("%s: does not open what was encapsulated to it: %v", v.Name, err)
		}
	}
}

func TestWrappedKeys(t *testing.T) {
	var list []vector
	vectors.Load(t, "wrappedKeys", &list)
	for _, v := range list {
		got, err := mustKey(t, v.WrappingKeyB64).Decrypt(v.EncString)
		if err != nil || !bytes.Equal(got, v.PlaintextB64) {
			t.Errorf("%s: wrong content or %v", v.Name, err)
		}
	}
}

func TestTrustedDevice(t *testing.T) {
	var list []struct {
		DeviceKeyB64, UserKeyB64              vectors.B64
		EncryptedPrivateKey, EncryptedUserKey EncString
	}
	vectors.Load(t, "trustedDevice", &list)
	for _, v := range list {
		keys := DeviceKeys{PrivateKey: v.EncryptedPrivateKey, UserKey: v.EncryptedUserKey}
		got, err := keys.Open(mustKey(t, v.DeviceKeyB64))
		if err != nil || !bytes.Equal(got.Bytes(), v.UserKeyB64) {
			t.Errorf("wrong user key or %v", err)
		}
	}
	device, user := NewKey(), NewKey()
	keys, err := TrustDevice(device, user)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := keys.Open(device); err != nil || got != user {
		t.Errorf("own device keys do not open: %v", err)
	}
}

func TestPasskeyKey(t *testing.T) {
	var list []vector
	vectors.Load(t, "passkeyPrf", &list)
	for _, v := range list {
		if got := PasskeySalt(); !bytes.Equal(got[:], v.PrfEvalFirstHex) {
			t.Errorf("salt: got %x, want %x", got, v.PrfEvalFirstHex)
		}
		got, err := PasskeyKey(v.PrfOutputHex)
		if err != nil || !bytes.Equal(got.Bytes(), v.PrfKeyB64) {
			t.Errorf("got another key, or %v", err)
		}
	}
	for name, prf := range map[string][]byte{"short": make([]byte, 31), "all zero": make([]byte, 32)} {
		if _, err := PasskeyKey(prf); !errors.Is(err, ErrKeyLength) {
			t.Errorf("%s: got %v, want %v", name, err, ErrKeyLength)
		}
	}
}

func TestShareableKey(t *testing.T) {
	var list []vector
	vectors.Load(t, "shareableKey", &list)
	for _, v := range list {
		got := shareableKey(v.SeedHex, v.HkdfSaltUtf8, v.HkdfInfoUtf8)
		if !bytes.Equal(got.Bytes(), v.KeyB64) {
			t.Errorf("%x: got another key", v.SeedHex)
		}
	}
}

func TestFingerprint(t *testing.T) {
	var list []vector
	vectors.Load(t, "fingerprint", &list)
	for _, v := range list {
		public, err := ParsePublicKey(v.PublicSpkiB64)
		if err != nil {
			t.Fatal(err)
		}
		if got := Fingerprint(v.Material, public); got != v.Phrase {
			t.Errorf("%s: got %s, want %s", v.Material, got, v.Phrase)
		}
	}
}

func TestBreachPrefix(t *testing.T) {
	var list []vector
	vectors.Load(t, "hibp", &list)
	for _, v := range list {
		prefix, rest := BreachPrefix(v.Password)
		if prefix != v.Prefix || rest != v.Suffix {
			t.Errorf("got %s %s, want %s %s", prefix, rest, v.Prefix, v.Suffix)
		}
	}
}

func TestFolderAndCollectionNames(t *testing.T) {
	var folders, collections []struct {
		KeyB64, OrganizationKeyB64 vectors.B64
		Name                       EncString
		NamePlain                  string
	}
	vectors.Load(t, "folder", &folders)
	vectors.Load(t, "collection", &collections)
	for _, v := range append(folders, collections...) {
		raw := v.KeyB64
		if raw == nil {
			raw = v.OrganizationKeyB64
		}
		if got, err := mustKey(t, raw).DecryptText(v.Name); err != nil || got != v.NamePlain {
			t.Errorf("got %q, %v, want %q", got, err, v.NamePlain)
		}
	}
}
