package send_test

import (
	"maps"
	"testing"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/send"
)

// TestRotationBringsExactlyAllSends, or nothing changes.
func TestRotationBringsExactlyAllSends(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		text, file := w.text(password("p")), w.file()
		foreign := dbtest.Account(t, d, "eve@example.com")
		mine := w.user
		w.user = foreign
		hers := w.text()
		w.user = mine
		store := func(r send.Rotation) error {
			if err := r.Check(); err != nil {
				return err
			}
			return d.Update(t.Context(), func(tx *db.Tx) error { return r.Store(t.Context(), tx, mine) })
		}
		all := send.Rotation{text.ID: enc(), file.ID: enc()}
		more := func(of id.Send, key string) send.Rotation {
			r := maps.Clone(all)
			r[of] = key
			return r
		}
		for name, r := range map[string]send.Rotation{
			"none": {}, "one missing": {text.ID: enc()}, "a foreign one": more(hers.ID, enc()), "one that never was": more(id.New[id.Send](), enc()),
			"a foreign one instead": {text.ID: enc(), hers.ID: enc()}, "in the clear": more(file.ID, "key"),
		} {
			w.refused(name, store(r), fault.Invalid)
		}
		if got, err := w.Find(w.owner(), mine, text.ID); err != nil || got.Key != text.Key {
			t.Errorf("a refused rotation changed the key (%v)", err)
		}
		announced, err := w.Announce(w.owner(), mine, w.draft(ofFile(100)))
		w.fine("announce", err)
		w.fine("all", store(all))
		for _, before := range []send.Send{text, file} {
			got, err := w.Find(w.owner(), mine, before.ID)
			if err != nil || got.Key != all[before.ID] || got.Name != before.Name || !got.RevisedAt.After(before.RevisedAt) {
				t.Errorf("%s became %+v (%v)", before.ID, got, err)
			}
		}
		w.enter(text, send.Shown{Password: "p"})
		_, err = w.FindAwaited(w.owner(), mine, announced.ID, announced.FileID)
		w.refused("an upload under the old key", err, fault.NotFound)
	})
}
