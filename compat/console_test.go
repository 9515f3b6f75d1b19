//go:build compat

package compat

import (
	"encoding/csv"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/compat/realserver"
)

func TestConsole(t *testing.T) { onBothDatabases(t, testConsole) }

// testConsole is an owner who administers the organization with the official client.
func testConsole(t *testing.T, s *realserver.Server) {
	h := newHouse(t, s)
	b := install(t, s)
	b.login(t, h.owner)
	t.Run("collections with people and groups", func(t *testing.T) { testOrgCollection(t, h, b) })
	t.Run("members of every standing, over REST", func(t *testing.T) { testOrgMembers(t, h, b.serve(t)) })
	t.Run("an item in and out of collections, over REST", func(t *testing.T) { testItemCollections(t, h, b.serve(t)) })
	t.Run("import and export", func(t *testing.T) { testOrgTransfer(t, h, b) })
}

func (h house) flag() []string { return []string{"--organizationid", string(h.org)} }

// query says the same to `bw serve`.
func (h house) query() string { return "?organizationId=" + string(h.org) }

// in completes a command that is about the organization.
func (h house) in(args ...string) []string { return append(args, h.flag()...) }

func testOrgCollection(t *testing.T, h house, b *bw) {
	reader := h.invite(t, "reader")
	group, err := h.owner.CreateGroup(t.Context(), h.org, client.GroupContent{Name: "Night shift"})
	must(t, err)
	right := func(id, rights string) map[string]any {
		return map[string]any{
			"id": id, "readOnly": strings.Contains(rights, "r"), "hidePasswords": strings.Contains(rights, "h"), "manage": strings.Contains(rights, "m"),
		}
	}
	wanted := map[string]any{
		"organizationId": string(h.org), "name": "Warehouse", "externalId": "wh-1",
		"users":  []any{right(string(h.head), "m"), right(string(reader), "rh")},
		"groups": []any{right(string(group), "r")},
	}
	holds := func(what string, got map[string]any) {
		t.Helper()
		mustHold(t, what, inOrder(wanted), inOrder(got))
	}
	made := b.object(t, h.in("create", "org-collection", encode(t, wanted))...)
	holds("created", made)
	id := made["id"].(string)
	holds("read back", b.object(t, h.in("get", "org-collection", id)...))

	wanted["name"], wanted["users"], wanted["groups"] = "Warehouse/North", []any{right(string(h.head), "m")}, []any{right(string(group), "h")}
	holds("edited", b.object(t, h.in("edit", "org-collection", id, encode(t, wanted))...))
	holds("read back after the edit", b.object(t, h.in("get", "org-collection", id)...))
	if diff := cmp.Diff([]string{"Everyone", "Warehouse/North"}, sorted(names(b.list(t, h.in("org-collections")...)))); diff != "" {
		t.Errorf("org-collections (-want +got):\n%s", diff)
	}
	stranger := with(wanted, "groups", []any{right(string(h.head), "")}) // a member is no group
	if got := b.fails(t, h.in("edit", "org-collection", id, encode(t, stranger))...); !strings.Contains(got, "Resource not found.") {
		t.Errorf("giving it to a group that there is not printed %q", got)
	}
	b.must(t, h.in("delete", "org-collection", id)...)
	if got := b.fails(t, h.in("get", "org-collection", id)...); !strings.Contains(got, "Resource not found.") {
		t.Errorf("reading what is deleted printed %q", got)
	}
}

// inOrder sorts who has access by id: no client asks for an order.
func inOrder(collection map[string]any) map[string]any {
	out := with(collection, "users", nil)
	for _, list := range []string{"users", "groups"} {
		byID := map[string]any{}
		for _, one := range collection[list].([]any) {
			byID[one.(map[string]any)["id"].(string)] = one
		}
		out[list] = byID
	}
	return out
}

func testOrgMembers(t *testing.T, h house, api restAPI) {
	invited := h.invite(t, "invited")
	_, revoked := h.bringIn(t, "revoked")
	must(t, h.owner.RevokeMember(t.Context(), h.org, revoked))
	waitingID := h.invite(t, "waiting")
	waiting, _ := accepted(t, h.server, h.owner, h.org, "waiting@example.test")
	enableAuthenticator(t, waiting)

	listed := map[string]map[string]any{}
	for _, m := range api.call(t, "GET", "/list/object/org-members"+h.query(), nil)["data"].([]any) {
		m := m.(map[string]any)
		listed[m["email"].(string)] = m
	}
	for email, want := range map[string]map[string]any{
		"owner@example.test":   {"id": string(h.head), "status": 2.0, "type": 0.0, "twoFactorEnabled": false},
		"invited@example.test": {"id": string(invited), "status": 0.0, "type": 2.0, "twoFactorEnabled": false, "name": nil},
		"revoked@example.test": {"id": string(revoked), "status": -1.0, "type": 2.0},
		"waiting@example.test": {"id": string(waitingID), "status": 1.0, "type": 2.0, "twoFactorEnabled": true},
	} {
		mustHold(t, email, want, listed[email])
	}
	for id, want := range map[client.MemberID]string{
		invited: "User must accept the invitation before they can be confirmed.",
		revoked: "User is revoked and cannot be confirmed.",
		h.head:  "User is already confirmed.",
	} {
		if got := api.refused(t, "POST", "/confirm/org-member/"+string(id)+h.query()); !strings.Contains(got, want) {
			t.Errorf("confirming answered %q, want %q", got, want)
		}
	}
	api.call(t, "POST", "/confirm/org-member/"+string(waitingID)+h.query(), nil)
	waiting.sync(t)
	if got := h.find(t, waitingID).Status; got != client.Confirmed {
		t.Errorf("after confirming: %v", got)
	}
}

func testItemCollections(t *testing.T, h house, api restAPI) {
	north, south := string(h.collection(t, "North")), string(h.collection(t, "South"))
	api.call(t, "POST", "/sync", nil)
	id := api.make(t, map[string]any{
		"type": 2, "name": "Alarm plan", "notes": "first floor", "secureNote": map[string]any{"type": 0},
	})["id"].(string)
	holds := func(what string, collections ...any) {
		t.Helper()
		api.call(t, "POST", "/sync?force=true", nil)
		got := api.get(t, id)
		mustHold(t, what, map[string]any{"name": "Alarm plan", "notes": "first floor", "organizationId": string(h.org)}, got)
		if diff := cmp.Diff(set(collections), set(got["collectionIds"].([]any))); diff != "" {
			t.Errorf("%s: collections (-want +got):\n%s", what, diff)
		}
	}
	move := "/move/" + id + "/" + string(h.org)
	api.call(t, "POST", move, []string{north})
	holds("moved in", north)
	if got := api.send(t, "POST", move, []string{south}); got.Message != "This item already belongs to an organization." {
		t.Errorf("moving it again answered %+v", got)
	}
	api.call(t, "PUT", "/object/item-collections/"+id, []string{north, south})
	holds("in two collections", north, south)
	api.call(t, "DELETE", "/object/org-collection/"+north+h.query(), nil)
	holds("after one collection was deleted", south)
}

func set(list []any) map[any]bool {
	s := map[any]bool{}
	for _, v := range list {
		s[v] = true
	}
	return s
}

func testOrgTransfer(t *testing.T, h house, b *bw) {
	elsewhere, err := h.owner.CreateOrganization(t.Context(), client.NewOrganization{Name: "Example Branch", BillingEmail: h.owner.email, Collection: "Branch"})
	must(t, err)
	b.must(t, "sync")
	dir := t.TempDir()
	b.says(t, "Imported", h.in("import", "bitwardenjson", testdata(t, "organization.json"))...)
	b.must(t, "sync", "--force")
	items := byName(b.list(t, append([]string{"items"}, h.flag()...)...))
	mustHold(t, "imported", map[string]any{
		"organizationId": string(h.org), "notes": "second shelf",
		"login":  map[string]any{"username": "imp", "password": "orted", "totp": "JBSWY3DPEHPK3PXP"},
		"fields": []any{map[string]any{"name": "PIN", "value": "4711", "type": 1.0}},
	}, items["Imported router"])

	for _, format := range []string{"json", "csv", "encrypted_json"} {
		file := filepath.Join(dir, format)
		b.says(t, "Saved "+file, h.in("export", "--format", format, "--output", file)...)
	}
	t.Run("JSON", func(t *testing.T) {
		want := exported(t, read(t, filepath.Join(dir, "json")))
		if diff := cmp.Diff([]any{"Imported"}, want["Imported router"]["collections"]); diff != "" {
			t.Errorf("collections of an exported item (-want +got):\n%s", diff)
		}
		flag := []string{"--organizationid", string(elsewhere)}
		b.says(t, "Imported", append([]string{"import", "bitwardenjson", filepath.Join(dir, "json")}, flag...)...)
		b.must(t, "sync", "--force")
		got := exported(t, b.must(t, append([]string{"export", "--format", "json", "--raw"}, flag...)...))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the same export imported into another organization (-want +got):\n%s", diff)
		}
	})
	t.Run("CSV", func(t *testing.T) { checkOrgCSV(t, filepath.Join(dir, "csv")) })
	t.Run("encrypted JSON", func(t *testing.T) {
		file := filepath.Join(dir, "encrypted_json")
		if text := read(t, file); strings.Contains(text, "Imported") || strings.Contains(text, "Alarm plan") {
			t.Error("the encrypted export holds a name in the clear")
		}
		before := len(exported(t, read(t, filepath.Join(dir, "json"))))
		b.says(t, "Imported", h.in("import", "bitwardenjson", file)...)
		b.must(t, "sync", "--force")
		got := names(b.list(t, append([]string{"items"}, h.flag()...)...))
		if len(got) != 2*before || strings.Contains(strings.Join(got, " "), "decrypt") {
			t.Errorf("after importing its own encrypted export: %v, want each of %d twice", got, before)
		}
	})
}

// exported reads what `export --organizationid` wrote: items by name, without
// ids, and with the names of their collections.
func exported(t *testing.T, text string) map[string]map[string]any {
	t.Helper()
	export := decode[map[string]any](t, text)
	named := map[any]any{}
	for _, c := range export["collections"].([]any) {
		named[c.(map[string]any)["id"]] = c.(map[string]any)["name"]
	}
	items := map[string]map[string]any{}
	for _, i := range export["items"].([]any) {
		i := i.(map[string]any)
		kept := withoutIDs(i)
		in := []any{}
		for _, c := range i["collectionIds"].([]any) {
			in = append(in, named[c])
		}
		kept["collections"] = in
		items[i["name"].(string)] = kept
	}
	return items
}

func checkOrgCSV(t *testing.T, file string) {
	rows, err := csv.NewReader(strings.NewReader(read(t, file))).ReadAll()
	must(t, err)
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, row := range rows[1:] {
		if row[column["name"]] == "Imported router" {
			got := []string{row[column["collections"]], row[column["login_username"]], row[column["login_password"]], row[column["fields"]]}
			if diff := cmp.Diff([]string{"Imported", "imp", "orted", "PIN: 4711"}, got); diff != "" {
				t.Errorf("row of the imported login (-want +got):\n%s", diff)
			}
			return
		}
	}
	t.Errorf("no row for the imported login in\n%v", rows)
}
