package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/kastellan/kastellan/client"
)

// person is how a command acts as an account, for what needs its keys.
type person struct {
	server
	Email string `placeholder:"ADDRESS" help:"The account's e-mail address (KASTELLAN_EMAIL). The password is in KASTELLAN_PASSWORD, or in the file KASTELLAN_PASSWORD_FILE. With a personal API key instead of the address: KASTELLAN_CLIENT_ID=user.… and KASTELLAN_CLIENT_SECRET."`
	Code  string `placeholder:"CODE" help:"Code of the authenticator app, for accounts with two-step login."`
}

// login opens the account: by its personal API key when the environment has one,
// which asks for no second step, and otherwise by its address.
func (p person) login(ctx context.Context, env environment) (*client.Session, error) {
	address, h, err := p.reach(env)
	if err != nil {
		return nil, err
	}
	c, err := client.New(address, h)
	if err != nil {
		return nil, err
	}
	password, err := env.secret(envPassword)
	if err != nil {
		return nil, err
	}
	if id := env.get(envClientID); p.Email == "" && strings.HasPrefix(id, "user.") {
		secret, err := env.secret(envSecret)
		if err != nil {
			return nil, err
		}
		return c.LoginAPIKey(ctx, client.APIKey{ClientID: id, Secret: secret}, password)
	}
	email := or(p.Email, env.get(envEmail))
	if email == "" {
		return nil, errors.New("whose account? Give --email, or set " + envEmail)
	}
	s, err := c.Login(ctx, client.Credentials{Email: email, Password: password, TwoFactor: client.Authenticator, TwoFactorCode: p.Code})
	return s, explained(err)
}

// explained says what to do when the server asks for more than a password.
func explained(err error) error {
	if client.NeedsTwoFactor(err) {
		return errors.New("this account has two-step login: give --code with a code of the authenticator app, or use the account's personal API key")
	}
	if refusal, ok := errors.AsType[*client.Error](err); ok && refusal.NewDevice() {
		return errors.New("the server mails a code to new devices: use the account's personal API key, KASTELLAN_CLIENT_ID=user.… and KASTELLAN_CLIENT_SECRET")
	}
	if err != nil {
		return fmt.Errorf("log in: %w", err)
	}
	return nil
}
