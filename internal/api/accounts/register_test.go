package accounts_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/token"
)

const (
	someOrg      = "0d4a8c1e-1111-4222-8333-444455556666"
	someMember   = "1d4a8c1e-1111-4222-8333-444455556666"
	someProvider = "2d4a8c1e-1111-4222-8333-444455556666"
	someStaff    = "3d4a8c1e-1111-4222-8333-444455556666"
)

// invitations stores an invited member and provider user with an address, and a
// provider that waits to be set up.
func (s *server) invitations(email string) {
	s.t.Helper()
	for _, statement := range []string{
		`INSERT INTO organizations (id, name, billing_email, plan_type, status, enabled, api_key, limit_collection_creation, limit_collection_deletion,
			limit_item_deletion, admins_access_all, provider_item_access, created_at, revised_at)
			VALUES ('` + someOrg + `', 'Example Ltd', 'b@example.com', 0, 1, TRUE, '', FALSE, FALSE, FALSE, TRUE, TRUE, 0, 0)`,
		`INSERT INTO members (org_id, id, email, status, type, permissions, created_at, revised_at) VALUES ('` + someOrg + `', '` + someMember + `', '` + email + `', 0, 0, 0, 0, 0)`,
		`INSERT INTO providers (id, billing_email, status, type, enabled, created_at, revised_at) VALUES ('` + someProvider + `', '', 0, 0, TRUE, 0, 0)`,
		`INSERT INTO provider_users (provider_id, id, email, status, type, created_at, revised_at) VALUES ('` + someProvider + `', '` + someStaff + `', '` + email + `', 0, 0, 0, 0)`,
	} {
		s.exec(statement)
	}
}

func (s *server) exec(statement string) {
	s.t.Helper()
	err := s.db.Update(s.t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(s.t.Context(), statement)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *server) invite(p token.Purpose, row, email string) string {
	s.t.Helper()
	signed, err := s.accounts.Tokens.Invite(p, time.Hour, token.Invitation{Row: row, Email: email})
	if err != nil {
		s.t.Fatal(err)
	}
	return signed
}

const finish = "/identity/accounts/register/finish"

// TestWhoMayRegister goes through the modes and the kinds of token.
func TestWhoMayRegister(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.invitations(alice)
		s.accounts.Domains = []string{"Example.com"}
		open := s.emailToken(alice)
		elsewhere := s.emailToken("a@elsewhere.example")
		member := m{"orgInviteToken": s.invite(token.OrgInvitation, someMember, alice), "organizationUserId": strings.ToUpper(someMember)}
		staff := m{"providerInviteToken": s.invite(token.ProviderInvitation, someStaff, alice), "providerUserId": someStaff}
		setup := m{"providerSetupToken": s.invite(token.ProviderSetup, someProvider, "")}
		everywhere := map[account.Registration]bool{account.Open: true, account.Domains: true, account.Invited: true}
		for _, c := range []struct {
			name     string
			email    string
			tokens   m
			modes    map[account.Registration]bool
			verified bool
		}{
			{"by address", alice, m{"emailVerificationToken": open}, map[account.Registration]bool{account.Open: true, account.Domains: true}, false},
			{"by address of another domain", "a@elsewhere.example", m{"emailVerificationToken": elsewhere}, map[account.Registration]bool{account.Open: true}, false},
			{"by another's address token", alice, m{"emailVerificationToken": elsewhere}, nil, false},
			{"without a token", alice, m{}, nil, false},
			{"invited member", alice, member, everywhere, true},
			{"invited member with the invitation of another", "mallory@example.com", member, nil, false},
			{"member invitation for another row", alice, m{"orgInviteToken": member["orgInviteToken"], "organizationUserId": someStaff}, nil, false},
			{"invitation to a member that is gone", alice, m{"orgInviteToken": s.invite(token.OrgInvitation, someStaff, alice)}, nil, false},
			{"invited provider user", alice, staff, everywhere, true},
			{"member invitation as provider invitation", alice, m{"providerInviteToken": member["orgInviteToken"]}, nil, false},
			{"set-up link, which works on a closed server too", alice, setup, map[account.Registration]bool{account.Open: true, account.Domains: true, account.Invited: true, account.Closed: true}, false},
			{"set-up link for an address", alice, m{"providerSetupToken": s.invite(token.ProviderSetup, someProvider, alice)}, map[account.Registration]bool{account.Open: true, account.Domains: true, account.Invited: true, account.Closed: true}, true},
			{"set-up link for another address", alice, m{"providerSetupToken": s.invite(token.ProviderSetup, someProvider, "b@example.com")}, nil, false},
			{"set-up link of a provider that is gone", alice, m{"providerSetupToken": s.invite(token.ProviderSetup, someOrg, "")}, nil, false},
		} {
			for _, mode := range []account.Registration{account.Open, account.Domains, account.Invited, account.Closed} {
				s.accounts.Registration = mode
				body := newcomer(c.email, password, "")
				maps.Copy(body, c.tokens)
				a := s.do("POST", finish, "", body)
				if got := a.Status == http.StatusOK; got != c.modes[mode] || (!got && a.Status != http.StatusBadRequest) {
					t.Errorf("%s, %s: %d %s, want success %v", c.name, mode, a.Status, a.Body, c.modes[mode])
				}
				if a.Status != http.StatusOK {
					continue
				}
				if string(a.Body) != `{"object":"registerFinish","captchaBypassToken":""}`+"\n" {
					t.Errorf("answer: %s", a.Body)
				}
				access, _ := s.logIn(c.email, password, laptop)
				if got := s.must("GET", "/api/accounts/profile", access, nil).JSON(t)["emailVerified"]; got != c.verified {
					t.Errorf("%s: emailVerified = %v, want %v", c.name, got, c.verified)
				}
				s.exec(`DELETE FROM users WHERE email = '` + c.email + `'`)
			}
		}
	})
}

func TestBeginRegistrationKeepsOthersOut(t *testing.T) {
	s := newServer(t, dbtest.SQLite(t))
	s.accounts.Domains = []string{"example.com"}
	for mode, want := range map[account.Registration]int{account.Open: 200, account.Domains: 400, account.Invited: 400, account.Closed: 400} {
		s.accounts.Registration = mode
		a := s.do("POST", "/identity/accounts/register/send-verification-email", "", m{"email": "a@elsewhere.example"})
		if a.Status != want {
			t.Errorf("%s: %d %s, want %d", mode, a.Status, a.Body, want)
		}
	}
}

func TestBadRegistrationsStoreNothing(t *testing.T) {
	s := newServer(t, dbtest.SQLite(t))
	signed := s.emailToken(alice)
	change := func(path string, v any) m {
		b, err := json.Marshal(newcomer(alice, password, signed))
		if err != nil {
			t.Fatal(err)
		}
		var body m
		if err := json.Unmarshal(b, &body); err != nil {
			t.Fatal(err)
		}
		at := body
		parts := strings.Split(path, ".")
		for _, p := range parts[:len(parts)-1] {
			at = at[p].(m)
		}
		at[parts[len(parts)-1]] = v
		return body
	}
	weak := m{"kdfType": 0, "iterations": 5000}
	both := change("masterPasswordAuthentication.kdf", weak)
	both["masterPasswordUnlock"].(m)["kdf"] = weak
	salts := change("masterPasswordAuthentication.salt", "other@example.com")
	salts["masterPasswordUnlock"].(m)["salt"] = "other@example.com"
	for _, c := range []struct {
		name string
		body any
		says string
	}{
		{"no JSON", "{", "not valid JSON"},
		{"no body", "", "no body"},
		{"a number for an address", m{"email": 7}, "wrong type"},
		{"no address", change("email", "alice"), "valid e-mail"},
		{"address with a line break", change("email", "alice@example.com\r\nBcc: b@example.com"), "valid e-mail"},
		{"address with a name", change("email", "Alice <alice@example.com>"), "valid e-mail"},
		{"long hint", change("masterPasswordHint", strings.Repeat("x", 51)), "at most 50"},
		{"name with control characters", change("name", "a\u0000b"), "control characters"},
		{"cheap key derivation", both, "600,000"},
		{"different key derivations", change("masterPasswordUnlock.kdf", argon), "must be the same"},
		{"different salts", change("masterPasswordUnlock.salt", "x"), "must be the same"},
		{"salt of another address", salts, "must be the e-mail address"},
		{"key without authentication", change("masterPasswordUnlock.masterKeyWrappedUserKey", "0."+noise(16)+"|"+noise(80)), "type 2"},
		{"key of the second generation", change("masterPasswordUnlock.masterKeyWrappedUserKey", "7."+noise(80)), "type 2"},
		{"no key", change("masterPasswordUnlock.masterKeyWrappedUserKey", ""), "type 2"},
		{"half of the new form", change("masterPasswordUnlock", nil), "together"},
		{"no password", change("masterPasswordAuthentication.masterPasswordAuthenticationHash", ""), "missing"},
		{"private key without authentication", change("userAsymmetricKeys.encryptedPrivateKey", "0."+noise(16)+"|"+noise(80)), "type 2"},
		{"no public key", change("userAsymmetricKeys.publicKey", ""), "public key"},
		{"signature keys", change("accountKeys", m{"signatureKeyPair": m{}}), "signature keys"},
		{"bad key id", change("masterPasswordUnlock.containedKeyId", "XYZ"), "hexadecimal"},
		{"forged token", change("emailVerificationToken", signed+"x"), "not valid or has expired"},
		{"too large", `{"email":"` + strings.Repeat("x", 1<<20) + `"}`, "larger than"},
	} {
		a := s.do("POST", finish, "", c.body)
		v := a.JSON(t)
		if a.Status != http.StatusBadRequest && a.Status != http.StatusRequestEntityTooLarge || v["object"] != "error" || !strings.Contains(v["message"].(string), c.says) {
			t.Errorf("%s: %d %s, want an error with %q", c.name, a.Status, a.Body, c.says)
		}
	}
	s.must("POST", finish, "", newcomer(alice, password, signed)) // none of them took the address
	if a := s.do("POST", finish, "", newcomer(alice, password, signed)); a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), "already") {
		t.Errorf("second registration: %d %s", a.Status, a.Body)
	}
}

func TestOldFormOfRegistration(t *testing.T) {
	s := newServer(t, dbtest.SQLite(t))
	s.must("POST", finish, "", m{
		"Email": alice, "emailVerificationToken": s.emailToken(alice), "masterPasswordHash": password, "userSymmetricKey": wrappedKey(),
		"kdf": 1, "kdfIterations": 6, "kdfMemory": 32, "kdfParallelism": 4,
		"accountKeys": m{"userKeyEncryptedAccountPrivateKey": wrappedPrivateKey, "accountPublicKey": publicKey, "signatureKeyPair": nil, "securityState": nil},
	})
	v := s.form(passwordGrant(alice, password, laptop)).JSON(t)
	if v["Kdf"] != 1.0 || v["KdfIterations"] != 6.0 || v["KdfMemory"] != 32.0 || v["KdfParallelism"] != 4.0 || v["PrivateKey"] != wrappedPrivateKey {
		t.Errorf("token answer: %v", v)
	}
}

func TestAccountWithoutKeysGetsThemOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		body := newcomer(alice, password, s.emailToken(alice))
		delete(body, "userAsymmetricKeys")
		s.must("POST", finish, "", body)
		v := s.form(passwordGrant(alice, password, laptop)).JSON(t)
		if v["AccountKeys"] != nil || v["PrivateKey"] != nil {
			t.Errorf("keys before there are any: %v", v)
		}
		access := v["access_token"].(string)
		pair := m{"publicKey": publicKey, "encryptedPrivateKey": wrappedPrivateKey}
		if got := s.must("POST", "/api/accounts/keys", access, pair).JSON(t); got["publicKey"] != publicKey || got["object"] != "keys" {
			t.Errorf("answer: %v", got)
		}
		if a := s.do("POST", "/api/accounts/keys", access, pair); a.Status != http.StatusBadRequest {
			t.Errorf("second pair: %d, want 400", a.Status)
		}
		user := s.must("GET", "/api/accounts/profile", access, nil).JSON(t)["id"].(string)
		if got := s.must("GET", "/api/users/"+user+"/public-key", access, nil).JSON(t); got["publicKey"] != publicKey || got["userId"] != user || got["object"] != "userKey" {
			t.Errorf("public key: %v", got)
		}
		for _, absent := range []string{someOrg, "me", "%20"} {
			if a := s.do("GET", "/api/users/"+absent+"/public-key", access, nil); a.Status != http.StatusNotFound {
				t.Errorf("public key of %q: %d, want 404", absent, a.Status)
			}
		}
		keyID := m{"userKeyId": "fe48bae989f33215ea76f87c8d1837e6"}
		s.must("POST", "/api/accounts/key-management/user-key-id", access, keyID)
		s.must("POST", "/api/accounts/key-management/user-key-id", access, m{"userKeyId": strings.Repeat("0", 32)})
		err := d.View(t.Context(), func(tx *db.Tx) error {
			a, err := account.ByEmail(t.Context(), tx, alice)
			if a.UserKeyID != keyID["userKeyId"] {
				t.Errorf("stored key id = %q, want the first one", a.UserKeyID)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
