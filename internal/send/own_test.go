package send_test

import (
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/orgtest"
	"github.com/kastellan/kastellan/internal/send"
)

// TestWhatAnEditDoesToTheProtection is the table of what clients ask for and what comes of
// it. "old" and "new" are passwords, "a" and "b" addresses.
func TestWhatAnEditDoesToTheProtection(t *testing.T) {
	older := func(d *send.Draft) { d.Auth = nil }
	both := func(d *send.Draft) { d.Password, d.Emails = "new", "b@example.com" }
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.withMail()
		for _, c := range []struct {
			name        string
			have, asked []change
			want        string // auth type and the password or address that opens; or "refused"
		}{
			{"a password, asked for again without one", []change{password("old")}, []change{with(send.ByPassword)}, "old"},
			{"a password, asked for again with another", []change{password("old")}, []change{password("new")}, "old"},
			{"a password, nothing said by an older app", []change{password("old")}, []change{older}, "old"},
			{"a password, another from an older app", []change{password("old")}, []change{password("new"), older}, "new"},
			{"a password, addresses", []change{password("old")}, []change{emails("b@example.com")}, "b@example.com"},
			{"a password, addresses from an older app", []change{password("old")}, []change{emails("b@example.com"), older}, "b@example.com"},
			{"a password, taken away", []change{password("old")}, []change{with(send.ByLink)}, "open"},
			{"addresses, others", []change{emails("a@example.com")}, []change{emails("b@example.com")}, "b@example.com"},
			{"addresses, none", []change{emails("a@example.com")}, []change{with(send.ByEmail)}, "refused"},
			{"addresses, nothing said by an older app", []change{emails("a@example.com")}, []change{older}, "a@example.com"},
			{"addresses, a password", []change{emails("a@example.com")}, []change{password("new")}, "new"},
			{"addresses, a password without one", []change{emails("a@example.com")}, []change{with(send.ByPassword)}, "refused"},
			{"addresses, taken away", []change{emails("a@example.com")}, []change{with(send.ByLink)}, "open"},
			{"nothing, a password", nil, []change{password("new")}, "new"},
			{"nothing, both from an older app", nil, []change{both, older}, "b@example.com"},
			{"nothing, nothing said by an older app", nil, []change{older}, "open"},
			{"nothing, what is not known", nil, []change{with(3)}, "refused"},
		} {
			t.Run(c.name, func(t *testing.T) {
				w.t = t
				of := w.text(c.have...)
				got, err := w.Update(w.owner(), w.user, of.ID, w.draft(c.asked...))
				if c.want == "refused" {
					w.refused("update", err, fault.Invalid)
					return
				}
				w.fine("update", err)
				w.opensBy(got, c.want)
			})
		}
	})
}

// opensBy checks that a Send opens by one thing alone.
func (w *world) opensBy(of send.Send, want string) {
	w.t.Helper()
	shown := send.Shown{AccessID: of.AccessID()}
	_, err := w.Grant(w.from(), shown)
	switch {
	case want == "open":
		w.fine("nothing shown", err)
	case strings.Contains(want, "@"):
		w.closed("nothing shown", err, send.ErrNeedsEmail)
		if len(of.Emails) != 1 || of.Emails[0] != want || of.Password != "" {
			w.t.Errorf("it is for %q, with a password: %v", of.Emails, of.Password != "")
		}
	default:
		w.closed("nothing shown", err, send.ErrNeedsPassword)
		for _, p := range []string{"old", "new"} {
			shown.Password = p
			if _, err := w.Grant(w.from(), shown); (err == nil) != (p == want) {
				w.t.Errorf("the password %s: %v", p, err)
			}
		}
		if len(of.Emails) > 0 {
			w.t.Errorf("it is for %q besides", of.Emails)
		}
	}
}

func TestRemovingTheProtection(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.withMail()
		byPassword, byEmail := w.text(password("p")), w.text(emails("a@example.com"))
		got, err := w.RemovePassword(w.owner(), w.user, byPassword.ID)
		w.fine("remove the password", err)
		w.opensBy(got, "open")
		got, err = w.RemovePassword(w.owner(), w.user, byEmail.ID)
		w.fine("remove the password where there is none", err)
		w.opensBy(got, "a@example.com")
		got, err = w.RemoveAuth(w.owner(), w.user, byEmail.ID)
		w.fine("remove all", err)
		w.opensBy(got, "open")
	})
}

func TestWhatIsRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		file := func(d *send.Draft) { d.Type, d.FileName = send.File, enc() }
		for _, c := range []struct {
			name string
			with change
			says string
		}{
			{"a text in the clear", func(d *send.Draft) { d.Text = "hello" }, "encrypted"},
			{"no text", func(d *send.Draft) { d.Text = "" }, "encrypted"},
			{"a text without authentication", func(d *send.Draft) { d.Text = "0." + b64(16) + "|" + b64(32) }, "encrypted"},
			{"a long text", func(d *send.Draft) { d.Text = "2." + b64(16) + "|" + b64(16*300) + "|" + b64(32) }, "too long"},
			{"a name in the clear", func(d *send.Draft) { d.Name = "hello" }, "name"},
			{"notes in the clear", func(d *send.Draft) { d.Notes = "hello" }, "notes"},
			{"a key in the clear", func(d *send.Draft) { d.Key = b64(16) }, "key"},
			{"no key", func(d *send.Draft) { d.Key = "" }, "key"},
			{"a third type", func(d *send.Draft) { d.Type = 2 }, "texts and of files"},
			{"a file that is not announced", file, "announce"},
			{"no access allowed", most(-1), "at least 1"},
			{"no deletion date", func(d *send.Draft) { d.DeletesAt = time.Time{} }, "date"},
			{"deletion in the past", w.until(-time.Hour), "future"},
			{"deletion in a moment", w.until(30 * time.Second), "future"},
			{"deletion in 32 days", w.until(32 * 24 * time.Hour), "31 days"},
			{"expiration in the past", w.expiring(-time.Hour), "future"},
			{"expiration after the deletion", w.expiring(25 * time.Hour), "after"},
			{"a password that is missing", with(send.ByPassword), "password"},
			{"a password and open to all", func(d *send.Draft) { d.Auth, d.Password = new(send.ByLink), "p" }, "protects"},
			{"a password without end", password(strings.Repeat("x", 301)), "password"},
			{"addresses, without mail", emails("a@example.com"), "does not send mail"},
		} {
			t.Run(c.name, func(t *testing.T) {
				_, err := w.Create(w.owner(), w.user, w.draft(c.with))
				orgtest.Refused(t, "create", err, c.says)
				if c.name == "a password that is missing" || c.name == "a password and open to all" || c.name == "a file that is not announced" {
					return // an edit has rules of its own for the first two
				}
				_, err = w.Update(w.owner(), w.user, w.text().ID, w.draft(c.with))
				orgtest.Refused(t, "update", err, c.says)
			})
		}
		w.withMail()
		for _, list := range []string{"", " , ", "ann", "Ann <ann@example.com>", "ann@example.com\r\nBcc: eve@example.com", strings.Repeat("x@example.com,", 1) + "no"} {
			if _, err := w.Create(w.owner(), w.user, w.draft(emails(list))); !fault.Is(err, fault.Invalid) {
				t.Errorf("the addresses %q: %v", list, err)
			}
		}
		many := make([]string, 301)
		for i := range many {
			many[i] = strings.Repeat("a", i+1) + "@example.com"
		}
		_, err := w.Create(w.owner(), w.user, w.draft(emails(strings.Join(many[:60], ","))))
		w.fine("60 addresses", err)
		if got := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE type = 2500 AND send_id IS NULL`); got != 0 {
			t.Errorf("%d events name no Send", got)
		}
	})
}

// TestAnExpiredSendCanBeChanged, though not to another date in the past.
func TestAnExpiredSendCanBeChanged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		of := w.text(w.expiring(time.Hour))
		expired := of.ExpiresAt
		w.wait(2 * time.Hour)
		same := func(d *send.Draft) { d.ExpiresAt = expired }
		_, err := w.Update(w.owner(), w.user, of.ID, w.draft(same, disabled))
		w.fine("disable it", err)
		_, err = w.Update(w.owner(), w.user, of.ID, w.draft(w.expiring(-time.Minute)))
		w.refused("another date in the past", err, fault.Invalid)
		got, err := w.Update(w.owner(), w.user, of.ID, w.draft(w.expiring(time.Hour)))
		w.fine("a date in the future", err)
		w.opensBy(got, "open")
	})
}

// TestTypeAndFileStay whatever an edit says.
func TestTypeAndFileStay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		of := w.file()
		_, err := w.Update(w.owner(), w.user, of.ID, w.draft())
		w.refused("a text instead of the file", err, fault.Invalid)
		got, err := w.Update(w.owner(), w.user, of.ID, w.draft(ofFile(5), func(d *send.Draft) { d.Text = enc() }))
		if err != nil || got.FileID != of.FileID || got.FileName != of.FileName || got.FileSize != of.FileSize || got.Text != "" {
			t.Errorf("an edit made %+v of %+v (%v)", got, of, err)
		}
		at, err := w.FindFile(w.from(), w.enter(of, send.Shown{}), of.FileID)
		w.fine("find the file", err)
		if body, err := w.fetch(at.URL); err != nil || len(body) != 1000 {
			t.Errorf("the file has %d bytes (%v)", len(body), err)
		}
	})
}

// TestAForeignSendIsAbsent, whatever one wants of it.
func TestAForeignSendIsAbsent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		of, eve := w.file(), dbtest.Account(t, d, "eve@example.com")
		ctx := orgtest.As(t, eve)
		_, err := w.Find(ctx, eve, of.ID)
		orgtest.Absent(t, "find", err)
		_, err = w.Update(ctx, eve, of.ID, w.draft(ofFile(5)))
		orgtest.Absent(t, "update", err)
		_, err = w.RemovePassword(ctx, eve, of.ID)
		orgtest.Absent(t, "remove the password", err)
		_, err = w.RemoveAuth(ctx, eve, of.ID)
		orgtest.Absent(t, "remove the protection", err)
		_, err = w.FindAwaited(ctx, eve, of.ID, of.FileID)
		orgtest.Absent(t, "renew the upload", err)
		orgtest.Absent(t, "upload", w.Upload(ctx, eve, of.ID, of.FileID, strings.NewReader("")))
		orgtest.Absent(t, "delete", w.Delete(ctx, eve, of.ID))
		orgtest.Absent(t, "delete what never was", w.Delete(ctx, eve, id.New[id.Send]()))
		if list, err := w.List(ctx, eve); err != nil || len(list) != 0 {
			t.Errorf("eve has %v (%v)", list, err)
		}
		if list, err := w.List(w.owner(), w.user); err != nil || len(list) != 1 || list[0].Stored == "" {
			t.Errorf("the owner has %v (%v)", list, err)
		}
	})
}
