package apitest_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/push"
)

func toldOfFiles() []heardCase {
	form := func(h *hearing) any { return apitest.NewUpload(h.T, apitest.Enc(), apitest.Sealed(fileSize)) }
	none := func(*hearing) any { return nil }
	// of is about a file of an item in both collections, there or announced.
	of := func(who func(*world) *person, there bool, method, suffix string, body func(h *hearing) any) func(h *hearing) func() apitest.Answer {
		return func(h *hearing) func() apitest.Answer {
			item := h.item(h.Collection, h.other)
			path := "/api/ciphers/" + item + "/attachment/" + announced(h.world, h.Owner, item)
			if there {
				h.Must(h.T, h.Owner, http.MethodPost, path, form(h))
			}
			sent := body(h)
			return func() apitest.Answer { return h.Do(h.T, who(h.world), method, path+suffix, sent) }
		}
	}
	own := func(suffix string, body func(h *hearing) any) func(h *hearing) func() apitest.Answer {
		return func(h *hearing) func() apitest.Answer {
			item := h.NewItem(h.Stranger)
			sent := body(h)
			return func() apitest.Answer {
				return h.Do(h.T, h.Stranger, http.MethodPost, "/api/ciphers/"+item+suffix, sent)
			}
		}
	}
	everybody := []string{"0 org C D: " + both, "0 org C: " + onlyC}
	return []heardCase{
		{"own file announced", own("/attachment/v2", func(*hearing) any { return announcement(false) }), []string{"0: stranger"}},
		{"own file in one step", own("/attachment", form), []string{"0: stranger"}},
		{"file uploaded", of(owner, false, "POST", "", form), everybody},
		{"file uploaded by staff", of(service, false, "POST", "", form), everybody},
		{"file deleted", of(owner, true, "DELETE", "", none), everybody},
		{"announcement taken back", of(owner, false, "DELETE", "", none), everybody},
		{"file asked for", of(owner, true, "GET", "", none), []string{}},
		{"limit of files", call(admin, "PUT", "/api/providers/{provider}/organizations/{client}/storage", m{"limit": 1 << 30}), []string{"17: " + ofAll}},
	}
}

func TestWhatAppsAreToldOfFiles(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHearing(t, apitest.NewWorld(t, d))
		for _, c := range toldOfFiles() {
			t.Run(c.name, func(t *testing.T) {
				h.T = t
				if diff := cmp.Diff(c.want, h.told(c.act(h))); diff != "" {
					t.Errorf("told (-want +got):\n%s", diff)
				}
			})
		}
	})
}

// TestAppsFetchAnItemWhoseFileHasArrived: apps fetch an item that a message dates later
// than what they have, and the item keeps its date when its file arrives.
func TestAppsFetchAnItemWhoseFileHasArrived(t *testing.T) {
	d := dbtest.SQLite(t)
	w := apitest.NewWorld(t, d)
	item := w.NewItem(w.Stranger)
	file := announced(w, w.Stranger, item)
	revised, err := time.Parse(time.RFC3339Nano, w.Must(t, w.Stranger, "GET", "/api/ciphers/"+item, nil).Text(t, "revisionDate"))
	if err != nil {
		t.Fatal(err)
	}
	ear := w.Listen()
	w.Must(t, w.Stranger, "POST", "/api/ciphers/"+item+"/attachment/"+file, apitest.NewUpload(t, apitest.Enc(), apitest.Sealed(fileSize)))
	heard := ear.Take()
	if len(heard) != 1 || heard[0].Type != push.CipherUpdated || heard[0].ID != item || !heard[0].Date.After(revised) {
		t.Errorf("heard %v, want one message about the item after %v", heard, revised)
	}
}
