package rotate_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// attach puts a file at an item; key is empty for one of the old kind.
func (o *owner) attach(t *testing.T, item, key string, body []byte) string {
	t.Helper()
	var fields []string
	if key != "" {
		fields = []string{"key", key}
	}
	have := map[string]bool{}
	for file := range o.files(t, item) {
		have[file] = true
	}
	o.Must(t, o.Person, "POST", "/api/ciphers/"+item+"/attachment", apitest.NewUpload(t, apitest.Enc(), body, fields...))
	for file := range o.files(t, item) {
		if !have[file] {
			return file
		}
	}
	t.Fatal("the item shows no new file")
	return ""
}

// files are the names and keys of an item's files.
func (o *owner) files(t *testing.T, item string) map[string][2]any {
	t.Helper()
	out := map[string][2]any{}
	files, _ := o.Must(t, o.Person, "GET", "/api/ciphers/"+item, nil).JSON(t)["attachments"].([]any)
	for _, f := range files {
		out[f.(m)["id"].(string)] = [2]any{f.(m)["fileName"], f.(m)["key"]}
	}
	return out
}

// brings are the files of all items, as a rotation has to bring them.
func (o *owner) brings(t *testing.T, in m) map[string]m {
	t.Helper()
	out := map[string]m{}
	for _, c := range items(in) {
		item := c.(m)["id"].(string)
		out[item] = m{}
		for file := range o.files(t, item) {
			out[item][file] = m{"fileName": apitest.Enc(), "key": apitest.WrappedKey()}
		}
		c.(m)["attachments2"] = out[item]
	}
	return out
}

func TestFilesComeAlongWithTheirItems(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOwner(t, d)
		body := apitest.Sealed(300)
		one, two := own(o.body(t), 0)["id"].(string), own(o.body(t), 1)["id"].(string) // one is in the trash
		kept, second, third := o.attach(t, one, apitest.WrappedKey(), body), o.attach(t, one, apitest.WrappedKey(), body), o.attach(t, two, apitest.WrappedKey(), body)
		waiting := o.Must(t, o.Person, "POST", "/api/ciphers/"+one+"/attachment/v2", m{"key": apitest.WrappedKey(), "fileName": apitest.Enc(), "fileSize": 300}).Text(t, "attachmentId")
		shared := o.attach(t, o.shared, apitest.WrappedKey(), body)
		sharedBefore := o.files(t, o.shared)
		before := o.state(t)
		for name, spoil := range map[string]func(item m){
			"no files":          func(item m) { delete(item, "attachments2") },
			"one too few":       func(item m) { delete(item["attachments2"].(m), kept) },
			"one without a key": func(item m) { delete(item["attachments2"].(m)[kept].(m), "key") },
			"a key in plain":    func(item m) { item["attachments2"].(m)[kept].(m)["key"] = "x" },
			"a key, type 0":     func(item m) { item["attachments2"].(m)[kept].(m)["key"] = "0." + apitest.WrappedKey()[2:] },
			"a name in plain":   func(item m) { item["attachments2"].(m)[kept].(m)["fileName"] = "plan.pdf" },
			"the names alone":   func(item m) { item["attachments"], item["attachments2"] = m{kept: apitest.Enc()}, nil },
			"those of another item": func(item m) {
				item["attachments2"] = m{third: m{"fileName": apitest.Enc(), "key": apitest.WrappedKey()}}
			},
			"those of the wrong one": func(item m) {
				item["attachments2"].(m)[shared] = item["attachments2"].(m)[kept]
				delete(item["attachments2"].(m), kept)
			},
		} {
			in := o.body(t)
			o.brings(t, in)
			for _, c := range items(in) {
				if c.(m)["id"] == one {
					spoil(c.(m))
				}
			}
			o.exec(t, `DELETE FROM rate_limits`)
			if a := o.Do(t, o.Person, "POST", path, in); a.Status != http.StatusBadRequest {
				t.Errorf("%s: %d %s, want 400", name, a.Status, a.Body)
			}
			if diff := cmp.Diff(before, o.state(t)); diff != "" {
				t.Fatalf("%s changed something:\n%s", name, diff)
			}
		}
		in := o.body(t)
		brought := o.brings(t, in)
		o.Must(t, o.Person, "POST", path, in)
		o.LogIn(t, o.Person)
		for item, files := range brought {
			want := map[string][2]any{}
			for file, v := range files {
				want[file] = [2]any{v.(m)["fileName"], v.(m)["key"]}
			}
			if diff := cmp.Diff(want, o.files(t, item)); diff != "" {
				t.Errorf("files of an item (-want +got):\n%s", diff)
			}
		}
		if diff := cmp.Diff(sharedBefore, o.files(t, o.shared)); diff != "" {
			t.Errorf("a file of an organization changed:\n%s", diff)
		}
		for _, file := range []string{kept, second} {
			url := o.Must(t, o.Person, "GET", "/api/ciphers/"+one+"/attachment/"+file, nil).Text(t, "url")
			got := o.Do(t, apitest.Nobody, "GET", strings.TrimPrefix(url, o.Base.Config.PublicURL), nil)
			if !bytes.Equal(got.Body, body) {
				t.Errorf("the body of a file is %d bytes with status %d", len(got.Body), got.Status)
			}
		}
		// What was announced under the old key must not arrive.
		upload := apitest.NewUpload(t, apitest.Enc(), body)
		if a := o.Do(t, o.Person, "POST", "/api/ciphers/"+one+"/attachment/"+waiting, upload); a.Status != http.StatusNotFound {
			t.Errorf("an upload announced before: %d %s, want 404", a.Status, a.Body)
		}
	})
}

// TestAFileWithoutAKeyKeepsTheOldKey: its body would be lost with it.
func TestAFileWithoutAKeyKeepsTheOldKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOwner(t, d)
		item := own(o.body(t), 0)["id"].(string)
		old := o.attach(t, item, "", apitest.Sealed(300))
		before := o.state(t)
		in := o.body(t)
		o.brings(t, in)
		a := o.Do(t, o.Person, "POST", path, in)
		if a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), "attachment of an old kind") {
			t.Errorf("%d %s, want 400 with what to do", a.Status, a.Body)
		}
		if diff := cmp.Diff(before, o.state(t)); diff != "" {
			t.Errorf("a refused rotation changed something:\n%s", diff)
		}
		o.Must(t, o.Person, "DELETE", "/api/ciphers/"+item+"/attachment/"+old, nil)
		o.Forgive(t)
		o.Must(t, o.Person, "POST", path, o.body(t))
	})
}
