package send_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/send"
)

// guesses tries wrong secrets until it is limited, and gives after how many.
func guesses(t *testing.T, guess func() error) int {
	t.Helper()
	for n := range 200 {
		if err := guess(); ratelimit.Limited(err) {
			return n
		}
	}
	t.Error("200 wrong secrets and no end")
	return 200
}

func TestPasswordsAreNotGuessed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for name, way := range map[string]func(context.Context, send.Send) error{
			"today": func(ctx context.Context, of send.Send) error {
				_, err := w.Grant(ctx, send.Shown{AccessID: of.AccessID(), Password: "wrong"})
				return err
			},
			"older apps": func(ctx context.Context, of send.Send) error {
				_, err := w.OpenOld(ctx, of.AccessID(), "wrong")
				return err
			},
			"older apps, a file": func(ctx context.Context, of send.Send) error {
				_, err := w.FindFileOld(ctx, of.AccessID(), "wrong", of.FileID)
				return err
			},
		} {
			t.Run(name, func(t *testing.T) {
				w.t = t
				of, other := w.file(password("p")), w.text(password("p"))
				home := w.from()
				if n := guesses(t, func() error { return way(home, of) }); n != 10 {
					t.Errorf("one address had %d guesses, want 10", n)
				}
				if _, err := w.Grant(w.from(), send.Shown{AccessID: of.AccessID(), Password: "p"}); err != nil {
					t.Errorf("somebody else with the right password: %v", err)
				}
				if _, err := w.Grant(home, send.Shown{AccessID: other.AccessID(), Password: "p"}); err != nil {
					t.Errorf("the right password of another Send: %v", err)
				}
				if n := guesses(t, func() error { return way(w.from(), of) }); n != 40 {
					t.Errorf("all addresses together had 10 and %d guesses, want 50", n)
				}
				if _, err := w.Grant(w.from(), send.Shown{AccessID: of.AccessID(), Password: "p"}); !ratelimit.Limited(err) {
					t.Errorf("the right password while there are no tries left: %v", err)
				}
			})
		}
	})
}

func TestACodeOpensOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.withMail()
		of := w.text(emails(" Ann@Example.com, ben@example.com,,ann@example.com"))
		if strings.Join(of.Emails, " ") != "ann@example.com ben@example.com" {
			t.Errorf("the addresses became %q", of.Emails)
		}
		ask := func(email, code string) error {
			_, err := w.Grant(w.from(), send.Shown{AccessID: of.AccessID(), Email: email, Code: code})
			return err
		}
		w.closed("nothing shown", ask("", ""), send.ErrNeedsEmail)
		for _, odd := range []string{"\x00", "ann", strings.Repeat("a", 1000) + "@example.com"} {
			w.closed("what is no address", ask(odd, ""), send.ErrNeedsCode)
			w.closed("what is no address, with a code", ask(odd, "123456"), send.ErrNeedsCode)
		}
		w.closed("an address", ask("ANN@example.com", ""), send.ErrNeedsCode)
		code := w.code("ann@example.com")
		w.closed("the code of somebody else", ask("ben@example.com", code), send.ErrNeedsCode)
		w.fine("the code", ask("ann@example.com", code))
		w.closed("the code once more", ask("ann@example.com", code), send.ErrNeedsCode)

		w.closed("an address", ask("ann@example.com", ""), send.ErrNeedsCode)
		late := w.code("ann@example.com")
		w.wait(5 * time.Minute)
		w.closed("a code of five minutes ago", ask("ann@example.com", late), send.ErrNeedsCode)

		w.closed("an address", ask("ann@example.com", ""), send.ErrNeedsCode)
		tried := w.code("ann@example.com")
		for range 5 {
			w.closed("a wrong code", ask("ann@example.com", "x"+tried), send.ErrNeedsCode)
		}
		w.closed("the right code after five wrong ones", ask("ann@example.com", tried), send.ErrNeedsCode)
	})
}

// TestACodeDoesNotOutliveTheList: taking an address off the list ends its code.
func TestACodeDoesNotOutliveTheList(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.withMail()
		of := w.text(emails("ann@example.com,ben@example.com"))
		_, err := w.Grant(w.from(), send.Shown{AccessID: of.AccessID(), Email: "ann@example.com"})
		w.closed("an address", err, send.ErrNeedsCode)
		code := w.code("ann@example.com")
		_, err = w.Update(w.owner(), w.user, of.ID, w.draft(emails("ben@example.com")))
		w.fine("update", err)
		_, err = w.Grant(w.from(), send.Shown{AccessID: of.AccessID(), Email: "ann@example.com", Code: code})
		w.closed("the code of an address that is not on the list any more", err, send.ErrNeedsCode)

		_, err = w.Grant(w.from(), send.Shown{AccessID: of.AccessID(), Email: "ben@example.com"})
		w.closed("an address", err, send.ErrNeedsCode)
		code = w.code("ben@example.com")
		dbtest.Exec(t, d, `UPDATE sends SET emails = 'ann@example.com' WHERE id = $1`, of.ID)
		_, err = w.Grant(w.from(), send.Shown{AccessID: of.AccessID(), Email: "ben@example.com", Code: code})
		w.closed("a code that was left there", err, send.ErrNeedsCode)
	})
}

// TestNobodyLearnsForWhomASendIs: a foreign address gets the answers of the others, and no mail.
func TestNobodyLearnsForWhomASendIs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.withMail()
		of := w.text(emails("ann@example.com"))
		answers := func(email string) []string {
			var out []string
			home := w.from()
			for range 5 {
				_, err := w.Grant(home, send.Shown{AccessID: of.AccessID(), Email: email})
				out = append(out, err.Error())
			}
			for range 12 {
				_, err := w.Grant(home, send.Shown{AccessID: of.AccessID(), Email: email, Code: "000000"})
				out = append(out, err.Error())
			}
			return out
		}
		foreign, listed := answers("eve@example.com"), answers("ann@example.com")
		if strings.Join(foreign, "\n") != strings.Join(listed, "\n") {
			t.Errorf("a foreign address heard\n%q\nand one of the list\n%q", foreign, listed)
		}
		for range 3 {
			w.code("ann@example.com") // the limit; a mail to eve would come first
		}
	})
}

func TestCodesAreNotGuessed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.withMail()
		of := w.text(emails("ann@example.com"))
		n := guesses(t, func() error {
			_, err := w.Grant(w.from(), send.Shown{AccessID: of.AccessID(), Email: "ann@example.com", Code: "000000"})
			return err
		})
		if n != 10 {
			t.Errorf("%d guesses from as many addresses, want 10", n)
		}
		mails := guesses(t, func() error {
			_, err := w.Grant(w.from(), send.Shown{AccessID: of.AccessID(), Email: "ann@example.com"})
			return err
		})
		if mails != 3 {
			t.Errorf("%d mails at once, want 3", mails)
		}
	})
}

// TestLinksAreNotGuessed by asking without end, whichever way.
func TestLinksAreNotGuessed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		const nothing = "AAAAAAAAAAAAAAAAAAAAAA"
		for name, way := range map[string]func(context.Context) error{
			"ask to be let in":    func(ctx context.Context) error { _, err := w.Grant(ctx, send.Shown{AccessID: nothing}); return err },
			"open":                func(ctx context.Context) error { _, err := w.Open(ctx, "x"); return err },
			"open as older apps":  func(ctx context.Context) error { _, err := w.OpenOld(ctx, nothing, ""); return err },
			"find a file":         func(ctx context.Context) error { _, err := w.FindFile(ctx, "x", ""); return err },
			"find one like these": func(ctx context.Context) error { _, err := w.FindFileOld(ctx, nothing, "", ""); return err },
		} {
			home := w.from()
			if n := guesses(t, func() error { return way(home) }); n != 120 {
				t.Errorf("%s: %d times at once, want 120", name, n)
			}
		}
	})
}

// TestNobodyFillsAMailbox by making many Sends for one address.
func TestNobodyFillsAMailbox(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.withMail()
		for _, email := range []string{"ann@example.com", "eve@example.com"} { // of whom one is on no list
			if n := guesses(t, func() error {
				_, err := w.Grant(w.from(), send.Shown{AccessID: w.text(emails("ann@example.com")).AccessID(), Email: email})
				return err
			}); n != 20 {
				t.Errorf("%d mails to %s at once, want 20", n, email)
			}
		}
	})
}

// TestTheMailSaysWhoAndWhere, and nobody's name when that is hidden.
func TestTheMailSaysWhoAndWhere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.withMail()
		for name, hides := range map[string]bool{"shown": false, "hidden": true} {
			of := w.text(emails("ann@example.com"), func(d *send.Draft) { d.HideEmail = hides })
			_, err := w.Grant(w.from(), send.Shown{AccessID: of.AccessID(), Email: "ann@example.com"})
			w.closed("an address", err, send.ErrNeedsCode)
			m := <-w.mails
			text := strings.ReplaceAll(m.Text, "\u2060", "")
			if strings.Contains(text, sender) == hides || !strings.Contains(text, "vault.example.test") || strings.Contains(m.Text, of.Name) {
				t.Errorf("%s: %s", name, m.Text)
			}
		}
	})
}
