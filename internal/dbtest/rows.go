package dbtest

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// Columns are the values of one row by the names of their columns.
type Columns map[string]any

// Row writes a row past the package that owns the table: what a test presumes.
func Row(t testing.TB, d *db.DB, table string, columns Columns) {
	t.Helper()
	names := slices.Sorted(maps.Keys(columns))
	values := make([]any, len(names))
	for i, name := range names {
		values[i] = columns[name]
	}
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		return db.Insert(t.Context(), tx, "INSERT INTO "+table+" ("+strings.Join(names, ", ")+")", values)
	})
	if err != nil {
		t.Fatalf("insert into %s: %v", table, err)
	}
}

// Value reads one value.
func Value[T any](t testing.TB, d *db.DB, query string, args ...any) T {
	t.Helper()
	var v T
	err := d.View(t.Context(), func(tx *db.Tx) (err error) {
		v, err = db.One(t.Context(), tx, db.Value[T], query, args...)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

// Exec changes rows past the package that owns them.
func Exec(t testing.TB, d *db.DB, query string, args ...any) {
	t.Helper()
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec(t.Context(), query, args...)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// PublicKey is the public key of every Account; it only has the right shape.
var PublicKey = strings.Repeat("A", 392)

// Account writes an account without a usable password.
func Account(t testing.TB, d *db.DB, email string) id.User {
	t.Helper()
	user := id.New[id.User]()
	Row(t, d, "users", Columns{
		"id": user, "email": email, "email_verified": true, "name": "Person " + email, "hint": "", "culture": "en-US",
		"password_hash": "-", "kdf_type": 0, "kdf_iterations": 600000, "salt": email, "user_key": "-", "public_key": PublicKey,
		"private_key": "-", "security_stamp": string(id.New[id.User]()), "api_key": []byte("-"), "force_password_reset": false,
		"verify_devices": true, "equivalent_domains": "[]", "excluded_domains": "[]", "created_at": 1, "revised_at": 1,
	})
	return user
}

// Org writes an enabled organization without members, with the default settings
// and unlimited seats. change overrides columns.
func Org(t testing.TB, d *db.DB, change Columns) id.Org {
	t.Helper()
	org := id.New[id.Org]()
	columns := Columns{
		"id": org, "name": "Meadow Bakery", "billing_email": "billing@example.com", "plan_type": 19, "status": 1, "enabled": true,
		"public_key": PublicKey, "private_key": "-", "api_key": []byte("-"), "limit_collection_creation": false,
		"limit_collection_deletion": false, "limit_item_deletion": false, "admins_access_all": true, "provider_item_access": true,
		"created_at": 1, "revised_at": 1,
	}
	maps.Copy(columns, change)
	Row(t, d, "organizations", columns)
	return org
}

// Member writes a member by the numbers of role and status; user may be empty.
func Member(t testing.TB, d *db.DB, org id.Org, user id.User, role, status int) id.Member {
	t.Helper()
	member := id.New[id.Member]()
	columns := Columns{
		"org_id": org, "id": member, "user_id": db.Null(user), "status": status, "type": role, "permissions": 0, "created_at": 1, "revised_at": 1,
	}
	if user == "" {
		columns["email"] = string(member) + "@example.com"
	}
	Row(t, d, "members", columns)
	return member
}

// Collection writes a collection that nobody has.
func Collection(t testing.TB, d *db.DB, org id.Org) id.Collection {
	t.Helper()
	collection := id.New[id.Collection]()
	Row(t, d, "collections", Columns{"org_id": org, "id": collection, "name": "-", "created_at": 1, "revised_at": 1})
	return collection
}

// Share gives a collection to a member.
func Share(t testing.TB, d *db.DB, org id.Org, collection id.Collection, member id.Member, readOnly, hide, manage bool) {
	t.Helper()
	Row(t, d, "collection_members", Columns{
		"org_id": org, "collection_id": collection, "member_id": member, "read_only": readOnly, "hide_passwords": hide, "manage": manage,
	})
}

// Group writes a group with members.
func Group(t testing.TB, d *db.DB, org id.Org, members ...id.Member) id.Group {
	t.Helper()
	group := id.New[id.Group]()
	Row(t, d, "groups", Columns{"org_id": org, "id": group, "name": "Bakers", "created_at": 1, "revised_at": 1})
	for _, m := range members {
		Row(t, d, "group_members", Columns{"org_id": org, "group_id": group, "member_id": m})
	}
	return group
}

// ShareWithGroup gives a collection to a group.
func ShareWithGroup(t testing.TB, d *db.DB, org id.Org, collection id.Collection, group id.Group, readOnly, hide, manage bool) {
	t.Helper()
	Row(t, d, "collection_groups", Columns{
		"org_id": org, "collection_id": collection, "group_id": group, "read_only": readOnly, "hide_passwords": hide, "manage": manage,
	})
}

// Provider writes a provider that is set up, or with status 0 one that waits for it.
func Provider(t testing.TB, d *db.DB, status int) id.Provider {
	t.Helper()
	provider := id.New[id.Provider]()
	columns := Columns{
		"id": provider, "billing_email": "billing@example.com", "status": status, "type": 0, "enabled": true, "created_at": 1, "revised_at": 1,
	}
	if status != 0 {
		columns["name"] = "Lighthouse IT"
	}
	Row(t, d, "providers", columns)
	return provider
}

// Staff writes a person of a provider by the numbers of type and status; user may
// be empty.
func Staff(t testing.TB, d *db.DB, provider id.Provider, user id.User, kind, status int) id.ProviderUser {
	t.Helper()
	who := id.New[id.ProviderUser]()
	columns := Columns{
		"provider_id": provider, "id": who, "user_id": db.Null(user), "status": status, "type": kind, "created_at": 1, "revised_at": 1,
	}
	if user == "" {
		columns["email"] = string(who) + "@example.com"
	}
	Row(t, d, "provider_users", columns)
	return who
}

// Client makes an organization a provider's client.
func Client(t testing.TB, d *db.DB, provider id.Provider, org id.Org) id.ProviderClient {
	t.Helper()
	link := id.New[id.ProviderClient]()
	Row(t, d, "provider_clients", Columns{"provider_id": provider, "id": link, "org_id": org, "key": "-", "created_at": 1, "revised_at": 1})
	return link
}

// Cipher writes an item of an organization, in the given collections.
func Cipher(t testing.TB, d *db.DB, org id.Org, collections ...id.Collection) id.Cipher {
	t.Helper()
	cipher := id.New[id.Cipher]()
	Row(t, d, "ciphers", Columns{"owner_id": org, "id": cipher, "org_id": org, "type": 1, "data": "", "created_at": 1, "revised_at": 1})
	for _, c := range collections {
		Row(t, d, "collection_ciphers", Columns{"org_id": org, "collection_id": c, "cipher_id": cipher})
	}
	return cipher
}
