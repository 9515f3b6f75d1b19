package rotate_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

const (
	path     = "/api/accounts/key-management/rotate-user-account-keys"
	newKeyID = "00112233445566778899aabbccddeeff"
)

type m = map[string]any

// owner is somebody with a vault: an item in a folder, one in the trash, one of
// their own organization, and a folder.
type owner struct {
	*apitest.Server
	*apitest.Person
	org    string
	shared string // the id of the organization's item
}

func newOwner(t *testing.T, d *db.DB) *owner {
	t.Helper()
	s := apitest.Start(t, d)
	o := &owner{Server: s, Person: s.Register(t, "ann", "ann@example.test", nil)}
	folder := s.Must(t, o.Person, "POST", "/api/folders", m{"name": apitest.Enc()}).Text(t, "id")
	kept := login()
	kept["folderId"], kept["favorite"] = folder, true
	s.Must(t, o.Person, "POST", "/api/ciphers", kept)
	trashed := s.Must(t, o.Person, "POST", "/api/ciphers", login()).Text(t, "id")
	s.Must(t, o.Person, "PUT", "/api/ciphers/"+trashed+"/delete", nil)
	o.org = s.Must(t, o.Person, "POST", "/api/organizations", m{
		"name": "Ann's", "billingEmail": o.Email, "key": apitest.Encapsulated(), "collectionName": apitest.Enc(), "planType": 0,
		"keys": m{"publicKey": apitest.PublicKey(), "encryptedPrivateKey": apitest.WrappedPrivateKey()},
	}).Text(t, "id")
	collections := list(o.Must(t, o.Person, "GET", "/api/organizations/"+o.org+"/collections", nil).JSON(t)["data"])
	shared := login()
	shared["organizationId"] = o.org
	o.shared = s.Must(t, o.Person, "POST", "/api/ciphers/create", m{"cipher": shared, "collectionIds": []any{collections[0]["id"]}}).Text(t, "id")
	return o
}

func login() m {
	return m{"type": 1, "name": apitest.Enc(), "login": m{"username": apitest.Enc(), "password": apitest.Enc()}}
}

func list(v any) []m {
	var out []m
	for _, e := range v.([]any) {
		out = append(out, e.(m))
	}
	return out
}

func (o *owner) sync(t *testing.T) m {
	t.Helper()
	return o.Must(t, o.Person, "GET", "/api/sync?excludeDomains=true", nil).JSON(t)
}

// body is a right rotation of what the owner has now, as an official client makes it.
func (o *owner) body(t *testing.T) m {
	t.Helper()
	vault, ciphers, folders := o.sync(t), []any{}, []any{}
	for _, c := range list(vault["ciphers"]) {
		if c["organizationId"] != nil {
			continue
		}
		in := login()
		in["id"], in["lastKnownRevisionDate"], in["encryptedFor"], in["encryptedByKeyId"] = c["id"], c["revisionDate"], o.ID, newKeyID
		ciphers = append(ciphers, in)
	}
	for _, f := range list(vault["folders"]) {
		folders = append(folders, m{"id": f["id"], "name": apitest.Enc()})
	}
	public := o.Must(t, o.Person, "GET", "/api/accounts/keys", nil).Text(t, "publicKey")
	private := apitest.WrappedPrivateKey()
	return m{
		"oldMasterKeyAuthenticationHash": o.Password,
		"accountUnlockData": m{
			"masterPasswordUnlockData": m{
				"kdfType": 0, "kdfIterations": 600000, "kdfMemory": nil, "kdfParallelism": nil, "email": o.Email,
				"masterKeyAuthenticationHash": o.Password, "masterKeyEncryptedUserKey": apitest.WrappedKey(),
				"masterPasswordHint": nil, "masterPasswordSalt": o.Email, "containedKeyId": newKeyID,
			},
			"emergencyAccessUnlockData": []any{}, "organizationAccountRecoveryUnlockData": []any{}, "passkeyUnlockData": []any{}, "deviceKeyUnlockData": []any{},
		},
		"accountKeys": m{
			"userKeyEncryptedAccountPrivateKey": private, "accountPublicKey": public,
			"publicKeyEncryptionKeyPair": m{"wrappedPrivateKey": private, "publicKey": public, "signedPublicKey": nil},
			"signatureKeyPair":           nil, "securityState": nil,
		},
		"accountData":  m{"ciphers": ciphers, "folders": folders, "sends": []any{}},
		"newUserKeyId": newKeyID,
	}
}

// at is a member of a body, by its path.
func at(v m, path ...string) m {
	for _, name := range path {
		v = v[name].(m)
	}
	return v
}

func unlock(v m) m { return at(v, "accountUnlockData", "masterPasswordUnlockData") }
func data(v m) m   { return at(v, "accountData") }

func refresh(t *testing.T, s *apitest.Server, token string) apitest.Answer {
	t.Helper()
	return s.Form(t, "/identity/connect/token", url.Values{"grant_type": {"refresh_token"}, "client_id": {"cli"}, "refresh_token": {token}})
}

func TestRotationReplacesAllThatIsUnderTheKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOwner(t, d)
		elsewhere := *o.Person
		elsewhere.Device = "another-device"
		o.LogIn(t, &elsewhere)
		bob := o.Register(t, "bob", "bob@example.test", nil)
		o.Must(t, bob, "POST", "/api/ciphers", login())
		bobs := o.Must(t, bob, "GET", "/api/sync", nil)

		before, in := o.sync(t), o.body(t)
		here := *o.Person
		unlock(in)["masterKeyAuthenticationHash"], unlock(in)["masterPasswordHint"] = "hash of another password", "another"
		o.Must(t, o.Person, "POST", path, in)

		for _, p := range []*apitest.Person{&here, &elsewhere} {
			if a := o.Do(t, p, "GET", "/api/accounts/profile", nil); a.Status != http.StatusUnauthorized {
				t.Errorf("old access token on %s: %d, want 401", p.Device, a.Status)
			}
			if a := refresh(t, o.Server, p.Refresh); a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), "invalid_grant") {
				t.Errorf("old refresh token on %s: %d %s, want invalid_grant", p.Device, a.Status, a.Body)
			}
		}
		o.Password = "hash of another password"
		o.LogIn(t, o.Person)
		after := o.sync(t)
		if diff := cmp.Diff(want(before, in, after), after); diff != "" {
			t.Errorf("the vault (-want +got):\n%s", diff)
		}
		grew(t, before, after)
		keys := o.Must(t, o.Person, "GET", "/api/accounts/keys", nil)
		for name, want := range map[string]any{
			"key": unlock(in)["masterKeyEncryptedUserKey"], "publicKey": at(in, "accountKeys")["accountPublicKey"],
			"privateKey": at(in, "accountKeys")["userKeyEncryptedAccountPrivateKey"],
		} {
			if got := keys.Text(t, name); got != want {
				t.Errorf("%s = %s, want %s", name, got, want)
			}
		}
		if got := o.count(t, `SELECT COUNT(*) FROM events WHERE type = 1001 AND tenant_id = $1`, o.ID); got != 1 {
			t.Errorf("%d events of a changed password, want 1", got)
		}
		if got := o.count(t, `SELECT COUNT(*) FROM users WHERE id = $1 AND hint = 'another'`, o.ID); got != 1 {
			t.Error("the hint of the new password was not stored")
		}
		if diff := cmp.Diff(string(bobs.Body), string(o.Must(t, bob, "GET", "/api/sync", nil).Body)); diff != "" {
			t.Errorf("somebody else's vault changed:\n%s", diff)
		}
	})
}

// want is what a sync answers after a rotation: the new ciphertexts in the place
// of the old ones, and all else as it was. Dates and stamps are taken from got.
func want(before, in, got m) m {
	fresh := map[any]m{}
	for _, c := range data(in)["ciphers"].([]any) {
		fresh[c.(m)["id"]] = c.(m)
	}
	for i, c := range list(before["ciphers"]) {
		c["revisionDate"] = list(got["ciphers"])[i]["revisionDate"]
		if now := fresh[c["id"]]; now != nil {
			c["name"] = now["name"]
			c["login"].(m)["username"], c["login"].(m)["password"] = at(now, "login")["username"], at(now, "login")["password"]
		}
	}
	for i, f := range list(before["folders"]) {
		f["name"] = data(in)["folders"].([]any)[i].(m)["name"]
		f["revisionDate"] = list(got["folders"])[i]["revisionDate"]
	}
	for _, name := range []string{"userDecryption", "profile"} {
		before[name] = got[name] // their keys are compared by the test itself
	}
	return before
}

// grew holds the revision dates of what was rotated, and of nothing else, to a change.
func grew(t *testing.T, before, after m) {
	t.Helper()
	for i, c := range list(after["ciphers"]) {
		old := list(before["ciphers"])[i]
		if c["organizationId"] == nil && c["revisionDate"].(string) < old["revisionDate"].(string) {
			t.Errorf("an item's revision date went back")
		}
	}
	if got := at(after, "userDecryption")["userKeyId"]; got != newKeyID {
		t.Errorf("userKeyId = %v, want %s", got, newKeyID)
	}
}

func (o *owner) count(t *testing.T, query string, args ...any) (n int) {
	t.Helper()
	err := o.Base.DB.View(t.Context(), func(tx *db.Tx) (err error) {
		n, err = db.One(t.Context(), tx, db.Value[int], query, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestNewKeyMayHaveNoName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOwner(t, d)
		o.Must(t, o.Person, "POST", "/api/accounts/key-management/user-key-id", m{"userKeyId": newKeyID})
		in := o.body(t)
		delete(in, "newUserKeyId")
		delete(unlock(in), "containedKeyId")
		o.Must(t, o.Person, "POST", path, in)
		o.LogIn(t, o.Person)
		if got := at(o.sync(t), "userDecryption")["userKeyId"]; got != nil {
			t.Errorf("userKeyId = %v, want none: the old one names a key that is gone", got)
		}
	})
}

// What another device made or changed between the fetch and the rotation would be
// lost: it would stay under the old key.
func TestWhatChangedMeanwhileStopsTheRotation(t *testing.T) {
	for name, meanwhile := range map[string]func(t *testing.T, o *owner){
		"a new item": func(t *testing.T, o *owner) { o.Must(t, o.Person, "POST", "/api/ciphers", login()) },
		"a new folder": func(t *testing.T, o *owner) {
			o.Must(t, o.Person, "POST", "/api/folders", m{"name": apitest.Enc()})
		},
		"a deleted item": func(t *testing.T, o *owner) {
			for _, c := range list(o.sync(t)["ciphers"]) {
				if c["deletedDate"] != nil {
					o.Must(t, o.Person, "DELETE", "/api/ciphers/"+c["id"].(string), nil)
				}
			}
		},
		"an edited item": func(t *testing.T, o *owner) {
			o.exec(t, `UPDATE ciphers SET revised_at = revised_at + 60000000 WHERE user_id = $1`, o.ID)
			o.exec(t, `UPDATE users SET revised_at = revised_at + 60000000 WHERE id = $1`, o.ID)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				o := newOwner(t, d)
				in := o.body(t)
				meanwhile(t, o)
				before := o.sync(t)
				if a := o.Do(t, o.Person, "POST", path, in); a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), "Sync your vault") {
					t.Errorf("%d %s, want 400", a.Status, a.Body)
				}
				if diff := cmp.Diff(before, o.sync(t)); diff != "" {
					t.Errorf("a refused rotation changed something:\n%s", diff)
				}
				o.Must(t, o.Person, "POST", path, o.body(t))
			})
		})
	}
}

func (o *owner) exec(t *testing.T, statement string, args ...any) {
	t.Helper()
	err := o.Base.DB.Update(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), statement, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
