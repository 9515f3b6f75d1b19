package apitest_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// newSender is a server with one account.
func newSender(t *testing.T, d *db.DB) (*apitest.Server, *person) {
	t.Helper()
	s := apitest.Start(t, d)
	return s, s.Register(t, "sender", "sender@example.test", nil)
}

func status(t *testing.T, what string, a apitest.Answer, want int) {
	t.Helper()
	if a.Status != want {
		t.Errorf("%s: %d %s, want %d", what, a.Status, a.Body, want)
	}
}

// TestATextIsSentAndReceived goes the way of the official clients of today.
func TestATextIsSentAndReceived(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, sender := newSender(t, d)
		body := apitest.NewSend(m{"maxAccessCount": 2, "expirationDate": apitest.In(time.Hour)})
		a := s.Must(t, sender, http.MethodPost, "/api/sends", body)
		made := a.JSON(t)
		synced, _ := s.Must(t, sender, http.MethodGet, "/api/sync", nil).JSON(t)["sends"].([]any)
		if diff := cmp.Diff([]any{made}, synced); diff != "" {
			t.Errorf("sync shows another Send (-made +synced):\n%s", diff)
		}
		guest := s.Recipient(t, a.Text(t, "accessId"))
		want := m{
			"object": "send-access", "id": made["accessId"], "type": 0.0, "authType": 2.0, "name": body["name"], "text": body["text"], "file": nil,
			"expirationDate": made["expirationDate"], "creatorIdentifier": sender.Email,
		}
		if diff := cmp.Diff(want, s.Must(t, guest, http.MethodPost, "/api/sends/access", nil).JSON(t)); diff != "" {
			t.Errorf("received something else (-want +got):\n%s", diff)
		}
		after := s.Must(t, sender, http.MethodGet, "/api/sends/"+a.Text(t, "id"), nil).JSON(t)
		if after["accessCount"] != 1.0 || after["revisionDate"] == made["revisionDate"] {
			t.Errorf("after one access: %v", after)
		}
		s.Must(t, guest, http.MethodPost, "/api/sends/access", nil)
		status(t, "one access too many", s.Do(t, guest, http.MethodPost, "/api/sends/access", nil), http.StatusNotFound)
		if refusal := s.AskForSend(t, a.Text(t, "accessId")); refusal.Text(t, "send_access_error_type") != "send_id_invalid" {
			t.Errorf("a Send that was opened often enough: %s", refusal.Body)
		}
	})
}

// TestAFileIsSentAndReceived also shows that nobody sees a Send whose file is on its way.
func TestAFileIsSentAndReceived(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, sender := newSender(t, d)
		body := apitest.Sealed(100_000)
		made := s.AnnounceSend(t, sender, len(body), m{"maxAccessCount": 1})
		if list := s.Must(t, sender, http.MethodGet, "/api/sends", nil); strings.Contains(string(list.Body), made.ID) {
			t.Error("the list shows a Send whose file is not there")
		}
		if a := s.AskForSend(t, made.AccessID); a.Status != http.StatusBadRequest {
			t.Errorf("a recipient is let in to a Send whose file is not there: %s", a.Body)
		}
		upload := "/api/sends/" + made.ID + "/file/" + made.FileID
		s.Must(t, sender, http.MethodGet, upload, nil)
		s.Must(t, sender, http.MethodPost, upload, apitest.NewUpload(t, apitest.Enc(), body))
		status(t, "a second upload", s.Do(t, sender, http.MethodPost, upload, apitest.NewUpload(t, apitest.Enc(), body)), http.StatusBadRequest)
		guest := s.Recipient(t, made.AccessID)
		for range 2 { // looking does not count
			s.Must(t, guest, http.MethodPost, "/api/sends/access", nil)
		}
		path := "/api/sends/access/file/" + made.FileID
		address := s.Must(t, guest, http.MethodPost, path, nil).Text(t, "url")
		status(t, "one download too many", s.Do(t, guest, http.MethodPost, path, nil), http.StatusNotFound)
		got := s.Must(t, apitest.Nobody, http.MethodGet, s.Address(address), nil)
		if !bytes.Equal(got.Body, body) || got.Header.Get("Content-Disposition") == "" {
			t.Errorf("the file came back with %d bytes of %d, headers %v", len(got.Body), len(body), got.Header)
		}
		s.Must(t, sender, http.MethodDelete, "/api/sends/"+made.ID, nil)
		status(t, "the file of a deleted Send", s.Do(t, apitest.Nobody, http.MethodGet, s.Address(address), nil), http.StatusNotFound)
	})
}
