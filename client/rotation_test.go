package client

import (
	"errors"
	"testing"

	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/client/seal"
)

const rotatePath = "POST /api/accounts/key-management/rotate-user-account-keys"

// What this package cannot put under the new key would be lost with the old one.
func TestRotateKeysStopsAtWhatItCannotKeep(t *testing.T) {
	user := func(s *Session) seal.Key { return s.user }
	for name, test := range map[string]struct {
		sync func(s *Session) map[string]any
		data map[string]any
		want error
	}{
		"a Send": {sync: func(*Session) map[string]any { return map[string]any{"sends": []any{map[string]any{"id": "1"}}} }, want: ErrMoreUnderKey},
		"an emergency access": {
			sync: func(*Session) map[string]any { return map[string]any{} },
			data: map[string]any{"object": "x", "emergencyAccessKeyData": []any{map[string]any{"id": "1"}}}, want: ErrMoreUnderKey,
		},
		"an organization that nobody named": {
			sync: func(*Session) map[string]any { return map[string]any{} },
			data: map[string]any{recoveryList: []any{map[string]any{"organizationId": "o", "publicKey": "AAAA"}}}, want: ErrUntrusted,
		},
		"an unreadable item": {sync: func(s *Session) map[string]any {
			return map[string]any{"ciphers": []any{mustSeal(t, login("mine", "a"), user(s)), mustSeal(t, login("broken", "b"), seal.NewKey())}}
		}, want: seal.ErrDecrypt},
		"an unreadable folder": {sync: func(*Session) map[string]any {
			return map[string]any{"folders": []any{map[string]any{"id": "f", "name": seal.NewKey().EncryptText("Home")}}}
		}, want: seal.ErrDecrypt},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t)
			s := f.session()
			f.on("GET /api/accounts/key-management/key-rotation-data", test.data)
			f.on("GET /api/sync?excludeDomains=true", test.sync(s))
			if err := s.RotateKeys(t.Context(), testPassword); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
			if f.count(rotatePath) != 0 {
				t.Error("it was sent nevertheless")
			}
			if _, _, err := s.keys(); err != nil {
				t.Errorf("the session: %v", err)
			}
		})
	}
}

// The old key must not encrypt anything any more.
func TestRotateKeysLocksTheSession(t *testing.T) {
	f := newFake(t)
	s := f.session()
	old, private, _ := s.keys()
	mine, theirs := login("secret name", "secret password"), login("theirs", "b")
	mine.ID, theirs.OrganizationID = "1", "o"
	f.on("GET /api/accounts/key-management/key-rotation-data", map[string]any{"passkeyKeyData": []any{}})
	f.on("GET /api/sync?excludeDomains=true", map[string]any{"ciphers": []any{mustSeal(t, mine, old), mustSeal(t, theirs, seal.NewKey())}})
	f.on(rotatePath, nil)
	if err := s.RotateKeys(t.Context(), testPassword); err != nil {
		t.Fatal(err)
	}
	if _, err := s.CreateItem(t.Context(), login("n", "p")); !errors.Is(err, ErrLocked) {
		t.Errorf("after it: got %v, want %v", err, ErrLocked)
	}
	var body struct {
		Unlock struct {
			Password struct {
				Key seal.EncString `json:"masterKeyEncryptedUserKey"`
			} `json:"masterPasswordUnlockData"`
		} `json:"accountUnlockData"`
		Keys         *accountKeys `json:"accountKeys"`
		NewUserKeyID string
		Data         struct{ Ciphers []item.Cipher } `json:"accountData"`
	}
	f.last(rotatePath, &body)
	master, err := seal.NewMasterKey(testPassword, "ann@example.test", seal.KDF{Type: seal.PBKDF2, Iterations: 5000})
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := master.UnwrapUserKey(body.Unlock.Password.Key)
	if err != nil || fresh == old || fresh.ID() != body.NewUserKeyID {
		t.Fatalf("new key: %v, named %s", err, body.NewUserKeyID)
	}
	if same, err := body.Keys.open(fresh); err != nil || same.Public().Base64() != private.Public().Base64() {
		t.Errorf("key pair: %v", err)
	}
	if len(body.Data.Ciphers) != 1 {
		t.Fatalf("%d items, want the personal one", len(body.Data.Ciphers))
	}
	if view, err := body.Data.Ciphers[0].Open(fresh); err != nil || view.Name != "secret name" {
		t.Errorf("item: got %+v, %v", view, err)
	}
	f.neverSaid("secret name", "secret password", testPassword)
}
