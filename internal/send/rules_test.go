package send_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/orgtest"
	"github.com/kastellan/kastellan/internal/send"
)

// bound makes the account a member of an organization with Send controls.
func (w *world) bound(controls string) {
	w.t.Helper()
	org := dbtest.Org(w.t, w.d, nil)
	dbtest.Member(w.t, w.d, org, w.user, 2, 2)
	dbtest.Row(w.t, w.d, "policies", dbtest.Columns{
		"org_id": org, "type": 21, "id": string(id.New[id.Policy]()), "enabled": true, "data": controls, "created_at": 1, "revised_at": 1,
	})
}

// TestOrganizationsBindSends on making and on changing one; what is there already can be
// opened, and deleted.
func TestOrganizationsBindSends(t *testing.T) {
	const fits = ""
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.withMail()
		for _, c := range []struct {
			name, controls string
			with           []change
			says           string // how it is refused
		}{
			{"no Sends", `{"disableSend":true}`, nil, "does not allow Sends"},
			{"other types", `{"allowedSendTypes":[1]}`, nil, "type"},
			{"this type", `{"allowedSendTypes":[0]}`, nil, fits},
			{"the address hidden", `{"disableHideEmail":true}`, []change{hidingMe}, "show your e-mail address"},
			{"the address shown", `{"disableHideEmail":true}`, nil, fits},
			{"no password", `{"whoCanAccess":1}`, nil, "password"},
			{"a password", `{"whoCanAccess":1}`, []change{password("p")}, fits},
			{"addresses instead of a password", `{"whoCanAccess":1}`, []change{emails("a@example.com")}, fits},
			{"for anybody", `{"whoCanAccess":2}`, nil, "specific e-mail addresses"},
			{"a password instead of addresses", `{"whoCanAccess":2}`, []change{password("p")}, "specific e-mail addresses"},
			{"addresses", `{"whoCanAccess":2}`, []change{emails("a@example.com")}, fits},
			{"addresses elsewhere", `{"whoCanAccess":2,"allowedDomains":"example.com"}`, []change{emails("a@example.com,b@mail.example.com")}, "example.com"},
			{"addresses there", `{"whoCanAccess":2,"allowedDomains":"example.com, example.org"}`, []change{emails("a@example.com,b@example.org")}, fits},
			{"too long", `{"deletionHours":23}`, nil, "23 hours"},
			{"short enough", `{"deletionHours":24}`, nil, fits},
		} {
			t.Run(c.name, func(t *testing.T) {
				w.t, w.user = t, dbtest.Account(t, d, string(id.New[id.User]())+"@example.com")
				before := w.text()
				w.bound(c.controls)
				_, created := w.Create(w.owner(), w.user, w.draft(c.with...))
				_, updated := w.Update(w.owner(), w.user, before.ID, w.draft(c.with...))
				for what, err := range map[string]error{"create": created, "update": updated} {
					if c.says == fits {
						orgtest.Fine(t, what, err)
					} else {
						orgtest.Refused(t, what, err, c.says)
					}
				}
				if c.says != fits {
					w.opensBy(before, "open")
				}
				orgtest.Fine(t, "delete", w.Delete(w.owner(), w.user, before.ID))
			})
		}
	})
}

// TestTheProtectionStaysWhereItIsRequired by every way to take it away.
func TestTheProtectionStaysWhereItIsRequired(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		of := w.text(password("p"))
		w.bound(`{"whoCanAccess":1}`)
		_, err := w.RemovePassword(w.owner(), w.user, of.ID)
		orgtest.Refused(t, "remove the password", err, "password")
		_, err = w.RemoveAuth(w.owner(), w.user, of.ID)
		orgtest.Refused(t, "remove the protection", err, "password")
		_, err = w.Update(w.owner(), w.user, of.ID, w.draft(with(send.ByLink)))
		orgtest.Refused(t, "update", err, "password")
		_, err = w.Grant(w.from(), send.Shown{AccessID: of.AccessID()})
		w.closed("nothing shown", err, send.ErrNeedsPassword)
	})
}

// TestALimitOfHoursIsNotProlonged by an edit each day: it is about how long a Send lives.
func TestALimitOfHoursIsNotProlonged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.bound(`{"deletionHours":24}`)
		of := w.text()
		w.wait(20 * time.Hour)
		same := func(d *send.Draft) { d.DeletesAt = of.DeletesAt }
		_, err := w.Update(w.owner(), w.user, of.ID, w.draft(same, disabled))
		w.fine("change something else", err)
		_, err = w.Update(w.owner(), w.user, of.ID, w.draft(w.until(24*time.Hour)))
		orgtest.Refused(t, "another day", err, "24 hours")
	})
}

// TestAnUploadIsHeldToTheRulesOfItsMoment: a Send is there from then on.
func TestAnUploadIsHeldToTheRulesOfItsMoment(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		of, err := w.Announce(w.owner(), w.user, w.draft(ofFile(1000)))
		w.fine("announce", err)
		w.bound(`{"disableSend":true}`)
		orgtest.Refused(t, "upload", w.Upload(w.owner(), w.user, of.ID, of.FileID, bytes.NewReader(sealed(1000))), "does not allow Sends")
		if files := w.stored(); len(files) != 0 {
			t.Errorf("left %v", files)
		}
	})
}

// TestFilesNeedAProvedAddressWhereMailIsSent: without mail nobody could prove it.
func TestFilesNeedAProvedAddressWhereMailIsSent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		dbtest.Exec(t, d, `UPDATE users SET email_verified = FALSE`)
		_, err := w.Announce(w.owner(), w.user, w.draft(ofFile(100)))
		w.fine("without mail", err)
		w.withMail()
		_, err = w.Announce(w.owner(), w.user, w.draft(ofFile(100)))
		orgtest.Refused(t, "with mail", err, "confirm your e-mail address")
		w.text(w.until(time.Hour)) // texts need no proof
	})
}
