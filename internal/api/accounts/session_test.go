package accounts_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

const (
	phone   = "9b0e2f6c-6d5e-4a43-8f11-0a7a3b1f2c22"
	newHash = "another-hash"
)

func (s *server) refresh(token string) answer {
	return s.form(map[string]string{"grant_type": "refresh_token", "client_id": "cli", "refresh_token": token})
}

func (s *server) apiKey(access string) (clientID, key string) {
	s.t.Helper()
	key = s.must("POST", "/api/accounts/api-key", access, m{"masterPasswordHash": password}).JSON(s.t)["apiKey"].(string)
	return "user." + s.must("GET", "/api/accounts/profile", access, nil).JSON(s.t)["id"].(string), key
}

func (s *server) keyGrant(clientID, key, device string) answer {
	return s.form(map[string]string{"grant_type": "client_credentials", "client_id": clientID, "client_secret": key, "scope": "api",
		"deviceType": "25", "deviceIdentifier": device, "deviceName": "linux"})
}

func unlock(kdf m, key, salt string) m {
	return m{"kdf": kdf, "masterKeyWrappedUserKey": key, "salt": salt}
}

func authentication(kdf m, hash, salt string) m {
	return m{"kdf": kdf, "masterPasswordAuthenticationHash": hash, "salt": salt}
}

const rotatePath = "/api/accounts/key-management/rotate-user-account-keys"

// rotation is a change of the user key, and of the password to newHash, of an
// account with an empty vault.
func rotation(oldHash string) m {
	return m{
		"oldMasterKeyAuthenticationHash": oldHash, "accountData": m{},
		"accountUnlockData": m{"masterPasswordUnlockData": m{"kdfType": 0, "kdfIterations": 600_000, "email": alice,
			"masterKeyAuthenticationHash": newHash, "masterKeyEncryptedUserKey": wrappedKey()}},
		"accountKeys": m{"accountPublicKey": publicKey, "userKeyEncryptedAccountPrivateKey": wrappedPrivateKey},
	}
}

var argon = m{"kdfType": 1, "iterations": 3, "memory": 64, "parallelism": 4}

// TestEverySessionEnds: each act that must end sessions ends every kind of token,
// on every device.
func TestEverySessionEnds(t *testing.T) {
	for _, c := range []struct {
		name, method, path string
		body               m
		newEmail, newHash  string // to log in with afterwards
	}{
		{"password, new form", "POST", "/api/accounts/password", m{"masterPasswordHash": password, "masterPasswordHint": "",
			"authenticationData": authentication(pbkdf2, newHash, alice), "unlockData": unlock(pbkdf2, wrappedKey(), alice)}, alice, newHash},
		{"password, old form", "POST", "/api/accounts/password", m{"masterPasswordHash": password, "newMasterPasswordHash": newHash, "key": wrappedKey()}, alice, newHash},
		{"key derivation, new form", "POST", "/api/accounts/kdf", m{"masterPasswordHash": password,
			"authenticationData": authentication(argon, newHash, alice), "unlockData": unlock(argon, wrappedKey(), alice)}, alice, newHash},
		{"key derivation, old form", "POST", "/api/accounts/kdf", m{"masterPasswordHash": password, "kdf": 1, "kdfIterations": 3, "kdfMemory": 64,
			"kdfParallelism": 4, "newMasterPasswordHash": newHash, "key": wrappedKey()}, alice, newHash},
		{"e-mail", "POST", "/api/accounts/email", m{"masterPasswordHash": password, "newEmail": "Alice2@example.com", "newMasterPasswordHash": newHash,
			"key": wrappedKey(), "token": "any"}, "alice2@example.com", newHash},
		{"key rotation", "POST", rotatePath, rotation(password), alice, newHash},
		{"security stamp", "POST", "/api/accounts/security-stamp", m{"masterPasswordHash": password}, alice, password},
		{"deletion", "DELETE", "/api/accounts", m{"masterPasswordHash": password}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				s := newServer(t, d)
				s.register(alice, password)
				here, hereRefresh := s.logIn(alice, password, laptop)
				there, thereRefresh := s.logIn(alice, password, phone)
				clientID, key := s.apiKey(here)
				byKey := s.keyGrant(clientID, key, "api-device").JSON(t)["access_token"].(string)
				if a := s.refresh(thereRefresh); a.Status != http.StatusOK || a.JSON(t)["refresh_token"] != thereRefresh {
					t.Fatalf("refresh before: %d %s, want the same token", a.Status, a.Body)
				}

				s.must(c.method, c.path, here, c.body)

				for name, access := range map[string]string{"this device": here, "the other device": there, "the API key's": byKey} {
					if a := s.do("GET", "/api/accounts/profile", access, nil); a.Status != http.StatusUnauthorized {
						t.Errorf("access token of %s: %d %s, want 401", name, a.Status, a.Body)
					}
				}
				for name, refresh := range map[string]string{"this device": hereRefresh, "the other device": thereRefresh} {
					if a := s.refresh(refresh); a.Status != http.StatusBadRequest || strings.TrimSpace(string(a.Body)) != `{"error":"invalid_grant"}` {
						t.Errorf("refresh token of %s: %d %s, want invalid_grant", name, a.Status, a.Body)
					}
				}
				if c.newEmail == "" {
					if a := s.form(passwordGrant(alice, password, laptop)); a.Status != http.StatusBadRequest {
						t.Errorf("a deleted account logged in: %d", a.Status)
					}
					return
				}
				s.logIn(c.newEmail, c.newHash, laptop)
				if c.newHash != password {
					if a := s.form(passwordGrant(c.newEmail, password, laptop)); a.Status != http.StatusBadRequest {
						t.Errorf("the old password still works: %d", a.Status)
					}
				}
			})
		})
	}
}

func TestRemovedDeviceIsLoggedOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		s.register("bob@example.com", "hash-of-bob")
		here, _ := s.logIn(alice, password, laptop)
		there, thereRefresh := s.logIn(alice, password, phone)
		bob, _ := s.logIn("bob@example.com", "hash-of-bob", laptop)

		device := s.must("GET", "/api/devices/identifier/"+phone, here, nil).JSON(t)
		path := "/api/devices/" + device["id"].(string)
		for _, call := range []string{"GET ", "DELETE ", "PUT "} {
			a := s.do(strings.TrimSpace(call), path, bob, m{"type": 1, "name": "x", "identifier": phone})
			b := s.do(strings.TrimSpace(call), "/api/devices/00000000-0000-4000-8000-000000000000", bob, m{"type": 1, "name": "x", "identifier": phone})
			if a.Status != http.StatusNotFound || string(a.Body) != string(b.Body) || b.Status != a.Status {
				t.Errorf("%sa foreign device: %d %s, an absent one: %d %s; want the same 404", call, a.Status, a.Body, b.Status, b.Body)
			}
		}
		s.must("DELETE", path, here, nil)
		if a := s.do("GET", "/api/accounts/profile", there, nil); a.Status != http.StatusUnauthorized {
			t.Errorf("access token of a removed device: %d, want 401", a.Status)
		}
		if a := s.refresh(thereRefresh); a.Status != http.StatusBadRequest {
			t.Errorf("refresh token of a removed device: %d, want 400", a.Status)
		}
		s.logIn(alice, password, phone) // the same installation comes back
		if a := s.do("GET", "/api/accounts/profile", there, nil); a.Status != http.StatusUnauthorized {
			t.Errorf("its old access token: %d, want 401", a.Status)
		}
		s.must("GET", "/api/accounts/profile", here, nil)
	})
}

func TestSessionsLiveFromUseToUse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		for _, c := range []struct {
			client string
			days   int
		}{{"web", 7}, {"mobile", 60}, {"cli", 30}, {"browser", 30}, {"desktop", 30}} {
			grant := passwordGrant(alice, password, laptop)
			grant["client_id"] = c.client
			refresh := s.form(grant).JSON(t)["refresh_token"].(string)
			renew := func() int {
				return s.form(map[string]string{"grant_type": "refresh_token", "client_id": c.client, "refresh_token": refresh}).Status
			}
			for range 3 {
				s.wait(time.Duration(c.days)*24*time.Hour - time.Minute)
				if got := renew(); got != http.StatusOK {
					t.Errorf("%s: %d before its %d days, want 200", c.client, got, c.days)
				}
			}
			s.wait(time.Duration(c.days)*24*time.Hour + time.Minute)
			if got := renew(); got != http.StatusBadRequest {
				t.Errorf("%s: %d after %d days of silence, want 400", c.client, got, c.days)
			}
		}
	})
}

func TestAccessTokenExpires(t *testing.T) {
	s := newServer(t, dbtest.SQLite(t))
	s.register(alice, password)
	access, refresh := s.logIn(alice, password, laptop)
	s.wait(time.Hour + time.Minute)
	if a := s.do("GET", "/api/accounts/revision-date", access, nil); a.Status != http.StatusUnauthorized {
		t.Errorf("after an hour: %d, want 401", a.Status)
	}
	for _, bad := range []string{"", "x", access + "x", strings.Replace(access, ".", ".e30", 1)} {
		if a := s.do("GET", "/api/accounts/revision-date", bad, nil); a.Status != http.StatusUnauthorized {
			t.Errorf("token %q: %d, want 401", bad, a.Status)
		}
	}
	renewed := s.refresh(refresh).JSON(t)["access_token"].(string)
	s.must("GET", "/api/accounts/revision-date", renewed, nil)
	if a := s.form(map[string]string{"grant_type": "refresh_token", "client_id": "web", "refresh_token": refresh}); a.Status != http.StatusBadRequest {
		t.Errorf("the refresh token of another client: %d, want 400", a.Status)
	}
}

func TestAPIKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		access, _ := s.logIn(alice, password, laptop)
		clientID, key := s.apiKey(access)
		a := s.keyGrant(clientID, key, laptop)
		v := a.JSON(t)
		if a.Status != http.StatusOK || v["refresh_token"] != nil || v["scope"] != "api" || v["Key"] == nil || v["AccountKeys"] == nil || v["UserDecryptionOptions"] == nil {
			t.Errorf("API key grant: %d %s", a.Status, a.Body)
		}
		if got := claimsOf(t, v["access_token"].(string))["client_id"]; got != clientID {
			t.Errorf("client_id = %v, want %s", got, clientID)
		}
		old := v["access_token"].(string)
		if a := s.do("GET", "/api/accounts/profile", old, nil); a.Status != http.StatusOK {
			t.Errorf("token of the key: %d %s", a.Status, a.Body)
		}
		rotated := s.must("POST", "/api/accounts/rotate-api-key", access, m{"masterPasswordHash": password}).JSON(t)["apiKey"].(string)
		if rotated == key {
			t.Error("rotation gave the same key")
		}
		if a := s.do("GET", "/api/accounts/profile", old, nil); a.Status != http.StatusUnauthorized {
			t.Errorf("token of the old key: %d %s, want 401", a.Status, a.Body)
		}
		if a := s.keyGrant(clientID, key, laptop); a.Status != http.StatusBadRequest || strings.TrimSpace(string(a.Body)) != `{"error":"invalid_client"}` {
			t.Errorf("the old key: %d %s, want invalid_client", a.Status, a.Body)
		}
		if a := s.keyGrant(clientID, rotated, laptop); a.Status != http.StatusOK {
			t.Errorf("the new key: %d %s", a.Status, a.Body)
		}
	})
}

func TestSweepRemovesWhatHasExpired(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		s.logIn(alice, password, laptop)
		s.wait(20 * 24 * time.Hour)
		s.logIn(alice, password, phone)
		s.wait(11 * 24 * time.Hour)
		if err := s.accounts.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := s.count(`SELECT COUNT(*) FROM sessions`); n != 1 {
			t.Errorf("%d sessions are left, want the one that lives", n)
		}
	})
}
