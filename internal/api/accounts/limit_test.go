package accounts_test

import (
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/login"
)

// entries are all the calls that look at a secret of Alice, with a wrong one.
func entries(s *server, access, clientID string) map[string]func() answer {
	secret := func(path string, more m) func() answer {
		return func() answer {
			body := m{"masterPasswordHash": "guess"}
			for name, v := range more {
				body[name] = v
			}
			return s.do("POST", path, access, body)
		}
	}
	return map[string]func() answer{
		"log-in":            func() answer { return s.form(passwordGrant(alice, "guess", laptop)) },
		"API key log-in":    func() answer { return s.keyGrant(clientID, "guess", laptop) },
		"verify-password":   secret("/api/accounts/verify-password", nil),
		"verify-otp":        func() answer { return s.do("POST", "/api/accounts/verify-otp", access, m{"otp": "000000"}) },
		"password":          secret("/api/accounts/password", m{"newMasterPasswordHash": "x", "key": wrappedKey()}),
		"kdf":               secret("/api/accounts/kdf", m{"kdf": 0, "kdfIterations": 700000, "newMasterPasswordHash": "x", "key": wrappedKey()}),
		"email-token":       secret("/api/accounts/email-token", m{"newEmail": "b@example.com"}),
		"email":             secret("/api/accounts/email", m{"newEmail": "b@example.com", "newMasterPasswordHash": "x", "key": wrappedKey(), "token": "1"}),
		"security-stamp":    secret("/api/accounts/security-stamp", nil),
		"api-key":           secret("/api/accounts/api-key", nil),
		"rotate-api-key":    secret("/api/accounts/rotate-api-key", nil),
		"verify-devices":    secret("/api/accounts/verify-devices", m{"verifyDevices": false}),
		"key rotation":      func() answer { return s.do("POST", rotatePath, access, rotation("guess")) },
		"delete":            secret("/api/accounts/delete", nil),
		"authenticator":     secret("/api/two-factor/get-authenticator", nil),
		"new authenticator": secret(authenticatorPath, m{"key": strings.Repeat("A", 32), "token": "000000"}),
		"no authenticator":  secret("/api/two-factor/disable", m{"type": 0}),
		"recovery code":     secret("/api/two-factor/get-recover", nil),
		"new device codes":  secret("/api/accounts/resend-new-device-otp", m{"email": alice}),
	}
}

// TestEveryEntryCountsTries: no call lets more wrong secrets through than another,
// the right one is refused too once there are no tries left, and a restart
// forgives nothing.
func TestEveryEntryCountsTries(t *testing.T) {
	d := dbtest.SQLite(t) // 150 slow hashes; package ratelimit counts on both databases
	s := newServer(t, d)
	s.register(alice, password)
	access, _ := s.logIn(alice, password, laptop)
	clientID, key := s.apiKey(access)
	for name, try := range entries(s, access, clientID) {
		s.wait(30 * time.Minute) // all tries are back
		access, _ = s.logIn(alice, password, laptop)
		try = entries(s, access, clientID)[name]
		for i := range 10 {
			if a := try(); a.Status != http.StatusBadRequest && name != "new device codes" {
				t.Fatalf("%s, try %d: %d %s, want 400", name, i+1, a.Status, a.Body)
			}
			if len(s.log.Attrs) != 1 || s.log.Attrs[0].Key != "auth_failure" {
				t.Errorf("%s: the log line says %v, want auth_failure", name, s.log.Attrs)
			}
		}
		if a := try(); a.Status != http.StatusTooManyRequests {
			t.Errorf("%s, try 11: %d %s, want 429", name, a.Status, a.Body)
		}
		restarted := newServer(t, d)
		restarted.wait(s.clock().Sub(restarted.clock()))
		if a := restarted.form(passwordGrant(alice, password, laptop)); a.Status != http.StatusTooManyRequests {
			t.Errorf("%s: the right password after it, and after a restart: %d, want 429", name, a.Status)
		}
		if a := restarted.keyGrant(clientID, key, laptop); a.Status != http.StatusTooManyRequests {
			t.Errorf("%s: the right API key after it: %d, want 429", name, a.Status)
		}
		d.Now = s.clock
	}
}

func TestOneAddressCannotSpray(t *testing.T) {
	s := newServer(t, dbtest.SQLite(t))
	s.register(alice, password)
	for i := range 50 {
		if a := s.form(passwordGrant(strings.Repeat("x", i+1)+"@example.com", "guess", laptop)); a.Status != http.StatusBadRequest {
			t.Fatalf("try %d: %d, want 400", i+1, a.Status)
		}
	}
	if a := s.form(passwordGrant(alice, password, laptop)); a.Status != http.StatusTooManyRequests {
		t.Errorf("after 50 wrong tries: %d, want 429", a.Status)
	}
	s.addr = "192.0.2.2"
	s.logIn(alice, password, laptop)
	s.addr = "192.0.2.1"
	s.wait(5 * time.Second)
	s.logIn(alice, password, laptop)
}

func TestRightPasswordsCostNoTries(t *testing.T) {
	s := newServer(t, dbtest.SQLite(t))
	s.register(alice, password)
	for range 70 {
		s.logIn(alice, password, laptop)
	}
}

// TestUnknownAddressCostsTheSame counts statements, which a slow machine does not
// change as it changes times. That the hash is made for both is tested in passhash.
func TestUnknownAddressCostsTheSame(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		count := func(email string) int64 {
			var n atomic.Int64
			_, err := s.login.ByPassword(db.CountStatements(t.Context(), &n), login.Password{
				Client: login.Client{ID: "cli", Device: deviceNamed(laptop)}, Email: email, Hash: "guess"})
			if !errors.Is(err, login.ErrPassword) {
				t.Fatalf("%s: %v", email, err)
			}
			return n.Load()
		}
		if known, unknown := count(alice), count("nobody@example.com"); known != unknown {
			t.Errorf("%d statements for a known address, %d for an unknown one", known, unknown)
		}
	})
}
