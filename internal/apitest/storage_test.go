package apitest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// TestTheLimitOfAClient is set by its provider, holds at once, and everybody is told the
// truth about it.
func TestTheLimitOfAClient(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		attached(w)
		org := "/api/organizations/" + w.Org
		limit := "/api/providers/" + w.Provider + "/organizations/" + w.Client + "/storage"
		// told is what a member, an owner and the staff read about it.
		told := func() m {
			t.Helper()
			out := m{}
			for _, o := range w.Must(t, w.User, "GET", "/api/sync", nil).JSON(t)["profile"].(m)["organizations"].([]any) {
				out["sync"] = o.(m)["maxStorageGb"]
			}
			out["organization"] = w.Must(t, w.Owner, "GET", org, nil).JSON(t)["maxStorageGb"]
			subscription := w.Must(t, w.Admin, "GET", org+"/subscription", nil).JSON(t)
			out["subscription"], out["taken"] = subscription["maxStorageGb"], subscription["storageName"]
			storage := w.Must(t, w.User, "GET", org+"/storage", nil).JSON(t)
			out["limit"], out["own"], out["used"] = storage["limit"], storage["ownLimit"], storage["used"]
			return out
		}
		hold := func(what string, gigabytes, bytes float64, own bool) {
			t.Helper()
			want := m{
				"sync": gigabytes, "organization": gigabytes, "subscription": gigabytes, "taken": "100 Bytes",
				"limit": bytes, "own": own, "used": float64(fileSize),
			}
			if diff := cmp.Diff(want, told()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
		hold("the server's limit", 5, 5<<30, false)
		w.Must(t, w.Admin, "PUT", limit, m{"limit": 1<<30 + 1})
		hold("one of its own", 2, 1<<30+1, true)
		for name, body := range map[string]any{
			"nothing said": m{}, "less than none": m{"limit": -1}, "a slip": m{"limit": int64(1)<<50 + 1}, "a text": m{"limit": "5"}, "a part": m{"limit": 1.5},
		} {
			if a := w.Do(t, w.Admin, "PUT", limit, body); a.Status != http.StatusBadRequest {
				t.Errorf("%s: %d %s, want 400", name, a.Status, a.Body)
			}
		}
		hold("after what was refused", 2, 1<<30+1, true)

		w.Must(t, w.Admin, "PUT", limit, m{"limit": 150})
		item := w.NewOrgItem()
		if a := w.Do(t, w.Owner, "POST", "/api/ciphers/"+item+"/attachment/v2", announcement(false)); a.Status != http.StatusBadRequest ||
			!strings.Contains(string(a.Body), "100 Bytes of 150 Bytes") {
			t.Errorf("more than there is room for: %d %s", a.Status, a.Body)
		}
		if a := w.Do(t, w.Owner, "POST", "/api/ciphers/"+item+"/attachment", aboutUpload(w, "")); a.Status < http.StatusBadRequest {
			t.Errorf("the same without being announced: %d %s", a.Status, a.Body)
		}
		w.Must(t, w.Admin, "PUT", limit, m{"limit": 0})
		hold("none at all, with a file from before", 0, 0, true)
		w.Must(t, w.Admin, "PUT", limit, m{"limit": nil})
		hold("the server's again", 5, 5<<30, false)
	})
}

// TestAReleasedClientHasNoLimitOfItsProvider: nobody could change it any more.
func TestAReleasedClientHasNoLimitOfItsProvider(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		org, client := ownedClient(w)
		w.Must(t, w.Admin, "PUT", "/api/providers/"+w.Provider+"/organizations/"+client+"/storage", m{"limit": 1})
		w.Must(t, w.Admin, "DELETE", "/api/providers/"+w.Provider+"/organizations/"+client, nil)
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM organizations WHERE id = $1 AND storage_limit IS NOT NULL`, org); n != 0 {
			t.Error("the limit of the former provider holds still")
		}
	})
}
