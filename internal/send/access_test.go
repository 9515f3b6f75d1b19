package send_test

import (
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/send"
)

// TestAccessIDIsThatOfOfficialApps has the value that the official SDK publishes.
func TestAccessIDIsThatOfOfficialApps(t *testing.T) {
	const one, text = "3d80dd72-2d14-4f26-812c-b0f0018aa144", "ct2APRQtJk-BLLDwAYqhRA"
	if got := (send.Send{ID: one}).AccessID(); got != text {
		t.Errorf("access id of %s is %s, want %s", one, got, text)
	}
	for _, c := range []struct {
		text string
		want id.Send
		ok   bool
	}{
		{text, one, true}, {text + "==", one, true}, {"", "", false}, {text[1:], "", false}, {text + "AA", "", false}, {"..%2f", "", false},
		{one, "", false}, {text[:21] + "B", "", false}, // bits that mean nothing would give a Send two names
	} {
		if got, ok := send.ParseAccessID(c.text); got != c.want || ok != c.ok {
			t.Errorf("ParseAccessID(%q) = %q, %v, want %q, %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

// TestWhatIsNotThereIsAbsentByEveryWay: nobody can tell why.
func TestWhatIsNotThereIsAbsentByEveryWay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for name, end := range map[string]func(of send.Send){
			"deleted":  func(of send.Send) { w.fine("delete", w.Delete(w.owner(), w.user, of.ID)) },
			"disabled": func(of send.Send) { dbtest.Exec(t, d, `UPDATE sends SET disabled = TRUE WHERE id = $1`, of.ID) },
			"expired": func(of send.Send) {
				dbtest.Exec(t, d, `UPDATE sends SET expires_at = $2 WHERE id = $1`, of.ID, w.now())
			},
			"past its deletion date": func(of send.Send) {
				dbtest.Exec(t, d, `UPDATE sends SET deletes_at = $2 WHERE id = $1`, of.ID, w.now())
			},
			"opened often enough": func(of send.Send) {
				dbtest.Exec(t, d, `UPDATE sends SET max_access_count = 1, access_count = 1 WHERE id = $1`, of.ID)
			},
			"of an account that is gone": func(of send.Send) { dbtest.Exec(t, d, `DELETE FROM users WHERE id = $1`, of.User) },
		} {
			t.Run(name, func(t *testing.T) {
				w.t, w.user = t, dbtest.Account(t, d, string(id.New[id.User]())+"@example.com")
				text, file := w.text(), w.file()
				inText, inFile := w.enter(text, send.Shown{}), w.enter(file, send.Shown{})
				at, err := w.FindFile(w.from(), inFile, file.FileID)
				w.fine("address of the file", err)
				end(text)
				if name != "of an account that is gone" {
					end(file)
				}
				_, err = w.Grant(w.from(), send.Shown{AccessID: text.AccessID()})
				w.closed("ask to be let in", err, send.ErrNotThere)
				_, err = w.Open(w.from(), inText)
				w.refused("open", err, fault.NotFound)
				_, err = w.OpenOld(w.from(), text.AccessID(), "")
				w.refused("open as older apps do", err, fault.NotFound)
				_, err = w.Open(w.from(), inFile)
				w.refused("look at the file", err, fault.NotFound)
				_, err = w.FindFile(w.from(), inFile, file.FileID)
				w.refused("find the file", err, fault.NotFound)
				_, err = w.FindFileOld(w.from(), file.AccessID(), "", file.FileID)
				w.refused("find the file as older apps do", err, fault.NotFound)
				_, err = w.fetch(at.URL)
				if name == "expired" || name == "opened often enough" {
					w.fine("a download that was begun in time", err)
				} else {
					w.refused("fetch the file", err, fault.NotFound)
				}
			})
		}
	})
}

// TestAPassIsGoodForItsSendAndAWhileAlone also when both Sends are of one account.
func TestAPassIsGoodForItsSendAndAWhileAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		a, b := w.file(), w.file(password("p"))
		inA, inB := w.enter(a, send.Shown{}), w.enter(b, send.Shown{Password: "p"})
		_, err := w.FindFile(w.from(), inA, b.FileID)
		w.refused("the file of another Send", err, fault.NotFound)
		if got, err := w.Open(w.from(), inA); err != nil || got.ID != a.ID {
			t.Errorf("the pass of %s opened %s (%v)", a.ID, got.ID, err)
		}
		at, err := w.FindFile(w.from(), inB, b.FileID)
		w.fine("the file of its own", err)
		_, err = w.Open(w.from(), at.URL[len("https://vault.example.test/api/sends/file?token="):])
		w.refused("the address of a file as a pass", err, fault.Unauthenticated)
		_, _, err = w.OpenFile(w.from(), inB)
		w.refused("a pass as the address of a file", err, fault.NotFound)
		w.wait(2*time.Minute + 10*time.Second)
		_, err = w.fetch(at.URL)
		w.refused("an address of two minutes ago", err, fault.NotFound)
		w.wait(3 * time.Minute)
		_, err = w.Open(w.from(), inB)
		w.refused("a pass of five minutes ago", err, fault.Unauthenticated)
		_, err = w.Open(w.from(), "")
		w.refused("no pass", err, fault.Unauthenticated)
	})
}

// TestChangingTheProtectionEndsPasses: whoever was let in before is not let in now.
func TestChangingTheProtectionEndsPasses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.withMail()
		for _, c := range []struct {
			name          string
			before, after []change
			ends          bool
		}{
			{"a password is set", nil, []change{password("p")}, true},
			{"the same password is kept", []change{password("p")}, []change{password("q")}, false},
			{"another password is set by an older app", []change{password("p")}, []change{password("q"), func(d *send.Draft) { d.Auth = nil }}, true},
			{"the same password is set again by an older app", []change{password("p")}, []change{password("p"), func(d *send.Draft) { d.Auth = nil }}, true},
			{"from a password to addresses", []change{password("p")}, []change{emails("a@example.com")}, true},
			{"nothing about it", nil, []change{most(5)}, false},
		} {
			t.Run(c.name, func(t *testing.T) {
				w.t = t
				of := w.text(c.before...)
				pass := w.enter(of, send.Shown{Password: "p"})
				_, err := w.Update(w.owner(), w.user, of.ID, w.draft(c.after...))
				w.fine("update", err)
				_, err = w.Open(w.from(), pass)
				if c.ends {
					w.refused("open with the pass of before", err, fault.NotFound)
				} else {
					w.fine("open with the pass of before", err)
				}
			})
		}
	})
}

// TestChangingTheProtectionEndsAddresses of files too: they open more than passes do.
func TestChangingTheProtectionEndsAddresses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		of := w.file()
		pass := w.enter(of, send.Shown{})
		at, err := w.FindFile(w.from(), pass, of.FileID)
		w.fine("find the file", err)
		_, err = w.Update(w.owner(), w.user, of.ID, w.draft(ofFile(1000)))
		w.fine("change something else", err)
		_, err = w.fetch(at.URL)
		w.fine("fetch the file", err)
		_, err = w.Update(w.owner(), w.user, of.ID, w.draft(ofFile(1000), password("p")))
		w.fine("set a password", err)
		_, err = w.fetch(at.URL)
		w.refused("fetch the file without the password", err, fault.NotFound)
		_, err = w.Open(w.from(), pass)
		w.refused("look at the file with the pass of before", err, fault.NotFound)
		_, err = w.FindFile(w.from(), pass, of.FileID)
		w.refused("find the file with it", err, fault.NotFound)
	})
}

// TestOlderAppsKnowNoCodes: what asks for one is absent to them.
func TestOlderAppsKnowNoCodes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.withMail()
		byEmail, byPassword := w.text(emails("a@example.com")), w.text(password("p"), hidingMe)
		_, err := w.OpenOld(w.from(), byEmail.AccessID(), "p")
		w.refused("a Send that asks for a code", err, fault.NotFound)
		_, err = w.OpenOld(w.from(), byPassword.AccessID(), "")
		w.refused("no password", err, fault.Unauthenticated)
		_, err = w.OpenOld(w.from(), byPassword.AccessID(), "q")
		w.refused("a wrong password", err, fault.Invalid)
		got, err := w.OpenOld(w.from(), byPassword.AccessID(), "p")
		if err != nil || got.Text != byPassword.Text || got.Creator() != "" {
			t.Errorf("got %q by %q (%v)", got.Text, got.Creator(), err)
		}
		if got, err := w.OpenOld(w.from(), w.text().AccessID(), ""); err != nil || got.Creator() != sender {
			t.Errorf("the sender is %q (%v), want %q", got.Creator(), err, sender)
		}
	})
}
