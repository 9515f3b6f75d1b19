//go:build compat

package compat

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/attachment"
	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/compat/realserver"
)

func TestAttachment(t *testing.T) { onBothDatabases(t, testAttachment) }

func testAttachment(t *testing.T, s *realserver.Server) {
	h := newHouse(t, s)
	f := filing{h: h, desk: install(t, s), phone: install(t, s), shelf: h.collection(t, "Shelf")}
	f.desk.login(t, h.owner)
	f.phone.login(t, h.owner)
	t.Run("at a personal item", f.personal)
	t.Run("at an item of an organization", f.shared)
	t.Run("given to an organization", f.moved)
	t.Run("our own client puts, the official one gets", f.fromOurs)
	t.Run("only those who see the item get its files", f.strangers)
}

// filing is an owner with two installations, and a collection of their organization.
type filing struct {
	h           house
	desk, phone *bw
	shelf       client.CollectionID
}

// attach puts a file at an item with the official client.
func (b *bw) attach(t *testing.T, item, path string) map[string]any {
	t.Helper()
	return b.object(t, "create", "attachment", "--file", path, "--itemid", item)
}

// mustGet fetches a file of an item, by its id or name.
func (b *bw) mustGet(t *testing.T, want []byte, item, file string) {
	t.Helper()
	to := filepath.Join(t.TempDir(), "got")
	b.must(t, "get", "attachment", file, "--itemid", item, "--output", to)
	mustBeFile(t, want, to)
}

// files are the names of the files at an item, with their ids.
func files(item map[string]any) map[string]string {
	list, _ := item["attachments"].([]any)
	ids := map[string]string{}
	for _, a := range list {
		a := a.(map[string]any)
		ids[a["fileName"].(string)] = a["id"].(string)
	}
	return ids
}

func mustHaveFiles(t *testing.T, what string, item map[string]any, want ...string) {
	t.Helper()
	if diff := cmp.Diff(sorted(append([]string{}, want...)), sorted(keys(files(item)))); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func (f filing) note(t *testing.T, name string) string {
	t.Helper()
	made := f.desk.object(t, "create", "item", encode(t, map[string]any{"type": 2, "name": name, "secureNote": map[string]any{"type": 0}}))
	return made["id"].(string)
}

func (f filing) personal(t *testing.T) {
	id := f.note(t, "Contract")
	path, body := randomFile(t, "contract.pdf", 70_001)
	other, _ := randomFile(t, "draft.txt", 1)
	mustHaveFiles(t, "after the first", f.desk.attach(t, id, path), "contract.pdf")
	both := f.desk.attach(t, id, other)
	mustHaveFiles(t, "after the second", both, "contract.pdf", "draft.txt")
	f.desk.mustGet(t, body, id, "contract.pdf")

	f.phone.must(t, "sync")
	seen := f.phone.object(t, "get", "item", id)
	mustHaveFiles(t, "seen by the second installation", seen, "contract.pdf", "draft.txt")
	f.phone.mustGet(t, body, id, files(seen)["contract.pdf"])
	// An edit must not lose the files, nor be refused because they were added since.
	renamed := f.desk.object(t, "edit", "item", id, encode(t, with(both, "name", "Contract of 2031")))
	mustHaveFiles(t, "after an edit", renamed, "contract.pdf", "draft.txt")

	f.desk.must(t, "delete", "attachment", files(seen)["draft.txt"], "--itemid", id)
	if got := f.desk.fails(t, "get", "attachment", "draft.txt", "--itemid", id); !strings.Contains(got, "was not found") {
		t.Errorf("a deleted file: %q", got)
	}
	if got := f.phone.fails(t, "get", "attachment", files(seen)["draft.txt"], "--itemid", id, "--output", t.TempDir()+"/x"); got == "" {
		t.Error("a deleted file can be got by who has not heard of it")
	}
	f.phone.must(t, "sync")
	mustHaveFiles(t, "after deleting one", f.phone.object(t, "get", "item", id), "contract.pdf")
	f.phone.mustGet(t, body, id, "contract.pdf")
	f.phone.must(t, "delete", "item", id, "--permanent")
}

func (f filing) shared(t *testing.T) {
	view := f.h.secretLogin(t, "Server of the front desk", f.shelf)
	id := string(view.ID)
	f.desk.must(t, "sync", "--force")
	path, body := randomFile(t, "licence.key", 4096)
	mustHaveFiles(t, "attached", f.desk.attach(t, id, path), "licence.key")
	f.phone.must(t, "sync", "--force")
	f.phone.mustGet(t, body, id, "licence.key")

	// The technician has an administrator's rights, through the provider.
	fresh, err := f.h.owner.Item(t.Context(), view.ID)
	must(t, err)
	if len(fresh.Attachments) != 1 || fresh.Attachments[0].FileName != "licence.key" || fresh.Attachments[0].Size == "" {
		t.Fatalf("our own client sees %+v", fresh.Attachments)
	}
	f.h.tech.sync(t)
	got, err := attachment.AsAdmin(f.h.tech.Session).Open(t.Context(), fresh, fresh.Attachments[0].ID)
	if err != nil || string(got) != string(body) {
		t.Errorf("the technician got %d bytes, %v", len(got), err)
	}
	f.desk.must(t, "delete", "attachment", string(fresh.Attachments[0].ID), "--itemid", id)
	if _, err := attachment.Of(f.h.owner.Session).Open(t.Context(), fresh, fresh.Attachments[0].ID); !client.IsNotFound(err) {
		t.Errorf("after deleting it: got %v", err)
	}
}

// moved gives away an item with a key of its own, and one that is directly under its
// owner's, whose files must be wrapped again.
func (f filing) moved(t *testing.T) {
	path, body := randomFile(t, "plan.png", 12_345)
	withKey := f.note(t, "With a key")
	view, err := f.h.owner.CreateItem(t.Context(), item.View{Meta: item.Meta{Type: item.SecureNoteType}, Content: item.Content[string]{Name: "Without a key"}})
	must(t, err)
	view.Key = ""
	view, err = f.h.owner.UpdateItem(t.Context(), view)
	must(t, err)
	if view.Key != "" {
		t.Fatal("the item has a key")
	}
	f.desk.must(t, "sync", "--force")
	for _, id := range []string{withKey, string(view.ID)} {
		f.desk.attach(t, id, path)
		f.desk.must(t, "move", id, string(f.h.org), encode(t, []string{string(f.shelf)}))
		f.phone.must(t, "sync", "--force")
		got := f.phone.object(t, "get", "item", id)
		mustHold(t, "moved", map[string]any{"organizationId": string(f.h.org), "collectionIds": []any{string(f.shelf)}}, got)
		mustHaveFiles(t, "moved", got, "plan.png")
		f.phone.mustGet(t, body, id, "plan.png")
		f.desk.mustGet(t, body, id, "plan.png")
	}
}

func (f filing) fromOurs(t *testing.T) {
	own := attachment.Of(f.h.owner.Session)
	personal, err := f.h.owner.CreateItem(t.Context(), item.View{Meta: item.Meta{Type: item.SecureNoteType}, Content: item.Content[string]{Name: "Ours"}})
	must(t, err)
	shared := f.h.secretLogin(t, "Ours too", f.shelf)
	body := []byte("what our own client puts there")
	for _, view := range []item.View{personal, shared} {
		_, err := own.Add(t.Context(), view, "Über uns.txt", body)
		must(t, err)
	}
	f.desk.must(t, "sync", "--force")
	for _, view := range []item.View{personal, shared} {
		seen := f.desk.object(t, "get", "item", string(view.ID))
		mustHaveFiles(t, "seen by the official client", seen, "Über uns.txt")
		f.desk.mustGet(t, body, string(view.ID), files(seen)["Über uns.txt"])
		path, theirs := randomFile(t, "back.bin", 100)
		id := files(f.desk.attach(t, string(view.ID), path))["back.bin"]
		fresh, err := f.h.owner.Item(t.Context(), view.ID)
		must(t, err)
		got, err := own.Open(t.Context(), fresh, client.AttachmentID(id))
		if err != nil || string(got) != string(theirs) {
			t.Errorf("our own client got %d bytes, %v", len(got), err)
		}
		must(t, own.Delete(t.Context(), view, client.AttachmentID(id)))
	}
}

func (f filing) strangers(t *testing.T) {
	view := f.h.secretLogin(t, "Kept from some", f.shelf)
	id, err := attachment.Of(f.h.owner.Session).Add(t.Context(), view, "a.txt", []byte("a"))
	must(t, err)
	other, _ := f.h.bringIn(t, "other")
	if _, err := attachment.Of(other.Session).Open(t.Context(), view, id); !client.IsNotFound(err) {
		t.Errorf("a member without the collection: got %v", err)
	}
	if err := attachment.Of(other.Session).Delete(t.Context(), view, id); !client.IsNotFound(err) {
		t.Errorf("a member without the collection deletes: got %v", err)
	}
	if _, err := attachment.Of(other.Session).Add(t.Context(), view, "b.txt", []byte("b")); !client.IsNotFound(err) {
		t.Errorf("a member without the collection adds: got %v", err)
	}
}
