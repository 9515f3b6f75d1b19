package accounts_test

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

func TestConfigHasItsMembers(t *testing.T) {
	s := newServer(t, dbtest.SQLite(t))
	got := s.must("GET", "/api/config", "", nil).JSON(t)
	const origin = "https://vault.example.com"
	want := m{
		"object": "config", "version": "2026.8.0", "gitHash": "1.0.0", "featureStates": m{"pm-32009-new-item-types": true, "cipher-key-encryption": true}, "communication": nil,
		"server": m{"name": "Kastellan", "url": origin},
		"environment": m{"cloudRegion": nil, "vault": origin, "api": origin + "/api", "identity": origin + "/identity",
			"notifications": origin + "/notifications", "sso": "", "fillAssistRules": nil},
		"push":      m{"pushTechnology": 0.0, "vapidPublicKey": nil},
		"settings":  m{"disableUserRegistration": false, "suppressOnboardingInterstitials": true},
		"kastellan": m{"registration": "open", "mail": false, "version": "1.0.0"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("config (-want +got):\n%s", diff)
	}
	for path, want := range map[string]string{"/api/version": `"2026.8.0"`, "/identity/now": `"2027-01-15T08:00:00.000000Z"`} {
		if got := strings.TrimSpace(string(s.must("GET", path, "", nil).Body)); got != want {
			t.Errorf("%s = %s, want %s", path, got, want)
		}
	}
}

func TestProfileAndAvatar(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		access, _ := s.logIn(alice, password, laptop)
		before := string(s.must("GET", "/api/accounts/revision-date", access, nil).Body)
		got := s.must("PUT", "/api/accounts/profile", access, m{"name": " Alice B. ", "masterPasswordHint": nil}).JSON(t)
		if got["name"] != "Alice B." || got["masterPasswordHint"] != nil {
			t.Errorf("name %v, hint %v; want the new name and no hint", got["name"], got["masterPasswordHint"])
		}
		if after := string(s.must("GET", "/api/accounts/revision-date", access, nil).Body); after <= before {
			t.Errorf("revision date %s after a change, %s before: it must grow", after, before)
		}
		if got := s.must("POST", "/api/accounts/profile", access, m{"masterPasswordHint": "new"}).JSON(t); got["name"] != "Alice B." || got["masterPasswordHint"] != "new" {
			t.Errorf("an absent name changed it: %v, %v", got["name"], got["masterPasswordHint"])
		}
		if got := s.must("PUT", "/api/accounts/avatar", access, m{"avatarColor": "#aabbcc"}).JSON(t); got["avatarColor"] != "#aabbcc" {
			t.Errorf("avatarColor = %v", got["avatarColor"])
		}
		if got := s.must("PUT", "/api/accounts/avatar", access, m{"avatarColor": nil}).JSON(t); got["avatarColor"] != nil {
			t.Errorf("avatarColor = %v, want none", got["avatarColor"])
		}
	})
}

// TestBadRequestsChangeNothing: every refusal has the body that clients read, and
// the account is afterwards as it was.
func TestBadRequestsChangeNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		s.register("bob@example.com", "hash-of-bob")
		access, _ := s.logIn(alice, password, laptop)
		before := s.row(alice)
		secret := func(more m) m {
			body := m{"masterPasswordHash": password}
			for name, v := range more {
				body[name] = v
			}
			return body
		}
		weak := m{"kdfType": 1, "iterations": 1, "memory": 8, "parallelism": 1}
		for _, c := range []struct {
			name, method, path string
			body               any
			says               string
		}{
			{"wrong password", "POST", "/api/accounts/verify-password", m{"masterPasswordHash": "x"}, "User verification failed."},
			{"no secret", "POST", "/api/accounts/verify-password", m{}, "User verification failed."},
			{"empty code", "POST", "/api/accounts/verify-otp", m{"otp": ""}, "User verification failed."},
			{"no body", "POST", "/api/accounts/verify-password", nil, "no body"},
			{"a list", "POST", "/api/accounts/password", "[]", "wrong type"},
			{"new key of a forbidden type", "POST", "/api/accounts/password", secret(m{"newMasterPasswordHash": "x", "key": "0." + noise(16) + "|" + noise(80)}), "type 2"},
			{"password with another key derivation", "POST", "/api/accounts/password", secret(m{"authenticationData": authentication(argon, "x", alice), "unlockData": unlock(argon, wrappedKey(), alice)}), "does not change the key derivation"},
			{"password with another salt", "POST", "/api/accounts/password", secret(m{"authenticationData": authentication(pbkdf2, "x", "b@example.com"), "unlockData": unlock(pbkdf2, wrappedKey(), "b@example.com")}), "salt"},
			{"key derivation below the floor", "POST", "/api/accounts/kdf", secret(m{"authenticationData": authentication(weak, "x", alice), "unlockData": unlock(weak, wrappedKey(), alice)}), "Argon2id needs"},
			{"unknown key derivation", "POST", "/api/accounts/kdf", secret(m{"kdf": 2, "kdfIterations": 3, "newMasterPasswordHash": "x", "key": wrappedKey()}), "not known"},
			{"no key derivation", "POST", "/api/accounts/kdf", secret(m{"newMasterPasswordHash": "x", "key": wrappedKey()}), "missing"},
			{"halves that differ", "POST", "/api/accounts/kdf", secret(m{"authenticationData": authentication(pbkdf2, "x", alice), "unlockData": unlock(argon, wrappedKey(), alice)}), "must be the same"},
			{"e-mail of another", "POST", "/api/accounts/email", secret(m{"newEmail": "bob@example.com", "newMasterPasswordHash": "x", "key": wrappedKey(), "token": "1"}), "already"},
			{"e-mail that is none", "POST", "/api/accounts/email", secret(m{"newEmail": "bob", "newMasterPasswordHash": "x", "key": wrappedKey(), "token": "1"}), "valid e-mail"},
			{"e-mail without a new key", "POST", "/api/accounts/email", secret(m{"newEmail": "c@example.com", "token": "1"}), "hash of the master password"},
			{"keys again", "POST", "/api/accounts/keys", m{"publicKey": publicKey, "encryptedPrivateKey": wrappedPrivateKey}, "already"},
			{"key id of another form", "POST", "/api/accounts/key-management/user-key-id", m{"userKeyId": "FE48"}, "hexadecimal"},
			{"no key id", "POST", "/api/accounts/key-management/user-key-id", m{}, "missing"},
			{"colour that is none", "PUT", "/api/accounts/avatar", m{"avatarColor": "red;}"}, "hexadecimal"},
			{"long name", "PUT", "/api/accounts/profile", m{"name": strings.Repeat("ü", 51)}, "at most 50"},
			{"no choice", "PUT", "/api/accounts/verify-devices", secret(nil), "Say whether"},
			{"device without identifier", "POST", "/api/devices", m{"type": 8, "name": "x"}, "identifier"},
			{"device of a wild type", "POST", "/api/devices", m{"type": -4, "name": "x", "identifier": "y"}, "type"},
			{"endless push token", "PUT", "/api/devices/identifier/" + laptop + "/token", m{"pushToken": strings.Repeat("x", 600)}, "too long"},
			{"domain that is none", "PUT", "/api/settings/domains", m{"equivalentDomains": [][]string{{"<b>"}}}, "not valid"},
			{"too many domains", "PUT", "/api/settings/domains", m{"equivalentDomains": make([][]string, 501)}, "at most 500"},
			{"a link without a user", "POST", "/api/accounts/verify-email-token", m{"token": "x"}, "not complete"},
			{"a forged link", "POST", "/api/accounts/delete-recover-token", m{"userId": before["id"], "token": "x"}, "not valid or has expired"},
		} {
			s.wait(2 * time.Minute) // so that the wrong secrets among them don't reach the limit
			access, _ = s.logIn(alice, password, laptop)
			a := s.do(c.method, c.path, access, c.body)
			v := a.JSON(t)
			if a.Status != http.StatusBadRequest || v["object"] != "error" || !strings.Contains(v["message"].(string), c.says) {
				t.Errorf("%s: %d %s, want 400 with %q", c.name, a.Status, a.Body, c.says)
			}
			if diff := cmp.Diff(before, s.row(alice)); diff != "" {
				t.Errorf("%s changed the account (-before +after):\n%s", c.name, diff)
			}
		}
		v := s.do("POST", "/api/accounts/verify-password", access, m{"masterPasswordHash": "x"}).JSON(t)
		if diff := cmp.Diff(m{"": []any{"User verification failed."}}, v["validationErrors"]); diff != "" {
			t.Errorf("validationErrors (-want +got):\n%s", diff)
		}
	})
}

// row is what is stored of an account.
func (s *server) row(email string) map[string]string {
	s.t.Helper()
	out := map[string]string{}
	err := s.db.View(s.t.Context(), func(tx *db.Tx) error {
		_, err := db.One(s.t.Context(), tx, func(r db.Row) (struct{}, error) {
			var id, name, hint, hash, salt, key, stamp, domains string
			err := r.Scan(&id, &name, &hint, &hash, &salt, &key, &stamp, &domains)
			out = map[string]string{"id": id, "name": name, "hint": hint, "hash": hash, "salt": salt, "key": key, "stamp": stamp, "domains": domains}
			return struct{}{}, err
		}, `SELECT id, name, hint, password_hash, salt, user_key, security_stamp, equivalent_domains FROM users WHERE email = $1`, email)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

func TestDevices(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		access, _ := s.logIn(alice, password, laptop)
		list := s.must("GET", "/api/devices", access, nil).JSON(t)
		want := m{"object": "text", "continuationToken": nil, "data": []any{m{
			"object": "text", "id": "text", "name": "text", "type": "number", "identifier": "text", "creationDate": "text", "lastActivityDate": "text",
			"isTrusted": false, "encryptedUserKey": nil, "encryptedPublicKey": nil, "devicePendingAuthRequest": nil}}}
		if diff := cmp.Diff(want, shape(list)); diff != "" {
			t.Errorf("devices (-want +got):\n%s", diff)
		}
		added := s.must("POST", "/api/devices", access, m{"type": 0, "name": "tablet", "identifier": "tab-1", "pushToken": "p"}).JSON(t)
		path := "/api/devices/" + added["id"].(string)
		renamed := s.must("PUT", path, access, m{"type": 0, "name": "old tablet", "identifier": "tab-1"}).JSON(t)
		if renamed["name"] != "old tablet" || renamed["id"] != added["id"] {
			t.Errorf("renamed: %v", renamed)
		}
		s.must("PUT", "/api/devices/identifier/tab-1/token", access, m{"pushToken": "q"})
		s.must("PUT", "/api/devices/identifier/tab-1/clear-token", "", nil)
		if a := s.do("PUT", "/api/devices/identifier/unknown/token", access, m{"pushToken": "q"}); a.Status != http.StatusNotFound {
			t.Errorf("push token of an unknown device: %d, want 404", a.Status)
		}
		s.must("POST", path+"/deactivate", access, nil)
		if a := s.do("GET", path, access, nil); a.Status != http.StatusNotFound {
			t.Errorf("removed device: %d, want 404", a.Status)
		}
	})
}

func TestKnownDevice(t *testing.T) {
	s := newServer(t, dbtest.SQLite(t))
	s.register(alice, password)
	s.logIn(alice, password, laptop)
	for _, c := range []struct {
		email, device string
		want          string
	}{
		{alice, laptop, "true"}, {" ALICE@example.com", laptop, "true"}, {alice, phone, "false"}, {"b@example.com", laptop, "false"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/api/devices/knowndevice", nil)
		r.Header.Set("X-Request-Email", base64.RawURLEncoding.EncodeToString([]byte(c.email)))
		r.Header.Set("X-Device-Identifier", c.device)
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		if got := strings.TrimSpace(w.Body.String()); got != c.want || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
			t.Errorf("%s on %s: %s (%s), want %s", c.email, c.device, got, w.Header().Get("Content-Type"), c.want)
		}
	}
}

func TestEquivalentDomains(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		access, _ := s.logIn(alice, password, laptop)
		first := s.must("GET", "/api/settings/domains", access, nil).JSON(t)
		known := first["globalEquivalentDomains"].([]any)
		if len(known) < 10 || first["object"] != "domains" {
			t.Fatalf("domains = %v", first)
		}
		seen := map[any]bool{}
		for _, g := range known {
			for _, domain := range g.(m)["domains"].([]any) {
				if seen[domain] {
					t.Errorf("%v stands in two groups", domain)
				}
				seen[domain] = true
			}
			if kind := g.(m)["type"]; seen[kind] {
				t.Errorf("type %v is given twice", kind)
			} else {
				seen[kind] = true
			}
		}
		kind := known[0].(m)["type"]
		s.must("PUT", "/api/settings/domains", access, m{"equivalentDomains": [][]string{{" A.example ", "b.example"}, {""}}, "excludedGlobalEquivalentDomains": []any{kind, 77777}})
		got := s.must("GET", "/api/settings/domains", access, nil).JSON(t)
		if diff := cmp.Diff([]any{[]any{"a.example", "b.example"}}, got["equivalentDomains"]); diff != "" {
			t.Errorf("own groups (-want +got):\n%s", diff)
		}
		for i, g := range got["globalEquivalentDomains"].([]any) {
			if excluded := g.(m)["excluded"].(bool); excluded != (i == 0) {
				t.Errorf("group %d: excluded = %v", i, excluded)
			}
		}
		s.must("PUT", "/api/settings/domains", access, m{"equivalentDomains": nil, "excludedGlobalEquivalentDomains": nil})
		if got := s.must("GET", "/api/settings/domains", access, nil).JSON(t); len(got["equivalentDomains"].([]any)) != 0 {
			t.Errorf("after emptying: %v", got["equivalentDomains"])
		}
	})
}

func TestLastOwnerStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		s.register("bob@example.com", "hash-of-bob")
		s.invitations("invited@example.com")
		access, _ := s.logIn(alice, password, laptop)
		own := s.row(alice)["id"]
		bob := s.row("bob@example.com")["id"]
		remove := func() answer {
			return s.do("DELETE", "/api/accounts", access, m{"masterPasswordHash": password})
		}
		s.exec(`UPDATE members SET user_id = '` + own + `', email = NULL, status = 2 WHERE id = '` + someMember + `'`)
		if a := remove(); a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), "last owner of Example Ltd") {
			t.Errorf("last owner: %d %s", a.Status, a.Body)
		}
		second := strings.Replace(someMember, "1d", "5d", 1)
		s.exec(`INSERT INTO members (org_id, id, user_id, status, type, permissions, created_at, revised_at) VALUES ('` + someOrg + `', '` + second + `', '` + bob + `', 1, 0, 0, 0, 0)`)
		if a := remove(); a.Status != http.StatusBadRequest {
			t.Errorf("another owner who is not confirmed: %d, want 400", a.Status)
		}
		s.exec(`UPDATE members SET status = 2 WHERE id = '` + second + `'`)
		s.exec(`UPDATE providers SET name = 'Example MSP', status = 1 WHERE id = '` + someProvider + `'`)
		s.exec(`UPDATE provider_users SET user_id = '` + own + `', email = NULL, status = 2 WHERE id = '` + someStaff + `'`)
		if a := remove(); a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), "last admin of the provider Example MSP") {
			t.Errorf("last provider admin: %d %s", a.Status, a.Body)
		}
		s.exec(`UPDATE provider_users SET type = 1 WHERE id = '` + someStaff + `'`)
		if a := remove(); a.Status != http.StatusOK {
			t.Fatalf("one of two owners, and a service user: %d %s", a.Status, a.Body)
		}
		for _, q := range []string{
			`SELECT COUNT(*) FROM members WHERE id = '` + someMember + `'`, `SELECT COUNT(*) FROM provider_users WHERE id = '` + someStaff + `'`,
			`SELECT COUNT(*) FROM devices WHERE user_id = '` + own + `'`, `SELECT COUNT(*) FROM sessions WHERE user_id = '` + own + `'`,
		} {
			if n := s.count(q); n != 0 {
				t.Errorf("%s = %d, want 0", q, n)
			}
		}
		for tenant, kind := range map[string]string{someOrg: "1516", someProvider: "1803"} {
			if n := s.count(`SELECT COUNT(*) FROM events WHERE tenant_id = '` + tenant + `' AND type = ` + kind + ` AND user_id = '` + own + `'`); n != 1 {
				t.Errorf("%d events %s in the log of %s, want 1", n, kind, tenant)
			}
		}
	})
}

func (s *server) count(query string) (n int) {
	s.t.Helper()
	err := s.db.View(s.t.Context(), func(tx *db.Tx) (err error) {
		n, err = db.One(s.t.Context(), tx, db.Value[int], query)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}
