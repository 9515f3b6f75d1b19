package send_test

import (
	"bytes"
	"io"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/orgtest"
	"github.com/kastellan/kastellan/internal/send"
)

// stored lists the files that are in the store.
func (w *world) stored() []string {
	w.t.Helper()
	names := []string{}
	err := w.Files.Store.List(w.t.Context(), w.now().AddDate(1, 0, 0), func(name string) error {
		names = append(names, name)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return names
}

// TestAnUploadThatFailsLeavesNothing, and can be made once more.
func TestAnUploadThatFailsLeavesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		of, err := w.Announce(w.owner(), w.user, w.draft(ofFile(1000)))
		if err != nil {
			t.Fatal(err)
		}
		upload := func(body io.Reader) error { return w.Upload(w.owner(), w.user, of.ID, of.FileID, body) }
		for name, body := range map[string]io.Reader{
			"cut off":      io.MultiReader(bytes.NewReader(sealed(500)), iotest.ErrReader(errCutOff)),
			"too large":    bytes.NewReader(sealed(1000 + 1<<20 + 1)),
			"in the clear": bytes.NewReader(make([]byte, 1000)),
			"empty":        bytes.NewReader(nil),
		} {
			if err := upload(body); err == nil {
				t.Errorf("%s: taken", name)
			}
			if files := w.stored(); len(files) != 0 {
				t.Errorf("%s: left %v", name, files)
			}
		}
		if list, err := w.List(w.owner(), w.user); err != nil || len(list) != 0 {
			t.Errorf("the list shows %v (%v)", list, err)
		}
		_, err = w.Grant(w.from(), send.Shown{AccessID: of.AccessID()})
		w.closed("a Send without its file", err, send.ErrNotThere)
		if events := orgtest.Events(t, d, string(w.user)); len(events) != 0 {
			t.Errorf("events %v of a Send that nobody has", events)
		}
		w.fine("upload", upload(bytes.NewReader(sealed(1000))))
		if files := w.stored(); len(files) != 1 {
			t.Errorf("there are %v", files)
		}
	})
}

// TestAFileIsTakenOnce also when two come at the same moment.
func TestAFileIsTakenOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		of, err := w.Announce(w.owner(), w.user, w.draft(ofFile(1000)))
		if err != nil {
			t.Fatal(err)
		}
		var taken atomic.Int32
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				if err := w.Upload(w.owner(), w.user, of.ID, of.FileID, bytes.NewReader(sealed(1000))); err == nil {
					taken.Add(1)
				}
			})
		}
		all.Wait()
		if files := w.stored(); taken.Load() != 1 || len(files) != 1 {
			t.Errorf("taken %d times, stored %v", taken.Load(), files)
		}
	})
}

// TestADeletedSendTakesItsUploadWithIt: the file that arrives after that is not kept.
func TestADeletedSendTakesItsUploadWithIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		of, err := w.Announce(w.owner(), w.user, w.draft(ofFile(1000)))
		if err != nil {
			t.Fatal(err)
		}
		last := make([]byte, 1)
		body := io.MultiReader(bytes.NewReader(sealed(999)), readerFunc(func(p []byte) (int, error) {
			if last == nil {
				return 0, io.EOF
			}
			w.fine("delete", w.Delete(w.owner(), w.user, of.ID))
			n := copy(p, last)
			last = nil
			return n, nil
		}))
		w.refused("upload", w.Upload(w.owner(), w.user, of.ID, of.FileID, body), fault.NotFound)
		if files := w.stored(); len(files) != 0 {
			t.Errorf("left %v", files)
		}
	})
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// TestDeletingASendRemovesItsFile after the commit.
func TestDeletingASendRemovesItsFile(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		of := w.file()
		w.fine("delete", w.Delete(w.owner(), w.user, of.ID))
		if n, err := w.Files.RemoveDoomed(t.Context()); err != nil || n != 1 || len(w.stored()) != 0 {
			t.Errorf("removed %d (%v), left %v", n, err, w.stored())
		}
	})
}

// TestADeletedAccountTakesItsFilesWithIt: the rows go by themselves, and say which files.
func TestADeletedAccountTakesItsFilesWithIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.file()
		dbtest.Exec(t, d, `DELETE FROM users WHERE id = $1`, w.user)
		if n, err := w.Files.RemoveDoomed(t.Context()); err != nil || n != 1 || len(w.stored()) != 0 {
			t.Errorf("removed %d (%v), left %v", n, err, w.stored())
		}
	})
}

// TestThereIsRoomForSoMuch: announced files count, and deleted ones do not.
func TestThereIsRoomForSoMuch(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		announce := func(mb int64) (send.Send, error) { return w.Announce(w.owner(), w.user, w.draft(ofFile(mb<<20))) }
		_, err := announce(11)
		orgtest.Refused(t, "more than one file may have", err, "at most 10.0 MB")
		_, err = announce(0)
		orgtest.Refused(t, "nothing", err, "at most 10.0 MB")
		first, err := announce(10)
		w.fine("the first", err)
		_, err = announce(10)
		w.fine("the second", err)
		_, err = announce(1)
		orgtest.Refused(t, "the third", err, "20.0 MB of 20.0 MB")
		w.fine("delete", w.Delete(w.owner(), w.user, first.ID))
		_, err = announce(1)
		w.fine("the third after that", err)
	})
}

// TestAFileIsTheOneThatWasAnnounced, by its id and about by its size.
func TestAFileIsTheOneThatWasAnnounced(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		announce := func(size int64) send.Send {
			of, err := w.Announce(w.owner(), w.user, w.draft(ofFile(size)))
			w.fine("announce", err)
			return of
		}
		of, other := announce(9<<20), announce(9<<20)
		upload := func(file id.SendFile, size int) error {
			return w.Upload(w.owner(), w.user, of.ID, file, bytes.NewReader(sealed(size)))
		}
		w.refused("the file of another Send", upload(other.FileID, 9<<20), fault.NotFound)
		orgtest.Refused(t, "one that is much smaller", upload(of.FileID, 8<<20-1), "9.0 MB were announced")
		w.Storage.Account = 18<<20 + 999
		orgtest.Refused(t, "a larger one than there is room for", upload(of.FileID, 9<<20+1000), "no room")
		w.fine("one that is a little larger", upload(of.FileID, 9<<20+999))
		if files := w.stored(); len(files) != 1 {
			t.Errorf("there are %v", files)
		}
	})
}

// TestATextTakesNoRoom whatever size a request says that it has: less than nothing would
// make room for files.
func TestATextTakesNoRoom(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, size := range []int64{1 << 40, -2 << 40} {
			w.text(func(d *send.Draft) { d.FileSize, d.FileName = size, enc() })
			_, err := w.Announce(w.owner(), w.user, w.draft(ofFile(10<<20)))
			w.fine("a file that there is room for", err)
		}
		_, err := w.Announce(w.owner(), w.user, w.draft(ofFile(1)))
		orgtest.Refused(t, "one more", err, "20.0 MB of 20.0 MB")
	})
}
