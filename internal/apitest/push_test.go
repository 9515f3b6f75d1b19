package apitest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/vault"
)

// hearing is a world in which somebody listens.
type hearing struct {
	*world
	ear   *apitest.Ear
	other string            // a collection that only Owner and User have
	names map[string]string // of collections and accounts, in what is expected
}

func newHearing(t *testing.T, w *world) *hearing {
	t.Helper()
	h := &hearing{world: w, ear: w.Listen(), names: map[string]string{w.Collection: "C"}}
	h.other = w.Must(t, w.Owner, http.MethodPost, "/api/organizations/"+w.Org+"/collections", m{
		"name": apitest.Enc(), "groups": []any{}, "users": []any{m{"id": w.Members[w.Owner], "readOnly": false, "hidePasswords": false, "manage": true}, share(w.Members[w.User], true)},
	}).Text(t, "id")
	h.names[h.other] = "D"
	for p, name := range map[*person]string{
		w.Owner: "owner", w.Manager: "manager", w.Custom: "custom", w.User: "user", w.Bare: "bare", w.Stranger: "stranger", w.Admin: "admin",
		w.Service: "service", w.ScopedService: "scoped", w.ScopedElsewhere: "elsewhere", w.ExpiredScope: "expired", w.Revoked: "revoked",
		w.Accepted: "accepted", w.Invited: "invited", w.OtherOwner: "other owner", w.OtherAdmin: "other admin",
	} {
		h.names[p.ID] = name
	}
	return h
}

// item makes an item in collections of the client.
func (h *hearing) item(collections ...string) string {
	h.T.Helper()
	return h.Must(h.T, h.Owner, http.MethodPost, "/api/ciphers/create", m{"cipher": edited(h.world, ""), "collectionIds": collections}).Text(h.T, "id")
}

// fresh is somebody new, called "new" in what is expected.
func (h *hearing) fresh(p *person) *person {
	h.names[p.ID] = "new"
	return p
}

// told runs an act and gives what it told: "type details: who", by type.
func (h *hearing) told(act func() apitest.Answer) []string {
	h.T.Helper()
	h.ear.Take()
	a := act()
	if a.Status >= 300 {
		h.T.Fatalf("%d %s", a.Status, a.Body)
	}
	out := []string{}
	for _, said := range h.ear.Take() {
		out = append(out, h.line(said))
	}
	slices.Sort(out)
	return out
}

func (h *hearing) line(said push.Message) string {
	line := fmt.Sprint(int(said.Type))
	if said.Org != "" {
		line += " org"
	}
	collections := make([]string, len(said.Collections))
	for i, c := range said.Collections {
		collections[i] = h.names[string(c)]
	}
	slices.Sort(collections)
	line += strings.Join(append([]string{""}, collections...), " ")
	if said.Reason != nil {
		line += fmt.Sprint(" because ", int(*said.Reason))
	}
	if said.Device != "" {
		line += " one device"
	}
	if said.Type == push.OrgStatusChanged {
		line += fmt.Sprint(" ", said.Enabled)
	}
	if said.Limits != nil {
		line += fmt.Sprint(" ", *said.Limits)
	}
	if said.Policy != nil {
		line += fmt.Sprint(" policy ", said.Policy.Type, " ", said.Policy.Enabled, " ", said.Policy.Data)
	}
	people := make([]string, len(said.Users))
	for i, u := range said.Users {
		if people[i] = h.names[string(u)]; people[i] == "" {
			people[i] = "somebody else"
		}
	}
	slices.Sort(people)
	return line + ": " + strings.Join(people, ", ")
}

// heardCase is an act and what apps hear of it, each line exactly.
type heardCase struct {
	name string
	act  func(h *hearing) func() apitest.Answer
	want []string
}

// call is an act that needs nothing before it.
func call(who func(*world) *person, method, path string, body any) func(h *hearing) func() apitest.Answer {
	return func(h *hearing) func() apitest.Answer {
		path := strings.NewReplacer("{org}", h.Org, "{provider}", h.Provider, "{client}", h.Client).Replace(path)
		return func() apitest.Answer { return h.Do(h.T, who(h.world), method, path, body) }
	}
}

// TestWhatAppsAreTold holds each act to its exact messages: those who may not see a
// thing hear nothing of it.
func TestWhatAppsAreTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHearing(t, apitest.NewWorld(t, d))
		for _, c := range slices.Concat(toldOfItems(), toldOfAccounts(), toldOfOrganizations(), toldOfMembers()) {
			t.Run(c.name, func(t *testing.T) {
				h.T = t
				if diff := cmp.Diff(c.want, h.told(c.act(h))); diff != "" {
					t.Errorf("told (-want +got):\n%s", diff)
				}
			})
		}
	})
}

// Who has the client's collection, that one alone, and both; who is a confirmed member;
// and who sees the organization at all.
const (
	ofC   = "bare, custom, manager, owner, user"
	onlyC = "bare, custom, manager"
	both  = "owner, user"
	ofOrg = ofC
	ofAll = "admin, bare, custom, manager, owner, scoped, service, user"
	staff = "admin, scoped, service" // who reach the client
)

func toldOfItems() []heardCase {
	own := func(suffix, method string, body any) func(h *hearing) func() apitest.Answer {
		return func(h *hearing) func() apitest.Answer {
			item := h.NewItem(h.Stranger)
			return func() apitest.Answer { return h.Do(h.T, h.Stranger, method, "/api/ciphers/"+item+suffix, body) }
		}
	}
	ownMany := func(path, method string, more m) func(h *hearing) func() apitest.Answer {
		return func(h *hearing) func() apitest.Answer {
			body := m{"ids": []string{h.NewItem(h.Stranger), h.NewItem(h.Stranger)}}
			for k, v := range more {
				body[k] = v
			}
			return func() apitest.Answer { return h.Do(h.T, h.Stranger, method, path, body) }
		}
	}
	// in is about an item in both collections.
	in := func(who func(*world) *person, method, suffix string, body func(h *hearing) any) func(h *hearing) func() apitest.Answer {
		return func(h *hearing) func() apitest.Answer {
			item := h.item(h.Collection, h.other)
			sent := body(h)
			return func() apitest.Answer { return h.Do(h.T, who(h.world), method, "/api/ciphers/"+item+suffix, sent) }
		}
	}
	none := func(*hearing) any { return nil }
	again := func(h *hearing) any { return edited(h.world, "") }
	return []heardCase{
		{"own item made", call(stranger, "POST", "/api/ciphers", apitest.Item()), []string{"1: stranger"}},
		{"own item edited", own("", "PUT", apitest.Item()), []string{"0: stranger"}},
		{"own item marked", own("/partial", "PUT", m{"favorite": true}), []string{"0: stranger"}},
		{"own item archived", own("/archive", "PUT", nil), []string{"0: stranger"}},
		{"own item trashed", own("/delete", "PUT", nil), []string{"0: stranger"}},
		{"own item deleted", own("", "DELETE", nil), []string{"2: stranger"}},
		{"own items trashed", ownMany("/api/ciphers/delete", "PUT", nil), []string{"4: stranger"}},
		{"own items archived", ownMany("/api/ciphers/archive", "PUT", nil), []string{"4: stranger"}},
		{"own items moved", ownMany("/api/ciphers/move", "PUT", m{"folderId": nil}), []string{"4: stranger"}},
		{"import", call(stranger, "POST", "/api/ciphers/import", m{"ciphers": []any{apitest.Item()}, "folders": []any{}, "folderRelationships": []any{}}), []string{"4: stranger"}},
		{"purge", func(h *hearing) func() apitest.Answer {
			return func() apitest.Answer { return h.Do(h.T, h.Stranger, "POST", "/api/ciphers/purge", secret(h.Stranger)) }
		}, []string{"4: stranger"}},

		{"item made in one collection", func(h *hearing) func() apitest.Answer {
			body := m{"cipher": edited(h.world, ""), "collectionIds": []string{h.other}}
			return func() apitest.Answer { return h.Do(h.T, h.Owner, "POST", "/api/ciphers/create", body) }
		}, []string{"1 org D: " + both}},
		{"item made in both", func(h *hearing) func() apitest.Answer {
			body := m{"cipher": edited(h.world, ""), "collectionIds": []string{h.Collection, h.other}}
			return func() apitest.Answer { return h.Do(h.T, h.Owner, "POST", "/api/ciphers/create", body) }
		}, []string{"1 org C D: " + both, "1 org C: " + onlyC}},
		{"item made in none, by the provider", func(h *hearing) func() apitest.Answer {
			body := m{"cipher": edited(h.world, ""), "collectionIds": []string{}}
			return func() apitest.Answer { return h.Do(h.T, h.Admin, "POST", "/api/ciphers/admin", body) }
		}, []string{}},
		{"item edited", in(manager, "PUT", "", again), []string{"0 org C D: " + both, "0 org C: " + onlyC}},
		{"item edited in the console", in(service, "PUT", "/admin", again), []string{"0 org C D: " + both, "0 org C: " + onlyC}},
		{"item marked", in(user, "PUT", "/partial", func(*hearing) any { return m{"favorite": true} }), []string{"0 org C D: user"}},
		{"item trashed", in(owner, "PUT", "/delete", none), []string{"0 org C D: " + both, "0 org C: " + onlyC}},
		{"item deleted", in(owner, "DELETE", "", none), []string{"2 org C D: " + both, "2 org C: " + onlyC}},
		{"item taken out of a collection", in(owner, "PUT", "/collections_v2", func(h *hearing) any { return m{"collectionIds": []string{h.other}} }),
			[]string{"0 org D: " + both, "0 org: " + onlyC}},
		{"item put into another collection", func(h *hearing) func() apitest.Answer {
			item := h.item(h.other)
			return func() apitest.Answer {
				return h.Do(h.T, h.Owner, "PUT", "/api/ciphers/"+item+"/collections_v2", m{"collectionIds": []string{h.Collection, h.other}})
			}
		}, []string{"0 org C D: " + both, "0 org C: " + onlyC}},
		{"item of a group's collection", func(h *hearing) func() apitest.Answer {
			c := h.NewCollection()
			h.names[c] = "G"
			h.Must(h.T, h.Owner, "POST", "/api/organizations/"+h.Org+"/groups", m{"name": "Bakers", "collections": []any{share(c, true)},
				"users": []string{h.Members[h.User], h.Members[h.Revoked]}})
			item := h.item(h.Collection, c)
			return func() apitest.Answer { return h.Do(h.T, h.Owner, "PUT", "/api/ciphers/"+item, edited(h.world, "")) }
		}, []string{"0 org C G: " + both, "0 org C: " + onlyC}},
		{"items put into another collection", func(h *hearing) func() apitest.Answer {
			items := []string{h.item(h.other), h.item(h.other)}
			return func() apitest.Answer {
				return h.Do(h.T, h.Owner, "POST", "/api/ciphers/bulk-collections", m{"organizationId": h.Org, "cipherIds": items, "collectionIds": []string{h.Collection}})
			}
		}, []string{"4: " + ofC}},
		{"items trashed", func(h *hearing) func() apitest.Answer {
			items := []string{h.item(h.other), h.item(h.other)}
			return func() apitest.Answer { return h.Do(h.T, h.Owner, "PUT", "/api/ciphers/delete", m{"ids": items}) }
		}, []string{"4: " + both}},
		{"item shared", func(h *hearing) func() apitest.Answer {
			item := h.NewItem(h.Owner)
			return func() apitest.Answer {
				return h.Do(h.T, h.Owner, "PUT", "/api/ciphers/"+item+"/share", m{"cipher": edited(h.world, ""), "collectionIds": []string{h.other}})
			}
		}, []string{"0 org D: " + both}},
		{"import of the organization", call(owner, "POST", "/api/ciphers/import-organization?organizationId={org}",
			m{"ciphers": []any{}, "collections": []any{m{"name": apitest.Enc()}}, "collectionRelationships": []any{}}), []string{"4: owner"}},
		{"purge of another organization's items", func(h *hearing) func() apitest.Answer {
			item := apitest.Item()
			item["organizationId"] = h.OtherOrg
			h.Must(h.T, h.OtherOwner, "POST", "/api/ciphers/create", m{"cipher": item, "collectionIds": []string{h.OtherCollection}})
			return func() apitest.Answer {
				return h.Do(h.T, h.OtherOwner, "POST", "/api/ciphers/purge?organizationId="+h.OtherOrg, secret(h.OtherOwner))
			}
		}, []string{"4: other owner"}},
	}
}

func TestTellingMoreReadersTakesNoMoreStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHearing(t, apitest.NewWorld(t, d))
		count := func(collections ...string) int64 {
			var n atomic.Int64
			text, err := json.Marshal(edited(h.world, ""))
			if err != nil {
				t.Fatal(err)
			}
			r := httptest.NewRequestWithContext(db.CountStatements(t.Context(), &n), http.MethodPut, "/api/ciphers/"+h.item(collections...), bytes.NewReader(text))
			r.Header.Set("Authorization", "Bearer "+h.Owner.Token)
			w := httptest.NewRecorder()
			if h.Handler.ServeHTTP(w, r); w.Code != http.StatusOK {
				t.Fatalf("%d %s", w.Code, w.Body)
			}
			return n.Load()
		}
		if few, many := count(h.other), count(h.other, h.Collection); few != many {
			t.Errorf("%d statements for the readers of one collection, %d for those of two", few, many)
		}
	})
}

// TestEmptyingTheTrashIsHeard by those whose vaults it changes: in a suspended
// organization nobody has any.
func TestEmptyingTheTrashIsHeard(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHearing(t, apitest.NewWorld(t, d))
		purge := func() apitest.Answer {
			apitest.Set(t, h.Server, `UPDATE ciphers SET deleted_at = 1`)
			if n, err := (&vault.Service{DB: d, TrashDays: 30}).Purge(t.Context()); err != nil || n == 0 {
				t.Fatalf("purged %d items, %v", n, err)
			}
			return apitest.Answer{Status: http.StatusOK}
		}
		h.item(h.other)
		h.NewItem(h.Stranger)
		if diff := cmp.Diff([]string{"4: owner, stranger, user"}, h.told(purge)); diff != "" {
			t.Errorf("told (-want +got):\n%s", diff)
		}
		h.item(h.other)
		apitest.Set(t, h.Server, `UPDATE organizations SET enabled = FALSE WHERE id = $1`, h.Org)
		if diff := cmp.Diff([]string{}, h.told(purge)); diff != "" {
			t.Errorf("told of a suspended organization's items (-want +got):\n%s", diff)
		}
	})
}
