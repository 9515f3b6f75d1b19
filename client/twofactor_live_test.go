package client_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/internal/live"
	"github.com/kastellan/kastellan/client/seal"
	"github.com/kastellan/kastellan/client/totp"
)

// Two-step login on the real server, from the set-up to the recovery code.
func TestTwoStepLogin(t *testing.T) {
	ctx := t.Context()
	c := live.Run(t, "KASTELLAN_REGISTRATION=open").Client(t)
	register(t, c, seal.DefaultKDF)
	s := login(t, c, password)
	if code, err := s.TwoFactorRecoveryCode(ctx, password); err != nil || code != "" {
		t.Errorf("recovery code before: got %q, %v", code, err)
	}
	settings, err := s.Authenticator(ctx, password)
	if err != nil || settings.Enabled {
		t.Fatalf("settings before: enabled %v, %v", settings.Enabled, err)
	}
	app, err := totp.Parse(settings.Key)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.EnableAuthenticator(ctx, settings, app.Code(time.Now())); err != nil {
		t.Fatal(err)
	}

	creds := client.Credentials{Email: email, Password: password, RememberDevice: true}
	if _, err := c.Login(ctx, creds); !client.NeedsTwoFactor(err) {
		t.Errorf("the password alone: got %v", err)
	}
	asked := 0
	creds.AskTwoFactor = func(_ context.Context, kinds []client.TwoFactor) (client.TwoFactor, string, error) {
		asked++
		if len(kinds) != 1 || kinds[0] != client.Authenticator {
			t.Errorf("asked for %v", kinds)
		}
		// The code of now is used up, and that of the next step is good already.
		return client.Authenticator, app.Code(time.Now().Add(app.Period())), nil
	}
	if s, err = c.Login(ctx, creds); err != nil || s.RememberToken == "" {
		t.Fatalf("the code: %v", err)
	}
	creds.TwoFactor, creds.TwoFactorCode = client.Remembered, s.RememberToken
	if s, err = c.Login(ctx, creds); err != nil || asked != 1 {
		t.Fatalf("the remembered device: asked %d times, %v", asked, err)
	}
	code, err := s.TwoFactorRecoveryCode(ctx, password)
	if err != nil {
		t.Fatal(err)
	}
	creds.TwoFactor, creds.TwoFactorCode = client.RecoveryCode, code
	if s, err = c.Login(ctx, creds); err != nil {
		t.Fatal(err)
	}
	if after, err := s.Authenticator(ctx, password); err != nil || after.Enabled || after.Key == settings.Key {
		t.Errorf("after the recovery: enabled %v, %v", after.Enabled, err)
	}
	login(t, c, password)
}

func TestTwoStepLoginIsTurnedOff(t *testing.T) {
	ctx := t.Context()
	c := live.Run(t, "KASTELLAN_REGISTRATION=open").Client(t)
	register(t, c, seal.DefaultKDF)
	s := login(t, c, password)
	settings, err := s.Authenticator(ctx, password)
	if err != nil {
		t.Fatal(err)
	}
	app, err := totp.Parse(settings.Key)
	if err != nil {
		t.Fatal(err)
	}
	var refusal *client.Error
	if err := s.EnableAuthenticator(ctx, settings, "12345"); !errors.As(err, &refusal) {
		t.Errorf("a wrong code: got %v", err)
	}
	if err := s.EnableAuthenticator(ctx, settings, app.Code(time.Now())); err != nil {
		t.Fatal(err)
	}
	gone := errors.New("nobody is there")
	creds := client.Credentials{Email: email, Password: password, AskTwoFactor: func(context.Context, []client.TwoFactor) (client.TwoFactor, string, error) {
		return 0, "", gone
	}}
	if _, err := c.Login(ctx, creds); !errors.Is(err, gone) {
		t.Errorf("got %v, want the caller's own error", err)
	}
	if err := s.DisableAuthenticator(ctx, settings); err != nil {
		t.Fatal(err)
	}
	login(t, c, password)
}
