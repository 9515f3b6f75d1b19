package apitest_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// TestWhyASendStaysClosed has the words that official clients compare, as pairs.
func TestWhyASendStaysClosed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, sender := newSender(t, d)
		open, locked := s.Send(t, sender), s.Send(t, sender, m{"authType": 1, "password": "aGFzaA=="})
		mailed := s.Send(t, sender)
		apitest.Set(t, s, `UPDATE sends SET auth_type = 0, emails = 'ann@example.test' WHERE id = $1`, mailed.ID) // this server sends no mail
		for _, c := range []struct {
			name   string
			access string
			shown  []string
			want   m
		}{
			{"no id", "", nil, m{"error": "invalid_request", "send_access_error_type": "send_id_required", "error_description": "send_id is required."}},
			{"an id of nothing", "AAAAAAAAAAAAAAAAAAAAAA", nil, m{"error": "invalid_grant", "send_access_error_type": "send_id_invalid", "error_description": "send_id is invalid."}},
			{"no id at all", "../x", nil, m{"error": "invalid_grant", "send_access_error_type": "send_id_invalid", "error_description": "send_id is invalid."}},
			{"no password", locked.AccessID, nil, m{"error": "invalid_request", "send_access_error_type": "password_hash_b64_required", "error_description": "password_hash_b64 is required."}},
			{"a wrong password", locked.AccessID, []string{"password_hash_b64", "d3Jvbmc="}, m{"error": "invalid_grant", "send_access_error_type": "password_hash_b64_invalid", "error_description": "password_hash_b64 is invalid."}},
			{"no address", mailed.AccessID, nil, m{"error": "invalid_request", "send_access_error_type": "email_required", "error_description": "email is required."}},
			{"an address", mailed.AccessID, []string{"email", "ann@example.test"}, m{"error": "invalid_request", "send_access_error_type": "email_and_otp_required", "error_description": "email_and_otp_required"}},
			{"a foreign address and a code", mailed.AccessID, []string{"email", "eve@example.test", "otp", "123456"}, m{"error": "invalid_request", "send_access_error_type": "email_and_otp_required", "error_description": "email_and_otp_required"}},
		} {
			a := s.AskForSend(t, c.access, c.shown...)
			status(t, c.name, a, http.StatusBadRequest)
			if diff := cmp.Diff(c.want, a.JSON(t)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.name, diff)
			}
		}
		pass := s.AskForSend(t, open.AccessID).JSON(t)
		delete(pass, "access_token")
		if diff := cmp.Diff(m{"expires_in": 300.0, "token_type": "Bearer", "scope": "api.send.access"}, pass); diff != "" {
			t.Errorf("the answer with a token (-want +got):\n%s", diff)
		}
		for name, change := range map[string]url.Values{"another client": {"client_id": {"web"}}, "another scope": {"scope": {"api"}}} {
			form := url.Values{"grant_type": {"send_access"}, "client_id": {"send"}, "send_id": {open.AccessID}}
			for k, v := range change {
				form[k] = v
			}
			status(t, name, s.Form(t, "/identity/connect/token", form), http.StatusBadRequest)
		}
	})
}

// TestARecipientIsNobodyElsewhere, and whoever is logged in is no recipient.
func TestARecipientIsNobodyElsewhere(t *testing.T) {
	w := apitest.NewWorld(t, dbtest.SQLite(t))
	made := w.Send(t, w.User)
	guest := w.Recipient(t, made.AccessID)
	for _, path := range []string{"/api/sync", "/api/sends", "/api/sends/" + made.ID, "/api/accounts/profile", "/api/organizations/" + w.Org + "/events"} {
		status(t, path, w.Do(t, guest, http.MethodGet, path, nil), http.StatusUnauthorized)
	}
	status(t, "change the Send", w.Do(t, guest, http.MethodPut, "/api/sends/"+made.ID+"/remove-auth", nil), http.StatusUnauthorized)
	status(t, "refresh", w.Form(t, "/identity/connect/token", url.Values{"grant_type": {"refresh_token"}, "client_id": {"send"}, "refresh_token": {guest.Token}}), http.StatusBadRequest)
	for _, p := range []*person{w.User, w.Key, w.Program, {Token: w.User.Refresh}, apitest.Nobody} {
		status(t, p.Name, w.Do(t, p, http.MethodPost, "/api/sends/access", nil), http.StatusUnauthorized)
	}
}

// TestAnOrganizationsLogTellsOfItsMembersSends, and that nobody knows who opened one.
func TestAnOrganizationsLogTellsOfItsMembersSends(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		made := w.Send(t, w.User, m{"authType": 1, "password": "aGFzaA=="})
		w.Must(t, w.Recipient(t, made.AccessID, "password_hash_b64", "aGFzaA=="), http.MethodPost, "/api/sends/access", nil)
		w.Must(t, w.User, http.MethodDelete, "/api/sends/"+made.ID, nil)
		path := "/sends/" + made.ID + "/events"
		list, _ := w.Must(t, w.Owner, http.MethodGet, "/api/organizations/"+w.Org+path, nil).JSON(t)["data"].([]any)
		got := map[string]bool{}
		for _, e := range list {
			line, _ := e.(m)
			got[fmt.Sprint(line["type"], " by ", line["actingUserId"], " about ", line["userId"], " ", line["sendId"])] = true
		}
		about := " about " + w.User.ID + " " + made.ID
		want := map[string]bool{"2502 by " + w.User.ID + about: true, "2510 by <nil>" + about: true, "2508 by " + w.User.ID + about: true}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the log (-want +got):\n%s", diff)
		}
		status(t, "in the log of another organization", w.Do(t, w.OtherOwner, http.MethodGet, "/api/organizations/"+w.OtherOrg+path, nil), http.StatusNotFound)
	})
}

// TestOlderAppsOpenSends with the answers that they tell apart by status.
func TestOlderAppsOpenSends(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, sender := newSender(t, d)
		made := s.SendFile(t, sender, apitest.Sealed(fileSize), m{"authType": 1, "password": "aGFzaA==", "hideEmail": true})
		path, file := "/api/sends/access/"+made.AccessID, "/api/sends/"+made.AccessID+"/access/file/"+made.FileID
		for _, p := range []string{path, file} {
			status(t, "no password", s.Do(t, apitest.Nobody, http.MethodPost, p, m{}), http.StatusUnauthorized)
			status(t, "a wrong password", s.Do(t, apitest.Nobody, http.MethodPost, p, m{"password": "d3Jvbmc="}), http.StatusBadRequest)
		}
		got := s.Must(t, apitest.Nobody, http.MethodPost, path, m{"password": "aGFzaA=="}).JSON(t)
		if got["creatorIdentifier"] != nil || got["id"] != made.AccessID {
			t.Errorf("the Send is %v", got)
		}
		at := s.Must(t, apitest.Nobody, http.MethodPost, file, m{"password": "aGFzaA=="}).Text(t, "url")
		if body := s.Must(t, apitest.Nobody, http.MethodGet, s.Address(at), nil).Body; len(body) != fileSize {
			t.Errorf("the file has %d bytes", len(body))
		}
		status(t, "the id of the owner's side", s.Do(t, apitest.Nobody, http.MethodPost, "/api/sends/access/"+made.ID, m{"password": "aGFzaA=="}), http.StatusNotFound)
		if s.Must(t, sender, http.MethodGet, "/api/sends/"+made.ID, nil).JSON(t)["accessCount"] != 1.0 {
			t.Error("one download is not one access")
		}
	})
}
