//go:build compat

package compat

import (
	"bytes"
	"crypto/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client/send"
	"github.com/kastellan/kastellan/compat/realserver"
)

func TestSend(t *testing.T) { onBothDatabases(t, testSend) }

// testSend has one installation share, and another receive that is logged in to nothing.
func testSend(t *testing.T, s *realserver.Server) {
	owner := register(t, s, "sara")
	x := sharing{server: s, owner: owner, desk: install(t, s), guest: install(t, s)}
	x.desk.login(t, owner)
	t.Run("the life of a text", x.text)
	t.Run("a password", x.password)
	t.Run("opened often enough", x.usedUp)
	t.Run("closed", x.closed)
	t.Run("a file", x.file)
	t.Run("our own client makes, the official one receives", x.fromOurs)
	t.Run("the official client makes, ours receives", x.toOurs)
	t.Run("nothing is left", func(t *testing.T) {
		x.desk.must(t, "sync", "--force")
		if got := x.sends(t); len(got) != 0 {
			t.Errorf("Sends that were all deleted: %v", names(got))
		}
	})
}

// sharing is somebody with something to give, and somebody to whom they give it.
type sharing struct {
	server      *realserver.Server
	owner       person
	desk, guest *bw
}

func (x sharing) sends(t *testing.T) []map[string]any {
	t.Helper()
	return decode[[]map[string]any](t, x.desk.must(t, "send", "list"))
}

// make shares a text and returns its id and its link.
func (x sharing) make(t *testing.T, args ...string) (id, link string) {
	t.Helper()
	made := x.desk.object(t, append([]string{"send"}, args...)...)
	id, link = made["id"].(string), made["accessUrl"].(string)
	if !strings.HasPrefix(link, x.server.URL()+"/#/send/"+made["accessId"].(string)+"/") {
		t.Errorf("the link is %q", link)
	}
	return id, link
}

// now reads one Send as the server has it.
func (x sharing) now(t *testing.T, id string) map[string]any {
	t.Helper()
	x.desk.must(t, "sync", "--force")
	return x.desk.object(t, "send", "get", id)
}

// accesses asks by our own client, which takes a fraction of the time.
func (x sharing) accesses(t *testing.T, id string) int {
	t.Helper()
	got, err := send.Of(x.owner.Session).Get(t.Context(), send.ID(id))
	must(t, err)
	return got.Accesses
}

// mustCount holds the number of accesses to what it should be.
func (x sharing) mustCount(t *testing.T, want int, id string) {
	t.Helper()
	if got := x.accesses(t, id); got != want {
		t.Errorf("%d accesses, want %d", got, want)
	}
}

// set changes a Send in the way that the official client edits one: whole.
func (x sharing) set(t *testing.T, id string, changes map[string]any) map[string]any {
	t.Helper()
	in := x.desk.object(t, "send", "get", id)
	for name, value := range changes {
		in[name] = value
	}
	return x.desk.object(t, "send", "edit", encode(t, in))
}

func (x sharing) delete(t *testing.T, id string) {
	t.Helper()
	x.desk.must(t, "send", "delete", id)
}

// hears has the guest open a link and read what is wanted.
func (x sharing) hears(t *testing.T, want, link string, flags ...string) {
	t.Helper()
	if got := x.guest.must(t, append([]string{"send", "receive", link}, flags...)...); got != want {
		t.Errorf("received %q, want %q", got, want)
	}
}

// refused has the guest open a link in vain.
func (x sharing) refused(t *testing.T, want, link string, flags ...string) {
	t.Helper()
	if got := x.guest.fails(t, append([]string{"send", "receive", link}, flags...)...); got != want {
		t.Errorf("the guest reads %q, want %q", got, want)
	}
}

func (x sharing) text(t *testing.T) {
	const secret = "The code of the gate is 4711.\nTell nobody."
	id, link := x.make(t, "--name", "Gate", "--notes", "for Monday", "--hidden", secret)
	want := map[string]any{
		"name": "Gate", "notes": "for Monday", "type": 0.0, "text": map[string]any{"text": secret, "hidden": true},
		"accessCount": 0.0, "maxAccessCount": nil, "passwordSet": false, "disabled": false, "hideEmail": false,
	}
	mustHold(t, "made", want, x.desk.object(t, "send", "get", id))
	if diff := cmp.Diff([]string{"Gate"}, names(x.sends(t))); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
	if got := x.desk.must(t, "send", "get", id, "--text"); got != secret {
		t.Errorf("get --text printed %q", got)
	}
	x.hears(t, secret, link)
	mustHold(t, "seen by the guest", map[string]any{"name": "Gate", "type": 0.0, "text": map[string]any{"text": secret, "hidden": true}},
		x.guest.object(t, "send", "receive", link, "--obj"))
	x.mustCount(t, 2, id)

	changes := map[string]any{
		"name": "Back door", "notes": nil, "hideEmail": true, "maxAccessCount": 9.0,
		"text": map[string]any{"text": "4712", "hidden": false}, "deletionDate": time.Now().Add(48 * time.Hour).UTC().Format("2006-01-02T15:04:05.000Z"),
	}
	x.set(t, id, changes)
	mustHold(t, "edited", with(with(changes, "accessCount", 2.0), "id", id), x.now(t, id))
	x.hears(t, "4712", link)

	broken := link[:len(link)-22] + "AAAAAAAAAAAAAAAAAAAAAA"
	x.hears(t, "[error: cannot decrypt]", broken)
	x.delete(t, id)
	x.refused(t, "Not found.", link)
	if got := x.desk.fails(t, "send", "get", id); got != "Not found." {
		t.Errorf("a deleted Send: %q", got)
	}
}

func (x sharing) password(t *testing.T) {
	id, link := x.make(t, "--password", "open sesame", "behind a password")
	mustHold(t, "made", map[string]any{"passwordSet": true, "accessCount": 0.0}, x.desk.object(t, "send", "get", id))
	x.refused(t, "Password required", link)
	x.refused(t, "Invalid password", link, "--password", "open barley")
	x.mustCount(t, 0, id)
	x.hears(t, "behind a password", link, "--password", "open sesame")

	got := x.desk.object(t, "send", "remove-password", id)
	mustHold(t, "without a password", map[string]any{"passwordSet": false}, got)
	// The guest still holds a token of the time before, which is good no more.
	x.refused(t, "Not found.", link)
	x.guest = install(t, x.server)
	x.hears(t, "behind a password", link)
	x.delete(t, id)
}

func (x sharing) usedUp(t *testing.T) {
	id, link := x.make(t, "--maxAccessCount", "2", "twice at most")
	x.hears(t, "twice at most", link)
	x.hears(t, "twice at most", link)
	x.refused(t, "Not found.", link)
	another := install(t, x.server)
	if got := another.fails(t, "send", "receive", link); got != "Not found." {
		t.Errorf("another guest reads %q", got)
	}
	x.mustCount(t, 2, id)
	x.set(t, id, map[string]any{"maxAccessCount": 3.0})
	x.hears(t, "twice at most", link)
	x.delete(t, id)
}

func (x sharing) closed(t *testing.T) {
	id, link := x.make(t, "for a while")
	x.hears(t, "for a while", link)
	mustHold(t, "disabled", map[string]any{"disabled": true}, x.set(t, id, map[string]any{"disabled": true}))
	x.refused(t, "Not found.", link)
	x.set(t, id, map[string]any{"disabled": false})
	x.hears(t, "for a while", link)

	for name, when := range map[string]time.Time{"in the past": time.Now().Add(-time.Hour), "in two months": time.Now().Add(60 * 24 * time.Hour)} {
		in := x.desk.object(t, "send", "get", id)
		in["deletionDate"] = when.UTC().Format("2006-01-02T15:04:05.000Z")
		x.desk.fails(t, "send", "edit", encode(t, in))
		if got, err := send.Of(x.owner.Session).Get(t.Context(), send.ID(id)); err != nil || got.Deletion.Sub(when).Abs() < time.Hour {
			t.Errorf("deletion %s was taken: %v", name, err)
		}
	}

	// Time is what nobody waits for here.
	x.server.Exec("UPDATE sends SET expires_at = $1 WHERE id = $2", time.Now().Add(-time.Minute).UnixMicro(), id)
	x.refused(t, "Not found.", link)
	x.server.Exec("UPDATE sends SET expires_at = $1 WHERE id = $2", time.Now().Add(time.Hour).UnixMicro(), id)
	x.hears(t, "for a while", link)
	x.server.Exec("UPDATE sends SET deletes_at = $1 WHERE id = $2", time.Now().Add(-time.Minute).UnixMicro(), id)
	x.refused(t, "Not found.", link)
	x.server.Exec("DELETE FROM sends WHERE id = $1", id) // as the server will, soon
}

func (x sharing) file(t *testing.T) {
	path, body := randomFile(t, "plan of the cellar.bin", 300_000)
	id, link := x.make(t, "--name", "Plan", "--maxAccessCount", "2", "-f", path)
	mustHold(t, "made", map[string]any{
		"type": 1.0, "name": "Plan", "maxAccessCount": 2.0, "file": map[string]any{"fileName": "plan of the cellar.bin", "sizeName": "293.0 KB"},
	}, x.now(t, id))
	x.mustFetch(t, body, link)
	x.mustCount(t, 1, id)
	mustHold(t, "renamed", map[string]any{"name": "Old plan", "type": 1.0}, x.set(t, id, map[string]any{"name": "Old plan"}))
	x.mustFetch(t, body, link)
	x.refused(t, "Not found.", link, "--output", filepath.Join(t.TempDir(), "again"))
	x.delete(t, id)
	x.refused(t, "Not found.", link, "--output", filepath.Join(t.TempDir(), "again"))
}

// mustFetch has the guest save the file behind a link.
func (x sharing) mustFetch(t *testing.T, want []byte, link string, flags ...string) {
	t.Helper()
	to := filepath.Join(t.TempDir(), "received")
	x.guest.must(t, append([]string{"send", "receive", link, "--output", to}, flags...)...)
	mustBeFile(t, want, to)
}

func mustBeFile(t *testing.T, want []byte, path string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("got %d bytes, want the %d that were given: %v", len(got), len(want), err)
	}
}

// randomFile is a file that no compression and no text mode leaves as it is.
func randomFile(t *testing.T, name string, size int) (path string, body []byte) {
	t.Helper()
	body = make([]byte, size)
	rand.Read(body)
	path = filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(path, body, 0o600))
	return path, body
}

func (x sharing) fromOurs(t *testing.T) {
	sends := send.Of(x.owner.Session)
	tomorrow := time.Now().Add(24 * time.Hour)
	text, err := sends.Create(t.Context(), send.Send{Name: "Ours", Notes: "kept", Text: "made here ✓", Password: "pass", Deletion: tomorrow})
	must(t, err)
	x.refused(t, "Invalid password", sends.Link(text).URL(), "--password", "word")
	x.hears(t, "made here ✓", sends.Link(text).URL(), "--password", "pass")
	mustHold(t, "to the official client", map[string]any{
		"name": "Ours", "notes": "kept", "passwordSet": true, "accessUrl": sends.Link(text).URL(), "text": map[string]any{"text": "made here ✓"},
	}, x.now(t, string(text.ID)))

	body := bytes.Repeat([]byte("sixteen bytes.. "), 1000)
	file, err := sends.CreateFile(t.Context(), send.Send{Name: "Our file", Deletion: tomorrow}, "ours.txt", body)
	must(t, err)
	x.mustFetch(t, body, sends.Link(file).URL())
	must(t, sends.Delete(t.Context(), text.ID))
	must(t, sends.Delete(t.Context(), file.ID))
	x.refused(t, "Not found.", sends.Link(file).URL())
}

func (x sharing) toOurs(t *testing.T) {
	path, body := randomFile(t, "theirs.bin", 17)
	textID, textLink := x.make(t, "--name", "Theirs", "--password", "pass", "made there ✓")
	fileID, fileLink := x.make(t, "-f", path)
	link, err := send.ParseLink(textLink)
	must(t, err)
	text, err := link.Open(t.Context(), x.server.HTTP, send.Proof{Password: "pass"})
	must(t, err)
	if text.Name != "Theirs" || text.Text != "made there ✓" || text.Creator != x.owner.email {
		t.Errorf("got %q, %q of %q", text.Name, text.Text, text.Creator)
	}
	link, err = send.ParseLink(fileLink)
	must(t, err)
	file, err := link.Open(t.Context(), x.server.HTTP, send.Proof{})
	must(t, err)
	got, err := file.Download(t.Context())
	must(t, err)
	if file.File.Name != "theirs.bin" || !bytes.Equal(got, body) {
		t.Errorf("got %q of %d bytes", file.File.Name, len(got))
	}
	list, err := send.Of(x.owner.Session).List(t.Context())
	must(t, err)
	var ids []string
	for _, one := range list {
		ids = append(ids, string(one.ID))
	}
	if diff := cmp.Diff(sorted([]string{textID, fileID}), sorted(slices.Clone(ids))); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
	x.delete(t, textID)
	x.delete(t, fileID)
}
