//go:build compat

package compat

import (
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/totp"
	"github.com/kastellan/kastellan/compat/realserver"
)

func TestTwoStepLogin(t *testing.T) { onBothDatabases(t, testTwoStepLogin) }

func testTwoStepLogin(t *testing.T, s *realserver.Server) {
	tess := register(t, s, "tess")
	app := enableAuthenticator(t, tess)
	b := install(t, s)

	t.Run("without a code the client asks for one", func(t *testing.T) {
		if got := b.fails(t, "login", tess.email, tess.password); !strings.Contains(got, "Code is required.") {
			t.Errorf("printed %q", got)
		}
	})
	t.Run("a wrong password is told from a wrong code by the password alone", func(t *testing.T) {
		got := b.fails(t, "login", tess.email, "not the password", "--method", "0", "--code", nextCode(app))
		if !strings.Contains(got, "Invalid master password.") {
			t.Errorf("printed %q", got)
		}
	})
	t.Run("a wrong code", func(t *testing.T) {
		got := b.fails(t, "login", tess.email, tess.password, "--method", "0", "--code", "000000")
		if !strings.Contains(got, "Two-step token is invalid. Try again.") {
			t.Errorf("printed %q", got)
		}
	})
	code := nextCode(app)
	t.Run("a right code", func(t *testing.T) {
		printed := b.must(t, "login", tess.email, tess.password, "--method", "0", "--code", code)
		b.openSession(t, printed)
		mustHold(t, "status", map[string]any{"userEmail": tess.email, "status": "unlocked"}, b.object(t, "status"))
		b.says(t, "Syncing complete.", "sync", "--force")
	})
	t.Run("the same code on another installation", func(t *testing.T) {
		got := install(t, s).fails(t, "login", tess.email, tess.password, "--method", "0", "--code", code)
		if !strings.Contains(got, "Two-step token is invalid. Try again.") {
			t.Errorf("printed %q", got)
		}
	})
	t.Run("the API key needs no code", func(t *testing.T) { testAPIKey(t, s, tess) })
	t.Run("after turning it off", func(t *testing.T) {
		settings, err := tess.Authenticator(t.Context(), tess.password)
		if err != nil || !settings.Enabled {
			t.Fatalf("settings: enabled %v, %v", settings.Enabled, err)
		}
		if err := tess.DisableAuthenticator(t.Context(), settings); err != nil {
			t.Fatal(err)
		}
		install(t, s).login(t, tess)
	})
	t.Run("the recovery code turns it off, and the client logs in without", func(t *testing.T) { testRecoveryCode(t, s, tess) })
}

// testRecoveryCode spends the code with our own client: the official command line
// client has no way to give one.
func testRecoveryCode(t *testing.T, s *realserver.Server, p person) {
	enableAuthenticator(t, p)
	code, err := p.TwoFactorRecoveryCode(t.Context(), p.password)
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.api.Login(t.Context(), client.Credentials{Email: p.email, Password: p.password, TwoFactor: client.RecoveryCode, TwoFactorCode: code})
	if err != nil {
		t.Fatal(err)
	}
	install(t, s).login(t, p)
}

func enableAuthenticator(t testing.TB, p person) totp.Generator {
	t.Helper()
	settings, err := p.Authenticator(t.Context(), p.password)
	if err != nil {
		t.Fatal(err)
	}
	app, err := totp.Parse(settings.Key)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.EnableAuthenticator(t.Context(), settings, app.Code(time.Now())); err != nil {
		t.Fatal(err)
	}
	return app
}

// nextCode is the code of the step that comes, which the server accepts already:
// that of now is used up by the set-up.
func nextCode(app totp.Generator) string { return app.Code(time.Now().Add(app.Period())) }
