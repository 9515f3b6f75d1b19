package accounts_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// query reads the parameters of a link into the web app.
func query(t *testing.T, link string) url.Values {
	t.Helper()
	_, raw, _ := strings.Cut(link, "?")
	v, err := url.ParseQuery(raw)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestRegistrationByMail(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		sent := s.withMail()
		const begin = "/identity/accounts/register/send-verification-email"
		if a := s.must("POST", begin, "", m{"email": alice, "name": "Alice"}); a.Status != http.StatusNoContent || len(a.Body) > 0 {
			t.Fatalf("begin: %d %s, want an empty 204", a.Status, a.Body)
		}
		link := query(t, s.read(sent, alice, `https://vault\.example\.com/#/finish-signup\S+`))
		clicked := m{"email": alice, "emailVerificationToken": link.Get("token")}
		s.must("POST", "/identity/accounts/register/verification-email-clicked", "", clicked)
		s.must("POST", finish, "", newcomer(link.Get("email"), password, link.Get("token")))
		access, _ := s.logIn(alice, password, laptop)
		if p := s.must("GET", "/api/accounts/profile", access, nil).JSON(t); p["emailVerified"] != true || p["name"] != "Alice" {
			t.Errorf("profile = %v, want a verified address and the name", p)
		}
		if a := s.do("POST", "/identity/accounts/register/verification-email-clicked", "", clicked); a.Status != http.StatusBadRequest {
			t.Errorf("the link after its use: %d, want 400", a.Status)
		}
		// Who has an account gets the same answer and no link: the next mail is another's.
		if a := s.must("POST", begin, "", m{"email": alice}); a.Status != http.StatusNoContent {
			t.Errorf("begin for a known address: %d, want 204", a.Status)
		}
		s.must("POST", begin, "", m{"email": "bob@example.com"})
		s.read(sent, "bob@example.com", "finish-signup")
	})
}

func TestEmailChangeByMailedCode(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		s.register("taken@example.com", "hash")
		sent := s.withMail()
		access, _ := s.logIn(alice, password, laptop)
		ask := func(email string) {
			t.Helper()
			s.must("POST", "/api/accounts/email-token", access, m{"masterPasswordHash": password, "newEmail": email})
		}
		change := func(email, code string) answer {
			return s.do("POST", "/api/accounts/email", access, m{"masterPasswordHash": password, "newEmail": email, "newMasterPasswordHash": newHash, "key": wrappedKey(), "token": code})
		}
		ask("taken@example.com") // no mail goes out, so the next one is that for the free address
		ask("new@example.com")
		code := s.read(sent, "new@example.com", `\b\d{6}\b`)
		if a := change("other@example.com", code); a.Status != http.StatusBadRequest {
			t.Errorf("the code for another address: %d, want 400", a.Status)
		}
		for range 4 {
			if a := change("new@example.com", "000000"); a.Status != http.StatusBadRequest {
				t.Errorf("wrong code: %d, want 400", a.Status)
			}
		}
		if a := change("new@example.com", code); a.Status != http.StatusBadRequest {
			t.Errorf("the right code after five wrong ones: %d, want 400", a.Status)
		}
		s.wait(20 * time.Minute)
		ask("new@example.com")
		code = s.read(sent, "new@example.com", `\b\d{6}\b`)
		s.wait(16 * time.Minute)
		if a := change("new@example.com", code); a.Status != http.StatusBadRequest {
			t.Errorf("an expired code: %d, want 400", a.Status)
		}
		ask("new@example.com")
		code = s.read(sent, "new@example.com", `\b\d{6}\b`)
		if a := change("new@example.com", code); a.Status != http.StatusOK {
			t.Fatalf("the right code: %d %s", a.Status, a.Body)
		}
		s.read(sent, alice, "e-mail address") // the old address is told
		v := s.form(passwordGrant("new@example.com", newHash, laptop)).JSON(t)
		if unlock := v["UserDecryptionOptions"].(m)["MasterPasswordUnlock"].(m); unlock["Salt"] != "new@example.com" {
			t.Errorf("salt = %v, want the new address", unlock["Salt"])
		}
	})
}

func TestHintRecoveryAndVerificationByMail(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		access, _ := s.logIn(alice, password, laptop)
		for _, path := range []string{"/api/accounts/password-hint", "/api/accounts/delete-recover"} {
			known, unknown := s.do("POST", path, "", m{"email": alice}), s.do("POST", path, "", m{"email": "nobody@example.com"})
			if known.Status != http.StatusBadRequest || string(known.Body) != string(unknown.Body) {
				t.Errorf("%s without mail: %s and %s, want the same sentence", path, known.Body, unknown.Body)
			}
		}
		sent := s.withMail()
		for _, path := range []string{"/api/accounts/password-hint", "/api/accounts/delete-recover"} {
			if a := s.must("POST", path, "", m{"email": "nobody@example.com"}); len(a.Body) > 0 {
				t.Errorf("%s for an unknown address: %s", path, a.Body)
			}
		}
		s.must("POST", "/api/accounts/password-hint", "", m{"email": "Alice@example.com"})
		s.read(sent, alice, "the usual")

		s.must("POST", "/api/accounts/verify-email", access, nil)
		link := query(t, s.read(sent, alice, `https://vault\.example\.com/#/verify-email\S+`))
		verify := func(user, signed string) int {
			return s.do("POST", "/api/accounts/verify-email-token", "", m{"userId": user, "token": signed}).Status
		}
		if got := verify(someOrg, link.Get("token")); got != http.StatusBadRequest {
			t.Errorf("another account's link: %d, want 400", got)
		}
		if got := verify(link.Get("userId"), link.Get("token")); got != http.StatusOK {
			t.Errorf("the link: %d, want 200", got)
		}
		if p := s.must("GET", "/api/accounts/profile", access, nil).JSON(t); p["emailVerified"] != true {
			t.Errorf("emailVerified = %v after the link", p["emailVerified"])
		}

		s.wait(time.Hour)
		access, _ = s.logIn(alice, password, laptop)
		s.must("POST", "/api/accounts/delete-recover", "", m{"email": alice})
		link = query(t, s.read(sent, alice, `https://vault\.example\.com/#/verify-recover-delete\S+`))
		remove := func() int {
			return s.do("POST", "/api/accounts/delete-recover-token", "", m{"userId": link.Get("userId"), "token": link.Get("token")}).Status
		}
		s.must("POST", "/api/accounts/security-stamp", access, m{"masterPasswordHash": password})
		s.read(sent, alice, "(?i)sessions")
		if got := remove(); got != http.StatusBadRequest {
			t.Errorf("a link from before the stamp changed: %d, want 400", got)
		}
		s.must("POST", "/api/accounts/delete-recover", "", m{"email": alice})
		link = query(t, s.read(sent, alice, `https://vault\.example\.com/#/verify-recover-delete\S+`))
		if got := remove(); got != http.StatusOK {
			t.Errorf("the link: %d, want 200", got)
		}
		if a := s.form(passwordGrant(alice, password, laptop)); a.Status != http.StatusBadRequest {
			t.Errorf("log-in after the deletion: %d", a.Status)
		}
		s.quiet(sent)
	})
}

func TestNewDeviceBringsMailedCode(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		sent := s.withMail()
		s.logIn(alice, password, laptop) // the first device ever needs none
		s.wait(time.Hour)
		grant := passwordGrant(alice, password, phone)
		want := `{"error":"device_error","error_description":"New device verification required","ErrorModel":{"Message":"new device verification required","Object":"error"}}`
		if a := s.form(grant); a.Status != http.StatusBadRequest || strings.TrimSpace(string(a.Body)) != want {
			t.Errorf("new device: %d %s\nwant 400 %s", a.Status, a.Body, want)
		}
		code := s.read(sent, alice, `\b\d{6}\b`)
		grant["newDeviceOtp"] = "000000"
		want = `{"error":"device_error","ErrorModel":{"Message":"invalid new device otp","Object":"error"}}`
		if a := s.form(grant); a.Status != http.StatusBadRequest || strings.TrimSpace(string(a.Body)) != want {
			t.Errorf("wrong code: %d %s\nwant 400 %s", a.Status, a.Body, want)
		}
		grant["newDeviceOtp"], grant["password"] = code, "guess"
		if a := s.form(grant); a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), "invalid_grant") {
			t.Errorf("right code, wrong password: %d %s", a.Status, a.Body)
		}
		grant["password"] = password
		if a := s.form(grant); a.Status != http.StatusOK {
			t.Errorf("right code: %d %s", a.Status, a.Body)
		}
		s.read(sent, alice, "Device: linux") // the notice about the new device
		delete(grant, "newDeviceOtp")
		if a := s.form(grant); a.Status != http.StatusOK {
			t.Errorf("the device is known now: %d %s", a.Status, a.Body)
		}
	})
}

func TestMailedCodeStandsInForThePasswordOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		sent := s.withMail()
		access, _ := s.logIn(alice, password, laptop)
		s.must("POST", "/api/accounts/request-otp", access, nil)
		code := s.read(sent, alice, `\b\d{6}\b`)
		s.must("POST", "/api/accounts/verify-otp", access, m{"otp": code})
		s.must("POST", "/api/accounts/api-key", access, m{"otp": code})
		if a := s.do("POST", "/api/accounts/api-key", access, m{"otp": code}); a.Status != http.StatusBadRequest {
			t.Errorf("second use: %d, want 400", a.Status)
		}
		for range 2 {
			s.must("POST", "/api/accounts/request-otp", access, nil)
			s.read(sent, alice, `\b\d{6}\b`)
		}
		if a := s.do("POST", "/api/accounts/request-otp", access, nil); a.Status != http.StatusTooManyRequests {
			t.Errorf("fourth mail in a minute: %d, want 429", a.Status)
		}
	})
}
