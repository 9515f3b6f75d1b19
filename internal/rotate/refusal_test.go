package rotate_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
)

func items(v m) []any   { return data(v)["ciphers"].([]any) }
func folders(v m) []any { return data(v)["folders"].([]any) }

func own(v m, n int) m { return items(v)[n].(m) }

// with changes a member of one part of the body.
func with(part func(m) m, name string, value any) func(*owner, m) {
	return func(_ *owner, v m) { part(v)[name] = value }
}

func root(v m) m  { return v }
func first(v m) m { return own(v, 0) }
func keys(v m) m  { return at(v, "accountKeys") }
func pair(v m) m  { return at(v, "accountKeys", "publicKeyEncryptionKeyPair") }
func more(v m) m  { return at(v, "accountUnlockData") }

// wrong are rotations with one thing wrong.
func wrong(foreignItem, foreignFolder string) map[string]func(o *owner, v m) {
	// The old wire form has no authentication: nothing new may be in it.
	unauthenticated := "0." + strings.TrimPrefix(apitest.Enc(), "2.")
	return map[string]func(o *owner, v m){
		"a wrong password":        with(root, "oldMasterKeyAuthenticationHash", "guess"),
		"no password":             with(root, "oldMasterKeyAuthenticationHash", nil),
		"no keys":                 with(root, "accountKeys", nil),
		"no unlock data":          with(more, "masterPasswordUnlockData", nil),
		"no vault":                with(root, "accountData", nil),
		"a key id of other form":  with(root, "newUserKeyId", "X"),
		"two key ids":             with(unlock, "containedKeyId", strings.Repeat("1", 32)),
		"another derivation":      with(unlock, "kdfIterations", 700_000),
		"a weaker derivation":     with(unlock, "kdfIterations", 1),
		"a derivation of no type": with(unlock, "kdfType", nil),
		"another kind of it":      func(_ *owner, v m) { argon(unlock(v)) },
		"another address":         with(unlock, "email", "else@example.test"),
		"no address":              with(unlock, "email", nil),
		"another salt":            with(unlock, "masterPasswordSalt", "else@example.test"),
		"no hash":                 with(unlock, "masterKeyAuthenticationHash", ""),
		"a user key in plain":     with(unlock, "masterKeyEncryptedUserKey", "AAAA"),
		"a user key to a person":  with(unlock, "masterKeyEncryptedUserKey", apitest.Encapsulated()),
		"a long hint":             with(unlock, "masterPasswordHint", strings.Repeat("x", 51)),
		"another public key":      with(pair, "publicKey", apitest.PublicKey()),
		"no private key":          with(pair, "wrappedPrivateKey", nil),
		"a private key, type 0":   with(pair, "wrappedPrivateKey", unauthenticated),
		"a private key, type 7":   with(pair, "wrappedPrivateKey", "7."+strings.Repeat("AAAA", 40)),
		"a signed public key":     with(pair, "signedPublicKey", "x"),
		"a signature key":         with(keys, "signatureKeyPair", m{}),
		"a security state":        with(keys, "securityState", m{}),
		"an upgrade token":        with(more, "v2UpgradeToken", m{}),
		"an emergency access":     with(more, "emergencyAccessUnlockData", []any{m{}}),
		"a recovery":              with(more, "organizationAccountRecoveryUnlockData", []any{m{}}),
		"a passkey":               with(more, "passkeyUnlockData", []any{m{}}),
		"a trusted device":        with(more, "deviceKeyUnlockData", []any{m{}}),
		"a Send":                  with(data, "sends", []any{m{}}),
		"no items":                with(data, "ciphers", []any{}),
		"no folders":              with(data, "folders", nil),
		"an item too few":         func(_ *owner, v m) { data(v)["ciphers"] = items(v)[1:] },
		"an item twice":           func(_ *owner, v m) { data(v)["ciphers"] = append(items(v), items(v)[0]) },
		"one in place of another": func(_ *owner, v m) { items(v)[1] = items(v)[0] },
		"an absent item":          with(first, "id", string(id.New[id.Cipher]())),
		"an item without id":      with(first, "id", nil),
		"somebody else's item":    with(first, "id", foreignItem),
		"an item of an organization": func(o *owner, v m) {
			own(v, 0)["organizationId"] = o.org
		},
		"an organization's in place of one's own": func(o *owner, v m) { own(v, 0)["id"] = o.shared },
		"an organization's besides": func(o *owner, v m) {
			shared := login()
			shared["id"] = o.shared
			data(v)["ciphers"] = append(items(v), shared)
		},
		"a name in plain":          with(first, "name", "Bank"),
		"a name, type 0":           with(first, "name", unauthenticated),
		"an item key, type 4":      with(first, "key", apitest.Encapsulated()),
		"another kind of item":     func(_ *owner, v m) { own(v, 0)["type"], own(v, 0)["secureNote"] = 2, m{"type": 0} },
		"for another account":      with(first, "encryptedFor", string(id.New[id.User]())),
		"under another key":        with(first, "encryptedByKeyId", strings.Repeat("2", 32)),
		"a folder too many":        func(_ *owner, v m) { data(v)["folders"] = append(folders(v), folders(v)[0]) },
		"somebody else's folder":   func(_ *owner, v m) { folders(v)[0].(m)["id"] = foreignFolder },
		"a folder's name in plain": func(_ *owner, v m) { folders(v)[0].(m)["name"] = "Home" },
	}
}

func argon(v m) {
	v["kdfType"], v["kdfIterations"], v["kdfMemory"], v["kdfParallelism"] = 1, 3, 64, 4
}

func TestAWrongRotationChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOwner(t, d)
		bob := o.Register(t, "bob", "bob@example.test", nil)
		item := o.Must(t, bob, "POST", "/api/ciphers", login()).Text(t, "id")
		folder := o.Must(t, bob, "POST", "/api/folders", m{"name": apitest.Enc()}).Text(t, "id")
		before := o.state(t)
		for name, spoil := range wrong(item, folder) {
			in := o.body(t)
			spoil(o, in)
			o.exec(t, `DELETE FROM rate_limits`) // a try is only given back by what succeeds
			if a := o.Do(t, o.Person, "POST", path, in); a.Status != http.StatusBadRequest {
				t.Errorf("%s: %d %s, want 400", name, a.Status, a.Body)
			}
			if diff := cmp.Diff(before, o.state(t)); diff != "" {
				t.Fatalf("%s changed something:\n%s", name, diff)
			}
		}
		o.Must(t, o.Person, "POST", path, o.body(t)) // nothing else was wrong with them
	})
}

// state is all that a rotation writes.
func (o *owner) state(t *testing.T) (out []string) {
	t.Helper()
	err := o.Base.DB.View(t.Context(), func(tx *db.Tx) error {
		for _, query := range []string{
			`SELECT id || user_key || private_key || password_hash || security_stamp || CAST(revised_at AS TEXT) FROM users ORDER BY id`,
			`SELECT id || data || CAST(revised_at AS TEXT) FROM ciphers ORDER BY id`,
			`SELECT id || name || CAST(revised_at AS TEXT) FROM folders ORDER BY id`,
			`SELECT id || name || COALESCE(key, '') || COALESCE(file, '') FROM attachments ORDER BY id`,
			`SELECT id FROM sessions ORDER BY id`,
		} {
			rows, err := db.All(t.Context(), tx, db.Value[string], query)
			if err != nil {
				return err
			}
			out = append(out, rows...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheSameKeyIsNoNewOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOwner(t, d)
		o.Must(t, o.Person, "POST", "/api/accounts/key-management/user-key-id", m{"userKeyId": newKeyID})
		if a := o.Do(t, o.Person, "POST", path, o.body(t)); a.Status != http.StatusBadRequest {
			t.Errorf("%d %s, want 400", a.Status, a.Body)
		}
	})
}

// TestStatementsDoNotGrowWithTheVault counts those of a rotation of 1 and of 500 items.
func TestStatementsDoNotGrowWithTheVault(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := apitest.Start(t, d)
		count := func(email string, n int) int64 {
			o := &owner{Server: s, Person: s.Register(t, email, email, nil)}
			ciphers, folders := make([]any, n), make([]any, n)
			for i := range n {
				ciphers[i], folders[i] = login(), m{"name": apitest.Enc()}
			}
			o.Must(t, o.Person, "POST", "/api/ciphers/import", m{"ciphers": ciphers, "folders": folders, "folderRelationships": []any{}})
			text, err := json.Marshal(o.body(t))
			if err != nil {
				t.Fatal(err)
			}
			var statements atomic.Int64
			r := httptest.NewRequestWithContext(db.CountStatements(t.Context(), &statements), "POST", path, bytes.NewReader(text))
			r.Header.Set("Authorization", "Bearer "+o.Token)
			w := httptest.NewRecorder()
			s.Handler.ServeHTTP(w, r)
			if w.Code != http.StatusOK {
				t.Fatalf("%d items: %d %s", n, w.Code, w.Body)
			}
			return statements.Load()
		}
		if one, many := count("one@example.test", 1), count("many@example.test", 500); one != many {
			t.Errorf("%d statements for 1 item, %d for 500", one, many)
		}
	})
}

func TestKeysOfAnAccountThatHasNone(t *testing.T) {
	const regenerate = "/api/accounts/key-management/regenerate-keys"
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOwner(t, d)
		pair := m{"userPublicKey": apitest.PublicKey(), "userKeyEncryptedUserPrivateKey": apitest.WrappedPrivateKey()}
		before := o.state(t)
		if a := o.Do(t, o.Person, "POST", regenerate, pair); a.Status != http.StatusBadRequest {
			t.Errorf("with keys: %d %s, want 400", a.Status, a.Body)
		}
		if diff := cmp.Diff(before, o.state(t)); diff != "" {
			t.Errorf("a refused request changed something:\n%s", diff)
		}
		o.exec(t, `UPDATE users SET public_key = NULL, private_key = NULL WHERE id = $1`, o.ID)
		if a := o.Do(t, o.Person, "POST", regenerate, m{"userPublicKey": "x", "userKeyEncryptedUserPrivateKey": "y"}); a.Status != http.StatusBadRequest {
			t.Errorf("no keys at all: %d %s, want 400", a.Status, a.Body)
		}
		o.Must(t, o.Person, "POST", regenerate, pair)
		stored := o.Must(t, o.Person, "GET", "/api/accounts/keys", nil)
		if stored.Text(t, "publicKey") != pair["userPublicKey"] || stored.Text(t, "privateKey") != pair["userKeyEncryptedUserPrivateKey"] {
			t.Errorf("stored %s", stored.Body)
		}
	})
}

func TestNothingElseIsUnderTheKey(t *testing.T) {
	o := newOwner(t, dbtest.SQLite(t))
	got := o.Must(t, o.Person, "GET", "/api/accounts/key-management/key-rotation-data", nil).JSON(t)
	want := m{"object": "keyRotationData", "emergencyAccessKeyData": []any{}, "organizationPasswordResetKeyData": []any{},
		"trustedDeviceKeyData": []any{}, "passkeyKeyData": []any{}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
