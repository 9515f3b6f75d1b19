package client

import (
	"errors"
	"testing"

	"github.com/kastellan/kastellan/client/seal"
)

func TestChangePasswordKeepsTheUserKey(t *testing.T) {
	f := newFake(t)
	s := f.sessionOf(f.register())
	user, _, _ := s.keys()
	argon := seal.KDF{Type: seal.Argon2id, Iterations: 2, Memory: 16, Parallelism: 1}
	f.on("POST /api/accounts/password", nil)
	f.on("POST /api/accounts/kdf", nil)
	if err := s.ChangePassword(t.Context(), testPassword, "another password", "hint"); err != nil {
		t.Fatal(err)
	}
	if err := s.ChangeKDF(t.Context(), testPassword, argon); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		route, password string
		kdf             seal.KDF
	}{
		{"POST /api/accounts/password", "another password", seal.DefaultKDF},
		{"POST /api/accounts/kdf", testPassword, argon},
	} {
		var body newPassword
		f.last(test.route, &body)
		if proof, _ := s.proof(testPassword); body.Hash != proof {
			t.Errorf("%s: the proof is not that of the old password", test.route)
		}
		master, err := seal.NewMasterKey(test.password, body.Unlock.Salt, body.Unlock.KDF)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := master.UnwrapUserKey(body.Unlock.UserKey); err != nil || got != user {
			t.Errorf("%s: the new password opens another key, or %v", test.route, err)
		}
		if body.Authentication.Hash != master.ServerHash(test.password) || body.Authentication.KDF != test.kdf || body.Unlock.KDF != test.kdf {
			t.Errorf("%s: the two halves do not belong together", test.route)
		}
	}
	if err := s.ChangeKDF(t.Context(), testPassword, seal.KDF{Iterations: 5000}); !errors.Is(err, seal.ErrKDF) {
		t.Errorf("weak derivation: got %v, want %v", err, seal.ErrKDF)
	}
	f.neverSaid(testPassword, "another password")
}

func TestAPIKey(t *testing.T) {
	f := newFake(t)
	s := f.session()
	f.on("POST /api/accounts/api-key", map[string]string{"apiKey": "abc"})
	got, err := s.APIKey(t.Context(), testPassword)
	if want := (APIKey{ClientID: "user." + string(testUser), Secret: "abc"}); err != nil || got.ClientID != want.ClientID || got.Secret != want.Secret {
		t.Errorf("got another key, or %v", err)
	}
}

// The member gives the user key to the organization; an administrator opens it
// again and sets a password that opens the same key.
func TestRecoveryLeadsBackToTheSameUserKey(t *testing.T) {
	f := newFake(t)
	s := f.session()
	user, _, _ := s.keys()
	org := seal.NewKey()
	s.keepOrgKey("o", org)
	pair, private, err := newKeyPair(org)
	if err != nil {
		t.Fatal(err)
	}
	enrol := "PUT /api/organizations/o/users/" + string(testUser) + "/reset-password-enrollment"
	f.on("GET /api/organizations/o/public-key", map[string]string{"publicKey": pair.PublicKey})
	f.on(enrol, nil)
	public, err := s.OrgPublicKey(t.Context(), "o")
	if err != nil || OrgFingerprint("o", public) != seal.Fingerprint("o", private.Public()) {
		t.Fatal(err)
	}
	if err := s.AllowRecovery(t.Context(), "o", public, testPassword); err != nil {
		t.Fatal(err)
	}
	var enrolled struct {
		Key seal.EncString `json:"resetPasswordKey"`
	}
	f.last(enrol, &enrolled)

	f.on("GET /api/organizations/o/users/m/reset-password-details", map[string]any{
		"kdf": 0, "kdfIterations": 600000, "resetPasswordKey": enrolled.Key, "encryptedPrivateKey": pair.PrivateKey,
	})
	f.on("PUT /api/organizations/o/users/m/recover-account", nil)
	if err := s.ResetMemberPassword(t.Context(), "o", Member{ID: "m", Email: testEmail}, "temporary password"); err != nil {
		t.Fatal(err)
	}
	var reset struct {
		Hash string `json:"newMasterPasswordHash"`
		Key  seal.EncString
	}
	f.last("PUT /api/organizations/o/users/m/recover-account", &reset)
	master, err := seal.NewMasterKey("temporary password", testEmail, seal.DefaultKDF)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := master.UnwrapUserKey(reset.Key); err != nil || got != user || reset.Hash != master.ServerHash("temporary password") {
		t.Errorf("the temporary password opens another key, or %v", err)
	}
}
