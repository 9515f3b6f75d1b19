package apitest_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

// TestWhatAppsAreToldOfSends: the owner's apps hear of each change, and of each access.
func TestWhatAppsAreToldOfSends(t *testing.T) {
	s := apitest.Start(t, dbtest.SQLite(t))
	sender := s.Register(t, "sender", "sender@example.test", nil)
	ear := s.Listen()
	heard := func(what string, of apitest.Sent, want ...push.Type) {
		t.Helper()
		var got []push.Type
		for _, message := range ear.Take() {
			got = append(got, message.Type)
			if message.ID != of.ID || !cmp.Equal(message.Users, []id.User{id.User(sender.ID)}) {
				t.Errorf("%s: heard %+v", what, message)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	ear.Take()
	text := s.Send(t, sender)
	heard("a text is made", text, push.SendCreated)
	s.Must(t, sender, http.MethodPut, "/api/sends/"+text.ID, apitest.NewSend())
	heard("it is changed", text, push.SendUpdated)
	s.Must(t, s.Recipient(t, text.AccessID), http.MethodPost, "/api/sends/access", nil)
	heard("it is opened", text, push.SendUpdated)
	file := s.AnnounceSend(t, sender, fileSize)
	heard("a file is announced", file)
	s.Must(t, sender, http.MethodPost, "/api/sends/"+file.ID+"/file/"+file.FileID, apitest.NewUpload(t, apitest.Enc(), apitest.Sealed(fileSize)))
	heard("its file is there", file, push.SendCreated)
	s.Must(t, s.Recipient(t, file.AccessID), http.MethodPost, "/api/sends/access", nil)
	heard("somebody looks at it", file)
	s.Must(t, sender, http.MethodDelete, "/api/sends/"+file.ID, nil)
	heard("it is deleted", file, push.SendDeleted)
}
