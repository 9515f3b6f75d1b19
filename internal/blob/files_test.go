package blob_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

func directory(t *testing.T, d *db.DB) *blob.Files {
	t.Helper()
	return &blob.Files{DB: d, Store: blob.NewDirectory(filepath.Join(t.TempDir(), "files")), Log: slog.New(slog.DiscardHandler)}
}

// encrypted is a body of n bytes as a client sends it.
func encrypted(n int64) io.Reader { return io.MultiReader(strings.NewReader("\x02"), noise(n-1)) }

func keep(t *testing.T, f *blob.Files) string {
	t.Helper()
	s, err := f.Keep(t.Context(), encrypted(100), 100)
	if err != nil {
		t.Fatal(err)
	}
	return s.Name
}

// later moves the clock of a database to when everything is old.
func later(d *db.DB) { d.Now = func() time.Time { return time.Now().Add(25 * time.Hour) } }

func TestKeepTakesWhatClientsEncrypt(t *testing.T) {
	away := fault.New(fault.Invalid, "gone away")
	for name, c := range map[string]struct {
		body  io.Reader
		limit int64
		kind  fault.Kind // Internal: it is kept
		size  int64
	}{
		"the smallest":          {body: encrypted(65), limit: 65, size: 65},
		"as large as the limit": {body: encrypted(1 << 20), limit: 1 << 20, size: 1 << 20},
		"one byte more":         {body: encrypted(1<<20 + 1), limit: 1 << 20, kind: fault.TooLarge},
		"far more":              {body: encrypted(30 << 20), limit: 1 << 20, kind: fault.TooLarge},
		"too short":             {body: encrypted(64), limit: 100, kind: fault.Invalid},
		"nothing":               {body: strings.NewReader(""), limit: 100, kind: fault.Invalid},
		"without a MAC":         {body: io.MultiReader(strings.NewReader("\x00"), noise(99)), limit: 100, kind: fault.Invalid},
		"in the clear":          {body: strings.NewReader(strings.Repeat("secret ", 20)), limit: 1000, kind: fault.Invalid},
		"cut off at once":       {body: cut{strings.NewReader(""), away}, limit: 100, kind: fault.Invalid},
		"cut off":               {body: cut{encrypted(70), away}, limit: 100, kind: fault.Invalid},
		"a broken connection":   {body: cut{encrypted(70), io.ErrUnexpectedEOF}, limit: 100, kind: fault.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			f := directory(t, dbtest.SQLite(t))
			s, err := f.Keep(t.Context(), c.body, c.limit)
			if c.kind != fault.Internal {
				if list := names(t, f.Store, time.Hour); fault.KindOf(err) != c.kind || len(list) != 0 || halves(t, f.Store) != 0 {
					t.Errorf("%v, left are %v and %d halves; want %v and nothing", err, list, halves(t, f.Store), c.kind)
				}
				return
			}
			if err != nil || s.Size != c.size {
				t.Fatalf("%v, size %d, want %d", err, s.Size, c.size)
			}
			holds(t, f.Store, s.Name, encrypted(c.size))
		})
	}
}

func TestDropWorksForAClientThatHasGone(t *testing.T) {
	f := directory(t, dbtest.SQLite(t))
	ctx, cancel := context.WithCancel(t.Context())
	s, err := f.Keep(ctx, encrypted(100), 100)
	cancel()
	if err = errors.Join(err, f.Drop(ctx, s)); err != nil {
		t.Fatal(err)
	}
	if list := names(t, f.Store, time.Hour); len(list) != 0 {
		t.Errorf("left are %v", list)
	}
}

// world has a file in each place that can name one, by what names it.
func world(t *testing.T, d *db.DB, f *blob.Files) (map[string]string, id.User, id.Org) {
	t.Helper()
	user, org := dbtest.Account(t, d, "fern@example.com"), dbtest.Org(t, d, nil)
	shared, own := dbtest.Cipher(t, d, org), id.New[id.Cipher]()
	dbtest.Row(t, d, "ciphers", dbtest.Columns{"owner_id": user, "id": own, "user_id": user, "type": 1, "data": "", "created_at": 1, "revised_at": 1})
	file := map[string]string{"own": keep(t, f), "shared": keep(t, f), "move": keep(t, f), "send": keep(t, f)}
	attachment := func(owner any, cipher id.Cipher, name string) {
		dbtest.Row(t, d, "attachments", dbtest.Columns{
			"owner_id": owner, "cipher_id": cipher, "id": name, "name": "-", "key": "-", "size": 100, "file": db.Null(file[name]), "created_at": 1,
		})
	}
	attachment(user, own, "own")
	attachment(user, own, "awaited")
	attachment(org, shared, "shared")
	dbtest.Row(t, d, "attachment_moves", dbtest.Columns{
		"owner_id": user, "cipher_id": own, "attachment_id": "own", "org_id": org, "name": "-", "key": "-", "size": 100, "file": file["move"], "created_at": 1,
	})
	dbtest.Row(t, d, "sends", dbtest.Columns{
		"user_id": user, "id": "send", "type": 1, "key": "-", "name": "-", "hidden": false, "file": file["send"], "auth_type": 2, "access_count": 0,
		"disabled": false, "hide_email": false, "created_at": 1, "revised_at": 1, "deletes_at": 1,
	})
	return file, user, org
}

func doomed(t *testing.T, d *db.DB) []string {
	t.Helper()
	list := []string{}
	err := d.View(t.Context(), func(tx *db.Tx) (err error) {
		list, err = db.All(t.Context(), tx, db.Value[string], `SELECT name FROM doomed_files ORDER BY name`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestWhateverLetsGoOfAFileDoomsIt(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		statement string
		lost      []string
	}{
		"an attachment":                  {`DELETE FROM attachments WHERE id = 'shared'`, []string{"shared"}},
		"one with a replacement":         {`DELETE FROM attachments WHERE id = 'own'`, []string{"own", "move"}},
		"one that never came":            {`DELETE FROM attachments WHERE id = 'awaited'`, nil},
		"another file in its place":      {`UPDATE attachments SET file = 'other' WHERE id = 'own'`, []string{"own"}},
		"the same file in its place":     {`UPDATE attachments SET file = file, name = 'new'`, nil},
		"no file in its place":           {`UPDATE attachments SET file = NULL WHERE id = 'own'`, []string{"own"}},
		"the file that was awaited":      {`UPDATE attachments SET file = 'new' WHERE id = 'awaited'`, nil},
		"a replacement":                  {`DELETE FROM attachment_moves`, []string{"move"}},
		"another replacement":            {`UPDATE attachment_moves SET file = 'other'`, []string{"move"}},
		"an item":                        {`DELETE FROM ciphers WHERE user_id IS NOT NULL`, []string{"own", "move"}},
		"a Send":                         {`DELETE FROM sends`, []string{"send"}},
		"a Send's other file":            {`UPDATE sends SET file = 'other'`, []string{"send"}},
		"an item with another owner":     {`UPDATE ciphers SET owner_id = org_id WHERE org_id IS NOT NULL`, nil},
		"an account and all that it has": {`DELETE FROM users`, []string{"own", "move", "send"}},
		"an organization":                {`DELETE FROM organizations`, []string{"shared", "move"}},
		"all at once":                    {`DELETE FROM attachments`, []string{"own", "move", "shared"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				f := directory(t, d)
				file, _, _ := world(t, d, f)
				dbtest.Exec(t, d, c.statement)
				want := []string{}
				for _, lost := range c.lost {
					want = append(want, file[lost])
					delete(file, lost)
				}
				slices.Sort(want)
				if diff := cmp.Diff(want, doomed(t, d)); diff != "" {
					t.Fatalf("doomed files (-want +got):\n%s", diff)
				}
				if n, err := f.RemoveDoomed(t.Context()); err != nil || n != len(want) {
					t.Fatalf("removed %d, %v; want %d", n, err, len(want))
				}
				if diff := cmp.Diff(slices.Sorted(maps.Values(file)), names(t, f.Store, time.Hour)); diff != "" {
					t.Errorf("files that are left (-want +got):\n%s", diff)
				}
				if left := doomed(t, d); len(left) != 0 {
					t.Errorf("still doomed: %v", left)
				}
			})
		})
	}
}

// A replacement takes an old file's place: the file moves from one row to another, of
// which the first lets go.
func TestAFileThatMovedToAnotherRowStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := directory(t, d)
		file, _, _ := world(t, d, f)
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), `UPDATE attachments SET file = $1 WHERE id = 'own'`, file["move"])
			if err == nil {
				_, err = tx.Exec(t.Context(), `DELETE FROM attachment_moves`)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := f.RemoveDoomed(t.Context()); err != nil || n != 1 {
			t.Fatalf("removed %d, %v; want the old file", n, err)
		}
		holds(t, f.Store, file["move"], encrypted(100))
		dbtest.Exec(t, d, `DELETE FROM users`)
		if _, err := f.RemoveDoomed(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{file["shared"]}, names(t, f.Store, time.Hour)); diff != "" {
			t.Errorf("after the account (-want +got):\n%s", diff)
		}
	})
}

// TestAFileThatARowNamesIsNotRemoved whatever doomed it.
func TestAFileThatARowNamesIsNotRemoved(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := directory(t, d)
		file, _, _ := world(t, d, f)
		for _, name := range file {
			dbtest.Row(t, d, "doomed_files", dbtest.Columns{"name": name})
		}
		if n, err := f.RemoveDoomed(t.Context()); err != nil || n != 0 {
			t.Errorf("removed %d, %v", n, err)
		}
		if diff := cmp.Diff(slices.Sorted(maps.Values(file)), names(t, f.Store, time.Hour)); diff != "" {
			t.Errorf("files that are left (-want +got):\n%s", diff)
		}
	})
}

// stubborn refuses to delete for a while, as a store that does not answer.
type stubborn struct {
	blob.Store
	refusals atomic.Int64
}

func (s *stubborn) Delete(ctx context.Context, names ...string) error {
	if s.refusals.Add(-1) >= 0 {
		return fault.New(fault.Unavailable, "The store does not answer.")
	}
	return s.Store.Delete(ctx, names...)
}

func TestANameStaysUntilItsFileIsGone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := directory(t, d)
		world(t, d, f)
		s := &stubborn{Store: f.Store}
		s.refusals.Store(1)
		f.Store = s
		dbtest.Exec(t, d, `DELETE FROM users`)
		if n, err := f.RemoveDoomed(t.Context()); fault.KindOf(err) != fault.Unavailable || n != 0 || len(doomed(t, d)) != 3 {
			t.Errorf("%d removed, %v, %d doomed; want the failure and 3 that stay doomed", n, err, len(doomed(t, d)))
		}
		if n, err := f.RemoveDoomed(t.Context()); err != nil || n != 3 || len(doomed(t, d)) != 0 {
			t.Errorf("the second time: %d removed, %v, %d doomed", n, err, len(doomed(t, d)))
		}
	})
}

func TestManyDoomedFilesGoInPortions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := directory(t, d)
		rows := make([][]any, 250)
		for i := range rows {
			rows[i] = []any{blob.NewName()}
		}
		err := d.Update(t.Context(), func(tx *db.Tx) error { return db.Insert(t.Context(), tx, `INSERT INTO doomed_files (name)`, rows...) })
		if err != nil {
			t.Fatal(err)
		}
		var count atomic.Int64
		if n, err := f.RemoveDoomed(db.CountStatements(t.Context(), &count)); err != nil || n != 250 || len(doomed(t, d)) != 0 {
			t.Errorf("%d removed, %v, %d left; want 250 and none", n, err, len(doomed(t, d)))
		}
		if count.Load() != 7 { // three portions of a look and a removal, and a last look
			t.Errorf("%d statements, want 7", count.Load())
		}
	})
}

func TestSeveralNodesRemoveTogether(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := directory(t, d)
		file, _, _ := world(t, d, f)
		dbtest.Exec(t, d, `DELETE FROM users`)
		failed := make(chan error, 4)
		for range 4 {
			go func() { _, err := f.RemoveDoomed(t.Context()); failed <- err }()
		}
		for range 4 {
			if err := <-failed; err != nil {
				t.Error(err)
			}
		}
		if diff := cmp.Diff([]string{file["shared"]}, names(t, f.Store, time.Hour)); diff != "" || len(doomed(t, d)) != 0 {
			t.Errorf("%d doomed, files (-want +got):\n%s", len(doomed(t, d)), diff)
		}
	})
}

func TestAnActThatSaysSoWakesTheWorker(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := directory(t, d)
		world(t, d, f)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- f.Run(ctx) }()
		defer func() {
			stop()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}()
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			blob.Doomed(tx)
			_, err := tx.Exec(t.Context(), `DELETE FROM sends`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		soon := time.NewTicker(20 * time.Millisecond)
		defer soon.Stop()
		for tries := 0; len(names(t, f.Store, time.Hour)) != 3; tries++ {
			if tries > 500 { // a third of the time that the timer takes
				t.Fatal("the file is still there")
			}
			<-soon.C
		}
	})
}

func TestTheSweepRemovesWhatNoRowKnows(t *testing.T) {
	t.Parallel()
	eachStore(t, func(t *testing.T, s blob.Store) {
		dbtest.Each(t, func(t *testing.T, d *db.DB) {
			f := &blob.Files{DB: d, Store: s, Log: slog.New(slog.DiscardHandler)}
			file, _, _ := world(t, d, f)
			dbtest.Exec(t, d, `DELETE FROM sends`) // the worker's, not the sweep's
			lost := keep(t, f)
			if err := blob.LeaveHalf(t.Context(), s, noise(100)); err != nil {
				t.Fatal(err)
			}
			if n, err := f.Sweep(t.Context()); err != nil || n != 0 || halves(t, s) != 1 {
				t.Errorf("of today: %d removed, %v, %d halves; want none, and 1", n, err, halves(t, s))
			}
			holds(t, s, lost, encrypted(100))
			later(d)
			if n, err := f.Sweep(t.Context()); err != nil || n != 1 || halves(t, s) != 0 {
				t.Errorf("of yesterday: %d removed, %v, %d halves; want 1, and none", n, err, halves(t, s))
			}
			want := slices.Sorted(maps.Values(file))
			if diff := cmp.Diff(want, names(t, s, time.Hour)); diff != "" {
				t.Errorf("files that are left (-want +got):\n%s", diff)
			}
			if err := s.Delete(t.Context(), want...); err != nil { // the other database has the same store
				t.Fatal(err)
			}
		})
	})
}

func TestTheSweepComparesInPortions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := directory(t, d)
		for range 1100 {
			if err := blob.PutForeign(t.Context(), f.Store, blob.NewName(), bytes.NewReader(nil)); err != nil {
				t.Fatal(err)
			}
		}
		later(d)
		var count atomic.Int64
		if n, err := f.Sweep(db.CountStatements(t.Context(), &count)); err != nil || n != 1100 || count.Load() != 3 {
			t.Errorf("%d removed, %v, %d statements; want 1100 by 3", n, err, count.Load())
		}
	})
}

func FuzzForeignNamesAreNotOurs(f *testing.F) {
	for _, seed := range []string{"", "a", "ab", "ab/", "incoming/x", "ab/ab", blob.NewName(), strings.ToUpper(blob.NewName()), "../" + blob.NewName()} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if !blob.Ours(name) {
			return
		}
		folder, file, _ := strings.Cut(name, "/")
		if len(name) != 39 || folder != file[:2] || !filepath.IsLocal(name) || strings.ToLower(name) != name {
			t.Errorf("%q passes for a name of ours", name)
		}
	})
}

// A second server on the same store, by a slip in its settings, knows none of the files.
func TestTheSweepLeavesAnotherServersStoreAlone(t *testing.T) {
	eachStore(t, func(t *testing.T, s blob.Store) {
		ours := &blob.Files{DB: dbtest.SQLite(t), Store: s, Owner: "ours", Log: slog.New(slog.DiscardHandler)}
		if _, err := ours.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		name := keep(t, ours)
		later(ours.DB)
		theirs := &blob.Files{DB: ours.DB, Store: s, Owner: "theirs", Log: ours.Log}
		if n, err := theirs.Sweep(t.Context()); n != 0 || fault.KindOf(err) != fault.Conflict {
			t.Errorf("the other server removed %d files, %v", n, err)
		}
		holds(t, s, name, encrypted(100))
		if n, err := ours.Sweep(t.Context()); n != 1 || err != nil {
			t.Errorf("our own removed %d files, %v; want the one that nobody names", n, err)
		}
	})
}
