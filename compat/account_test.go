//go:build compat

package compat

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/compat/realserver"
)

func TestAccount(t *testing.T) { onBothDatabases(t, testAccount) }

func testAccount(t *testing.T, s *realserver.Server) {
	ada := registerPBKDF2(t, s, "ada")
	b := install(t, s)

	t.Run("a wrong password is answered with the client's own sentence", func(t *testing.T) {
		got := b.fails(t, "login", ada.email, "not the password")
		const want = "Invalid master password. Confirm your email is correct and your account was created on localhost"
		if !strings.Contains(got, want) {
			t.Errorf("printed %q, want it to say %q", got, want)
		}
	})
	t.Run("an address without account gets the same sentence", func(t *testing.T) {
		got := b.fails(t, "login", "nobody@example.test", "not the password")
		if !strings.Contains(got, "Invalid master password.") {
			t.Errorf("printed %q", got)
		}
	})
	t.Run("log in with the password", func(t *testing.T) {
		printed := b.must(t, "login", ada.email, ada.password)
		if !strings.Contains(printed, "You are logged in!") {
			t.Errorf("printed %q", printed)
		}
		b.openSession(t, printed)
		got := b.object(t, "status")
		mustHold(t, "status", map[string]any{
			"serverUrl": s.URL(), "userEmail": ada.email, "userId": ada.id(), "status": "unlocked",
		}, got)
	})
	t.Run("the fingerprint is the one that we compute", func(t *testing.T) {
		if got, want := b.must(t, "get", "fingerprint", "me"), ada.fingerprint(t); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
	t.Run("sync", func(t *testing.T) {
		b.says(t, "Syncing complete.", "sync")
		b.says(t, "Syncing complete.", "sync", "--force")
	})
	t.Run("lock and unlock", func(t *testing.T) {
		b.says(t, "Your vault is locked.", "lock")
		b.session = ""
		if got := b.fails(t, "unlock", "not the password"); !strings.Contains(got, "The decryption operation failed") {
			t.Errorf("printed %q", got)
		}
		printed := b.must(t, "unlock", ada.password)
		if !strings.Contains(printed, "Your vault is now unlocked!") {
			t.Errorf("printed %q", printed)
		}
		b.openSession(t, printed)
		if got := b.list(t, "items"); len(got) != 0 {
			t.Errorf("a new vault holds %v", names(got))
		}
	})
	t.Run("log out", func(t *testing.T) {
		b.says(t, "You have logged out.", "logout")
		b.session = ""
		mustHold(t, "status", map[string]any{"status": "unauthenticated"}, b.object(t, "status"))
	})
	t.Run("API key", func(t *testing.T) { testAPIKey(t, s, ada) })
	t.Run("Argon2id", func(t *testing.T) { testArgon2id(t, s) })
	t.Run("a new security stamp logs the client out", func(t *testing.T) { testStamp(t, s) })
}

func testAPIKey(t *testing.T, s *realserver.Server, p person) {
	b := install(t, s)
	key, err := p.APIKey(t.Context(), p.password)
	if err != nil {
		t.Fatal(err)
	}
	id, secret := key.ClientID, key.Secret
	wrong := b.run(t, []string{"BW_CLIENTID=" + id, "BW_CLIENTSECRET=wrong"}, "login", "--apikey")
	if wrong.ok || !strings.Contains(wrong.both(), "client_id or client_secret is incorrect") {
		t.Errorf("a wrong secret printed %q", wrong.both())
	}
	right := b.run(t, []string{"BW_CLIENTID=" + id, "BW_CLIENTSECRET=" + secret}, "login", "--apikey")
	if !right.ok || !strings.Contains(right.stdout, "You are logged in!") {
		t.Fatalf("the right secret printed %q", right.both())
	}
	mustHold(t, "status", map[string]any{"status": "locked", "userEmail": p.email}, b.object(t, "status"))
	b.openSession(t, b.must(t, "unlock", p.password))
	made := b.object(t, "create", "folder", encode(t, map[string]any{"name": "By API key"}))
	b.says(t, "Syncing complete.", "sync", "--force")
	if diff := cmp.Diff([]string{"By API key", "No Folder"}, sorted(names(b.list(t, "folders")))); diff != "" {
		t.Errorf("folders (-want +got):\n%s", diff)
	}
	b.must(t, "delete", "folder", made["id"].(string))
}

func testArgon2id(t *testing.T, s *realserver.Server) {
	eve := registerArgon2id(t, s, "eve")
	b := install(t, s)
	b.login(t, eve)
	b.openSession(t, b.must(t, "unlock", eve.password))
	if got, want := b.must(t, "get", "fingerprint", "me"), eve.fingerprint(t); got != want {
		t.Errorf("fingerprint %q, want %q", got, want)
	}
}

func testStamp(t *testing.T, s *realserver.Server) {
	p := register(t, s, "stamped")
	b := install(t, s)
	b.login(t, p)
	b.says(t, "Syncing complete.", "sync", "--force")
	if err := p.EndSessions(t.Context(), p.password); err != nil {
		t.Fatal(err)
	}
	b.fails(t, "sync", "--force")
	mustHold(t, "status after the stamp changed", map[string]any{"status": "unauthenticated"}, b.object(t, "status"))
}
