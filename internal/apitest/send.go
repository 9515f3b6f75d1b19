package apitest

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// NewSend is the body that makes a Send of a text, with more or other members.
func NewSend(more ...map[string]any) map[string]any {
	body := map[string]any{
		"type": 0, "authType": 2, "key": Enc(), "name": Enc(), "notes": nil, "text": map[string]any{"text": Enc(), "hidden": true}, "file": nil,
		"maxAccessCount": nil, "expirationDate": nil, "deletionDate": In(24 * time.Hour), "password": nil, "emails": nil, "disabled": false, "hideEmail": false,
	}
	for _, some := range more {
		for name, value := range some {
			body[name] = value
		}
	}
	return body
}

// NewFileSend is the body that announces a Send of a file of size bytes.
func NewFileSend(size int, more ...map[string]any) map[string]any {
	body := NewSend(map[string]any{"type": 1, "text": nil, "file": map[string]any{"fileName": Enc()}, "fileLength": size})
	for _, some := range more {
		for name, value := range some {
			body[name] = value
		}
	}
	return body
}

// In is a date from now.
func In(d time.Duration) string { return time.Now().UTC().Add(d).Format("2006-01-02T15:04:05.000Z") }

// Sent is a Send that somebody made.
type Sent struct{ ID, AccessID, FileID string }

// Send makes a Send of a text.
func (s *Server) Send(t testing.TB, as *Person, more ...map[string]any) Sent {
	t.Helper()
	a := s.Must(t, as, http.MethodPost, "/api/sends", NewSend(more...))
	return Sent{ID: a.Text(t, "id"), AccessID: a.Text(t, "accessId")}
}

// AnnounceSend announces a Send of a file.
func (s *Server) AnnounceSend(t testing.TB, as *Person, size int, more ...map[string]any) Sent {
	t.Helper()
	a := s.Must(t, as, http.MethodPost, "/api/sends/file/v2", NewFileSend(size, more...))
	return Sent{a.Text(t, "sendResponse.id"), a.Text(t, "sendResponse.accessId"), a.Text(t, "sendResponse.file.id")}
}

// SendFile makes a Send of a file.
func (s *Server) SendFile(t testing.TB, as *Person, body []byte, more ...map[string]any) Sent {
	t.Helper()
	made := s.AnnounceSend(t, as, len(body), more...)
	s.Must(t, as, http.MethodPost, "/api/sends/"+made.ID+"/file/"+made.FileID, NewUpload(t, Enc(), body))
	return made
}

// AskForSend asks for a token for a Send; shown are names and values.
func (s *Server) AskForSend(t testing.TB, accessID string, shown ...string) Answer {
	t.Helper()
	form := url.Values{"grant_type": {"send_access"}, "client_id": {"send"}, "scope": {"api.send.access"}, "send_id": {accessID}}
	for i := 0; i < len(shown); i += 2 {
		form.Set(shown[i], shown[i+1])
	}
	return s.Form(t, "/identity/connect/token", form)
}

// Recipient is somebody who was let in to a Send.
func (s *Server) Recipient(t testing.TB, accessID string, shown ...string) *Person {
	t.Helper()
	a := s.AskForSend(t, accessID, shown...)
	if a.Status != http.StatusOK {
		t.Fatalf("not let in: %d %s", a.Status, a.Body)
	}
	return &Person{Name: "a recipient", Token: a.Text(t, "access_token")}
}

// Address is the path of an absolute address of this server.
func (s *Server) Address(url string) string {
	return strings.TrimPrefix(url, s.Base.Config.PublicURL)
}
