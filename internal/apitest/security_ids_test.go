package apitest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

// foreigners are things that the people of the client have no tie to.
func foreigners(w *world) map[string]string {
	item := apitest.Item()
	item["organizationId"] = w.OtherOrg
	cipher := w.Must(w.T, w.OtherOwner, http.MethodPost, "/api/ciphers/create",
		m{"cipher": item, "collectionIds": []string{w.OtherCollection}}).Text(w.T, "id")
	file := announced(w, w.OtherOwner, cipher)
	w.Must(w.T, w.OtherOwner, http.MethodPost, "/api/ciphers/"+cipher+"/attachment/"+file, apitest.NewUpload(w.T, apitest.Enc(), apitest.Sealed(fileSize)))
	folder := w.Must(w.T, w.OtherOwner, http.MethodPost, "/api/folders", m{"name": apitest.Enc()}).Text(w.T, "id")
	clients := w.Must(w.T, w.OtherAdmin, http.MethodGet, "/api/providers/"+w.OtherProvider+"/organizations", nil).JSON(w.T)
	client, _ := clients["data"].([]any)[0].(m)["id"].(string)
	staff := w.Must(w.T, w.OtherAdmin, http.MethodGet, "/api/providers/"+w.OtherProvider+"/users", nil).JSON(w.T)
	colleague, _ := staff["data"].([]any)[0].(m)["id"].(string)
	devices := w.Must(w.T, w.OtherOwner, http.MethodGet, "/api/devices", nil).JSON(w.T)
	device, _ := devices["data"].([]any)[0].(m)["id"].(string)
	return map[string]string{
		"organization": w.OtherOrg, "collection": w.OtherCollection, "member": w.Members[w.OtherOwner], "provider": w.OtherProvider,
		"client": client, "provider user": colleague, "account": w.OtherOwner.ID, "item of an organization": cipher, "attachment": file,
		"personal item": w.NewItem(w.OtherOwner), "folder": folder, "device": device,
	}
}

// TestForeignIDsAreAbsentInEveryPlace puts the id of each foreign thing in the
// place of each id of a valid request, one at a time. The answer is that for an id
// of nothing, and nothing of the others changes.
func TestForeignIDsAreAbsentInEveryPlace(t *testing.T) {
	dbtest.EachAtOnce(t, func(t *testing.T, d *db.DB) {
		w, all := apitest.NewWorld(t, d), rows()
		foreign := foreigners(w)
		for _, r := range w.Routes {
			line, ok := all[r.Method+" "+r.Path]
			// Installations choose their identifiers, and every account may have each public key.
			if !ok || strings.HasPrefix(r.Path, "/api/devices") || strings.HasPrefix(r.Path, "/api/users/") {
				continue
			}
			t.Run(r.Method+" "+r.Path, func(t *testing.T) {
				w.T = t
				f := fuzz{w: w, r: r, line: line}
				f.prepare()
				before := theirs(t, w)
				for at := range idsIn(f.path, f.body) {
					for kind, other := range foreign {
						absent := string(id.New[id.Org]())
						want := f.swapped(t, at, absent)
						got := f.swapped(t, at, other)
						// What is accepted names the id in a place that decides nothing.
						refused := got.Status >= http.StatusBadRequest
						if got.Status != want.Status || (refused && string(got.Body) != string(want.Body)) {
							t.Errorf("%s of %s with a foreign %s = %d %s\nwith an absent one = %d %s", at, r.Path, kind, got.Status, got.Body, want.Status, want.Body)
						}
						if r.Who != wire.Anyone && strings.Contains(r.Path, "/organizations/{") && got.Status < http.StatusBadRequest && at[0] == 'p' {
							t.Errorf("%s of %s with a foreign %s = %d", at, r.Path, kind, got.Status)
						}
					}
				}
				if diff := cmp.Diff(before, theirs(t, w)); diff != "" {
					t.Errorf("changed others:\n%s", diff)
				}
			})
		}
	})
}

// idsIn lists where a request has ids: "path 3", "query organizationId", or the way
// to a value of the body.
func idsIn(path string, body any) map[string][]any {
	out := map[string][]any{}
	plain, query, _ := strings.Cut(path, "?")
	for i, part := range strings.Split(plain, "/") {
		if isID(part) {
			out["path "+strconv.Itoa(i)] = []any{"path", i}
		}
	}
	values, err := url.ParseQuery(query)
	if err == nil {
		for name, v := range values {
			if isID(v[0]) {
				out["query "+name] = []any{"query", name}
			}
		}
	}
	for _, at := range places(body, nil) {
		if s, ok := within(body, at).(string); ok && isID(s) {
			key, err := json.Marshal(at)
			if err == nil {
				out[string(key)] = at
			}
		}
	}
	return out
}

func isID(s string) bool {
	_, err := id.Parse[id.Org](s)
	return err == nil
}

// swapped sends the request with another id in one place, and makes a new request
// when it was accepted.
func (f *fuzz) swapped(t *testing.T, at string, other string) apitest.Answer {
	t.Helper()
	way := idsIn(f.path, f.body)[at]
	path, body := f.path, f.body
	switch {
	case way == nil:
		t.Fatalf("no id at %s of %s", at, f.path)
	case way[0] == "path":
		plain, query, _ := strings.Cut(path, "?")
		parts := strings.Split(plain, "/")
		i, _ := way[1].(int)
		parts[i] = other
		path = strings.TrimSuffix(strings.Join(parts, "/")+"?"+query, "?")
	case way[0] == "query":
		plain, query, _ := strings.Cut(path, "?")
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		name, _ := way[1].(string)
		values.Set(name, other)
		path = plain + "?" + values.Encode()
	default:
		body = put(body, way, other)
	}
	var a apitest.Answer
	if form, ok := body.(apitest.Upload); ok {
		a = f.w.Do(t, f.as, f.r.Method, path, form)
	} else {
		a = f.w.Raw(t, f.as, f.r.Method, path, encoded(t, body))
	}
	if a.Status == http.StatusTooManyRequests {
		f.w.Forgive(t)
	}
	if a.Status < http.StatusBadRequest && f.r.Method != http.MethodGet {
		f.prepare()
	}
	return a
}

// theirs is everything that belongs to the others.
func theirs(t *testing.T, w *world) []string {
	t.Helper()
	var out []string
	err := w.Base.DB.View(t.Context(), func(tx *db.Tx) error {
		for _, q := range []string{
			`SELECT id || '/' || revised_at FROM organizations WHERE id = $1`,
			`SELECT id || '/' || type || '/' || status || '/' || revised_at FROM members WHERE org_id = $1`,
			`SELECT id || '/' || revised_at FROM collections WHERE org_id = $1`,
			`SELECT collection_id || '/' || member_id FROM collection_members WHERE org_id = $1`,
			`SELECT collection_id || '/' || cipher_id FROM collection_ciphers WHERE org_id = $1`,
			`SELECT id || '/' || revised_at FROM ciphers WHERE owner_id = $1`,
			`SELECT id || '/' || name || '/' || size FROM attachments WHERE owner_id = $1`,
			`SELECT id FROM events WHERE org_id = $1`,
		} {
			rows, err := db.All(t.Context(), tx, db.Value[string], q, w.OtherOrg)
			if err != nil {
				return err
			}
			slices.Sort(rows)
			out = append(append(out, q), rows...)
		}
		for _, q := range []string{
			`SELECT id || '/' || revised_at FROM folders WHERE user_id = $1`, `SELECT id || '/' || revised_at FROM ciphers WHERE owner_id = $1`,
			`SELECT id || '/' || name FROM devices WHERE user_id = $1`, `SELECT security_stamp || email || public_key || user_key FROM users WHERE id = $1`,
		} {
			rows, err := db.All(t.Context(), tx, db.Value[string], q, w.OtherOwner.ID)
			if err != nil {
				return err
			}
			slices.Sort(rows)
			out = append(append(out, q), rows...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestEmptyListsAndDuplicatesDoNothingByHalf empties each list of a valid request,
// and names everything in it twice. What is refused changes nothing.
func TestEmptyListsAndDuplicatesDoNothingByHalf(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, all := apitest.NewWorld(t, d), rows()
		for _, r := range w.Routes {
			line, ok := all[r.Method+" "+r.Path]
			if !ok {
				continue
			}
			t.Run(r.Method+" "+r.Path, func(t *testing.T) {
				w.T = t
				f := fuzz{w: w, r: r, line: line}
				f.prepare()
				for _, at := range places(f.body, nil) {
					list, ok := within(f.body, at).([]any)
					if !ok || len(list) == 0 {
						continue
					}
					for _, name := range []string{"empty", "twice"} {
						list, _ = within(f.body, at).([]any)
						other := []any{}
						if name == "twice" {
							other = append(slices.Clone(list), list...)
						}
						before := fingerprint(t, w)
						a := w.Raw(t, f.as, r.Method, f.path, encoded(t, put(f.body, at, other)))
						last := at[len(at)-1]
						replaces := strings.HasSuffix(r.Path, "/tags") // all of them, also by none
						named := last == "ids" || last == "cipherIds" || last == "emails" || last == "keys"
						if named && !replaces && name == "empty" && a.Status != http.StatusBadRequest {
							t.Errorf("%v names nothing: %d %s, want 400", at, a.Status, a.Body)
						}
						if a.Status >= http.StatusInternalServerError {
							t.Errorf("%v %s: %d %s", at, name, a.Status, a.Body)
						}
						after := fingerprint(t, w)
						if diff := cmp.Diff(before, after); a.Status >= http.StatusBadRequest && diff != "" {
							t.Errorf("%v %s was refused with %d %s and changed something:\n%s", at, name, a.Status, a.Body, diff)
						}
						f.prepare()
					}
				}
			})
		}
	})
}

// TestNoOtherTypeOfCiphertextIsTaken puts each other form of ciphertext in the
// place of each ciphertext of a valid request.
func TestNoOtherTypeOfCiphertextIsTaken(t *testing.T) {
	sym, enc := apitest.Enc(), apitest.Encapsulated()
	parts := strings.Split(sym[2:], "|")
	forms := []string{
		"0." + parts[0] + "|" + parts[1], "0." + sym[2:], parts[0] + "|" + parts[1], "1." + sym[2:], "2." + parts[0] + "|" + parts[1], "2." + parts[0],
		"3." + enc[2:], "5." + enc[2:] + "|" + parts[2], "6." + enc[2:] + "|" + parts[2], "7." + parts[1], "8." + parts[1], "02." + sym[2:], "2. " + sym[2:], sym + "\n",
		enc[2:], "plain text", "2.||",
	}
	w, all := apitest.NewWorld(t, dbtest.SQLite(t)), rows()
	for _, r := range w.Routes {
		line, ok := all[r.Method+" "+r.Path]
		if !ok {
			continue
		}
		t.Run(r.Method+" "+r.Path, func(t *testing.T) {
			w.T = t
			f := fuzz{w: w, r: r, line: line}
			f.prepare()
			for _, at := range places(f.body, nil) {
				text, _ := within(f.body, at).(string)
				var others []string
				switch {
				case strings.HasPrefix(text, "2."):
					others = append(slices.Clone(forms), enc)
				case strings.HasPrefix(text, "4."):
					others = append(slices.Clone(forms), sym)
				default:
					continue
				}
				if r.Path == "/api/ciphers/import-organization" && at[0] == "collections" {
					continue // a collection that exists keeps its name
				}
				for _, other := range others {
					a := w.Raw(t, f.as, r.Method, f.path, encoded(t, put(f.body, at, other)))
					if a.Status < http.StatusBadRequest {
						t.Errorf("%v takes %.20q: %d %s", at, other, a.Status, a.Body)
						f.prepare()
					}
				}
			}
		})
	}
}
