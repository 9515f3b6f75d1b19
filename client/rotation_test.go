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
		"an unreadable Send": {sync: func(*Session) map[string]any {
			return map[string]any{"sends": []any{map[string]any{"id": "1", "key": seal.NewKey().WrapSeed(seal.NewSendSeed())}}}
		}, want: seal.ErrDecrypt},
		"a Send whose key is no seed": {sync: func(s *Session) map[string]any {
			return map[string]any{"sends": []any{map[string]any{"id": "1", "key": user(s).Wrap(seal.NewKey())}}}
		}, want: seal.ErrKeyLength},
		"a file directly under the key": {sync: func(s *Session) map[string]any {
			cipher := mustSeal(t, login("mine", "a"), user(s))
			cipher.Attachments = []item.Attachment[seal.EncString]{{ID: "f", FileName: user(s).EncryptText("a.txt")}}
			return map[string]any{"ciphers": []any{cipher}}
		}, want: item.ErrOldAttachment},
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
	seed := seal.NewSendSeed()
	f.on("GET /api/sync?excludeDomains=true", map[string]any{
		"ciphers": []any{mustSeal(t, mine, old), mustSeal(t, theirs, seal.NewKey())},
		"sends":   []any{map[string]any{"id": "s", "key": old.WrapSeed(seed), "authType": 1, "password": "set", "name": seed.Key().EncryptText("n")}},
	})
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
		Data         struct {
			Ciphers []item.Cipher
			Sends   []struct {
				ID, Key, Name seal.EncString
				AuthType      int
				Password      *string
			}
		} `json:"accountData"`
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
	if len(body.Data.Sends) != 1 {
		t.Fatalf("%d Sends, want 1", len(body.Data.Sends))
	}
	send := body.Data.Sends[0]
	if got, err := fresh.UnwrapSeed(send.Key); err != nil || got != seed {
		t.Errorf("the seed of the Send: %v", err)
	}
	if send.Password != nil || send.AuthType != 1 || send.ID != "s" || send.Name == "" {
		t.Errorf("the Send: got %+v, want it whole but for its password", send)
	}
}
