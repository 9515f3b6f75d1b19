//go:build compat

package compat

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/compat/realserver"
)

func TestServe(t *testing.T) { onBothDatabases(t, testServe) }

// testServe walks through the client's own REST service, one long-lived process with one session.
func testServe(t *testing.T, s *realserver.Server) {
	ada := register(t, s, "ada")
	b := install(t, s)
	b.login(t, ada)
	b.must(t, "lock")
	b.session = ""
	api := b.serve(t)

	if got := api.call(t, "GET", "/status", nil)["template"].(map[string]any)["status"]; got != "locked" {
		t.Errorf("status before unlock: %v", got)
	}
	unlocked := api.call(t, "POST", "/unlock", map[string]any{"password": ada.password})
	if unlocked["title"] != "Your vault is now unlocked!" {
		t.Errorf("unlock answered %v", unlocked)
	}
	items := testLifeOverREST(t, api, fixtures(t))
	for name, item := range items {
		mustHold(t, "listed "+name, item, api.listed(t, "/list/object/items", len(items))[item["name"].(string)])
	}
	found := api.call(t, "GET", "/list/object/items?search=company", nil)["data"].([]any)
	if len(found) != 1 || found[0].(map[string]any)["name"] != "Company card" {
		t.Errorf("searching for the card found %v", found)
	}
	generated := api.call(t, "GET", "/generate?length=17&lowercase", nil)["data"].(string)
	if len(generated) != 17 {
		t.Errorf("generate answered %q", generated)
	}
	api.call(t, "POST", "/lock", nil)
	got := api.refused(t, "GET", "/list/object/items")
	if diff := cmp.Diff("Vault is locked.", got); diff != "" {
		t.Errorf("listing a locked vault (-want +got):\n%s", diff)
	}
}

// testLifeOverREST makes, edits, deletes and restores one item of every type, and returns what must be there now.
func testLifeOverREST(t *testing.T, api restAPI, items map[string]map[string]any) map[string]map[string]any {
	ids := map[string]string{}
	for name, item := range items {
		made := api.make(t, item)
		mustHold(t, "created "+name, item, made)
		ids[name] = made["id"].(string)

		items[name] = with(item, "notes", "edited by way of serve")
		mustHold(t, "edited "+name, items[name], api.call(t, "PUT", "/object/item/"+ids[name], items[name]))
		api.call(t, "DELETE", "/object/item/"+ids[name], nil)
	}
	// A forced sync forgets what the client knew: this is what the server stored.
	api.call(t, "POST", "/sync?force=true", nil)
	trash := api.listed(t, "/list/object/items?trash", len(items))
	for name, item := range items {
		mustHold(t, "deleted "+name, item, trash[item["name"].(string)])
		api.call(t, "POST", "/restore/item/"+ids[name], nil)
	}
	api.call(t, "POST", "/sync?force=true", nil)
	return items
}

// listed waits until the client lists so many objects, since it decrypts what it has synced in
// the background, and returns them by name.
func (a restAPI) listed(t *testing.T, path string, want int) map[string]map[string]any {
	t.Helper()
	found := map[string]map[string]any{}
	for range 100 {
		clear(found)
		for _, item := range a.call(t, "GET", path, nil)["data"].([]any) {
			item := item.(map[string]any)
			found[item["name"].(string)] = item
		}
		if len(found) == want {
			return found
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s lists %v, want %d", path, keys(found), want)
	return nil
}

// restAPI is a running `bw serve`.
type restAPI struct{ base string }

func (b *bw) serve(t *testing.T) restAPI {
	t.Helper()
	port := realserver.FreePort(t)
	cmd := b.command(t, nil, "serve", "--hostname", "127.0.0.1", "--port", fmt.Sprint(port))
	var out realserver.Output
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
	})
	api := restAPI{fmt.Sprintf("http://127.0.0.1:%d", port)}
	for range 200 {
		if res, err := http.Get(api.base + "/status"); err == nil {
			res.Body.Close()
			return api
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("bw serve does not answer:\n%s", out.String())
	return api
}

// reply is the envelope of every answer.
type reply struct {
	Success bool           `json:"success"`
	Message string         `json:"message"`
	Data    map[string]any `json:"data"`
}

func (a restAPI) send(t *testing.T, method, path string, body any) reply {
	t.Helper()
	var payload bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&payload).Encode(body); err != nil {
			t.Fatal(err)
		}
	}
	req, err := http.NewRequestWithContext(t.Context(), method, a.base+path, &payload)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var r reply
	if err := json.NewDecoder(res.Body).Decode(&r); err != nil {
		t.Fatalf("%s %s answered %d without JSON: %v", method, path, res.StatusCode, err)
	}
	return r
}

func (a restAPI) call(t *testing.T, method, path string, body any) map[string]any {
	t.Helper()
	r := a.send(t, method, path, body)
	if !r.Success {
		t.Fatalf("%s %s: %s", method, path, r.Message)
	}
	return r.Data
}

// make creates an item; afterwards the client finds it.
func (a restAPI) make(t *testing.T, item map[string]any) map[string]any {
	t.Helper()
	made := a.call(t, "POST", "/object/item", item)
	a.get(t, made["id"].(string))
	return made
}

// get waits until the client finds an item: it keeps in the background what the
// server answered, also to a sync.
func (a restAPI) get(t *testing.T, id string) map[string]any {
	t.Helper()
	var last reply
	for range 100 {
		if last = a.send(t, "GET", "/object/item/"+id, nil); last.Success {
			return last.Data
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("the client does not find item %s: %s", id, last.Message)
	return nil
}

func (a restAPI) refused(t *testing.T, method, path string) string {
	t.Helper()
	r := a.send(t, method, path, nil)
	if r.Success {
		t.Fatalf("%s %s succeeded: %v", method, path, r.Data)
	}
	return r.Message
}
