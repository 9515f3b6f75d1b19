package accounts_test

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/login"
	"github.com/kastellan/kastellan/internal/secondfactor"
)

const authenticatorPath = "/api/two-factor/authenticator"

// app is a person's authenticator.
type app struct {
	s   *server
	key secondfactor.Key
}

// code is the one that the app shows.
func (a app) code() string { return a.key.Code(secondfactor.StepOf(a.s.clock())) }

// next waits for the next code.
func (a app) next() string {
	a.s.wait(30 * time.Second)
	return a.code()
}

// setUp turns an authenticator on as new clients do.
func (s *server) setUp(access, hash string) (a app, permit string) {
	s.t.Helper()
	shown := s.must("POST", "/api/two-factor/get-authenticator", access, m{"masterPasswordHash": hash}).JSON(s.t)
	key, err := secondfactor.ParseKey(shown["key"].(string))
	if err != nil {
		s.t.Fatal(err)
	}
	a, permit = app{s, key}, shown["userVerificationToken"].(string)
	s.must("PUT", authenticatorPath, access, m{"key": key.Text(), "token": a.code(), "userVerificationToken": permit})
	return a, permit
}

func (s *server) recoveryCode(access string) string {
	s.t.Helper()
	return s.must("POST", "/api/two-factor/get-recover", access, m{"masterPasswordHash": password}).JSON(s.t)["code"].(string)
}

// step logs Alice in with a second step.
func (s *server) step(device, provider, code string, more ...string) answer {
	s.t.Helper()
	f := passwordGrant(alice, password, device)
	f["twoFactorProvider"], f["twoFactorToken"], f["twoFactorRemember"] = provider, code, "0"
	for _, remember := range more {
		f["twoFactorRemember"] = remember
	}
	return s.form(f)
}

const wantStep = `{"error":"invalid_grant","error_description":"Two factor required.","TwoFactorProviders":["0"],` +
	`"TwoFactorProviders2":{"0":null},"Email":"alice@example.com","MasterPasswordPolicy":{"object":"masterPasswordPolicy"}}`

const wrongCode = `{"error":"invalid_grant","error_description":"invalid_username_or_password",` +
	`"ErrorModel":{"Message":"Two-step token is invalid. Try again.","Object":"error"}}`

func (s *server) refused(what string, a answer, want string) {
	s.t.Helper()
	if got := strings.TrimSpace(string(a.Body)); a.Status != http.StatusBadRequest || got != want {
		s.t.Errorf("%s: %d %s, want 400 %s", what, a.Status, got, want)
	}
}

func (s *server) passed(what string, a answer) map[string]any {
	s.t.Helper()
	if a.Status != http.StatusOK {
		s.t.Fatalf("%s: %d %s, want 200", what, a.Status, a.Body)
	}
	return a.JSON(s.t)
}

func (s *server) twoStepOn(access string) bool {
	s.t.Helper()
	inProfile := s.must("GET", "/api/accounts/profile", access, nil).JSON(s.t)["twoFactorEnabled"].(bool)
	list := s.must("GET", "/api/two-factor", access, nil).JSON(s.t)["data"].([]any)
	if inProfile != (len(list) > 0) {
		s.t.Errorf("the profile says %v, the list %v", inProfile, list)
	}
	return inProfile
}

func eventsOf(t *testing.T, d *db.DB, kind int) int {
	t.Helper()
	return dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE type = $1`, kind)
}

func TestAuthenticatorIsSetUpAndAskedFor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		access, _ := s.logIn(alice, password, laptop)
		if s.twoStepOn(access) {
			t.Error("a new account has two-step login")
		}
		a, permit := s.setUp(access, password)
		if !s.twoStepOn(access) || eventsOf(t, d, 1002) != 1 {
			t.Error("two-step login is not on, or there is no event of it")
		}
		shown := s.must("POST", "/api/two-factor/get-authenticator", access, m{"masterPasswordHash": password}).JSON(t)
		delete(shown, "userVerificationToken")
		want := m{"object": "twoFactorAuthenticator", "enabled": true, "key": a.key.Text(), "authenticator": m{"enabled": true, "key": a.key.Text()}}
		if diff := cmp.Diff(want, shown); diff != "" {
			t.Errorf("settings (-want +got):\n%s", diff)
		}
		s.refused("the password alone", s.form(passwordGrant(alice, password, laptop)), wantStep)
		s.refused("a wrong password with a right code", s.form(withStep(passwordGrant(alice, "guess", laptop), "0", a.next())), wrongPassword)
		s.passed("the code", s.step(phone, "0", a.code()))
		s.must("DELETE", authenticatorPath, access, m{"type": 0, "key": a.key.Text(), "userVerificationToken": permit})
		if s.twoStepOn(access) || eventsOf(t, d, 1003) != 1 {
			t.Error("two-step login is still on, or there is no event of it")
		}
		s.logIn(alice, password, laptop)
	})
}

const wrongPassword = `{"error":"invalid_grant","error_description":"invalid_username_or_password",` +
	`"ErrorModel":{"Message":"Username or password is incorrect. Try again.","Object":"error"}}`

func withStep(f map[string]string, provider, code string) map[string]string {
	f = maps.Clone(f)
	f["twoFactorProvider"], f["twoFactorToken"], f["twoFactorRemember"] = provider, code, "0"
	return f
}

// Older clients repeat the password in every call, and turn off by another route.
func TestOlderClientsSetUpWithThePassword(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		access, _ := s.logIn(alice, password, laptop)
		a := app{s, secondfactor.NewKey()}
		set := s.must("POST", authenticatorPath, access, m{"masterPasswordHash": password, "key": strings.ToLower(a.key.Text()), "token": a.code()}).JSON(t)
		if set["enabled"] != true || set["key"] != a.key.Text() {
			t.Errorf("got %v", set)
		}
		off := s.must("PUT", "/api/two-factor/disable", access, m{"masterPasswordHash": password, "type": 1})
		if got, want := strings.TrimSpace(string(off.Body)), `{"object":"twoFactorProvider","enabled":false,"type":1}`; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if !s.twoStepOn(access) || eventsOf(t, d, 1003) != 0 {
			t.Error("turning off what is not on did something")
		}
		s.must("PUT", "/api/two-factor/disable", access, m{"masterPasswordHash": password, "type": 0})
		if s.twoStepOn(access) {
			t.Error("two-step login is still on")
		}
	})
}

func TestNoCodeIsGoodTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		access, _ := s.logIn(alice, password, laptop)
		a, _ := s.setUp(access, password)
		s.refused("the code of the set-up", s.step(laptop, "0", a.code()), wrongCode)
		code := a.next()
		s.passed("a fresh code", s.step(laptop, "0", code))
		s.refused("the same code", s.step(laptop, "0", code), wrongCode)
		s.refused("the same code on another device", s.step(phone, "0", code), wrongCode)
		s.wait(30 * time.Second)
		s.refused("the same code in the next step", s.step(laptop, "0", code), wrongCode)
		if got := eventsOf(t, d, 1006); got != 4 {
			t.Errorf("%d events of wrong codes, want 4", got)
		}
		if got := s.winners(account.Authenticator, a.code()); got != 1 {
			t.Errorf("of several log-ins at once with one code, %d passed", got)
		}
		permit := s.must("POST", "/api/two-factor/get-authenticator", access, m{"masterPasswordHash": password}).JSON(t)["userVerificationToken"]
		again := s.do("PUT", authenticatorPath, access, m{"key": a.key.Text(), "token": a.code(), "userVerificationToken": permit})
		if again.Status != http.StatusBadRequest {
			t.Errorf("setting up again with a used code: %d %s, want 400", again.Status, again.Body)
		}
	})
}

// winners logs Alice in several times at once and counts the successes.
func (s *server) winners(kind account.Factor, code string) (passed int) {
	s.t.Helper()
	errs := make([]error, 6)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			_, errs[i] = s.login.ByPassword(s.t.Context(), login.Password{
				Client: login.Client{ID: "cli", Device: deviceNamed(laptop)}, Email: alice, Hash: password,
				SecondStep: account.SecondStep{Given: true, Factor: kind, Code: code},
			})
		})
	}
	all.Wait()
	for _, err := range errs {
		if err == nil {
			passed++
		} else if !errors.Is(err, login.ErrCode) {
			s.t.Errorf("got %v, want %v", err, login.ErrCode)
		}
	}
	return passed
}

func TestCodesAreLimited(t *testing.T) {
	for name, provider := range map[string]string{"codes": "0", "recovery codes": "8", "codes of a factor that is not set up": "1"} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, dbtest.SQLite(t))
			s.register(alice, password)
			access, _ := s.logIn(alice, password, laptop)
			a, _ := s.setUp(access, password)
			recovery := s.recoveryCode(access)
			for range 10 {
				s.refused("a guess", s.step(laptop, provider, "000000"), wrongCode)
				if got := s.log.Attrs[0].Value.String(); got != "second step" {
					t.Errorf("the log says %q", got)
				}
				s.wait(45 * time.Second) // tries at passwords come back, those at codes not yet
			}
			for what, code := range map[string]string{"0": a.code(), "8": recovery} {
				if got := s.step(laptop, what, code); got.Status != http.StatusTooManyRequests {
					t.Errorf("a right code of kind %s after them: %d %s, want 429", what, got.Status, got.Body)
				}
			}
			s.refused("without a code", s.form(passwordGrant(alice, password, laptop)), wantStep)
			s.wait(10 * time.Minute)
			s.passed("after waiting", s.step(laptop, "0", a.code()))
		})
	}
}

// Being asked for a code costs no tries: clients ask with the password alone first.
func TestAskingCostsNoTries(t *testing.T) {
	s := newServer(t, dbtest.SQLite(t))
	s.register(alice, password)
	access, _ := s.logIn(alice, password, laptop)
	a, _ := s.setUp(access, password)
	for range 30 {
		s.refused("the password alone", s.form(passwordGrant(alice, password, laptop)), wantStep)
		s.refused("a stale remember token", s.step(laptop, "5", "stale"), wantStep)
		s.passed("the code", s.step(laptop, "0", a.next()))
	}
}

func TestAnotherPersonsSecretsAreWrong(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		s.register("bob@example.com", "hash-of-bob")
		access, _ := s.logIn(alice, password, laptop)
		hers, permit := s.setUp(access, password)
		bobs, _ := s.logIn("bob@example.com", "hash-of-bob", phone)
		his, hisPermit := s.setUp(bobs, "hash-of-bob")
		code := s.must("POST", "/api/two-factor/get-recover", bobs, m{"masterPasswordHash": "hash-of-bob"}).JSON(t)["code"].(string)
		s.refused("his code", s.step(laptop, "0", his.next()), wrongCode)
		s.refused("his recovery code", s.step(laptop, "8", code), wrongCode)
		f := withStep(passwordGrant("bob@example.com", "hash-of-bob", laptop), "0", his.code())
		f["twoFactorRemember"] = "1"
		remembered := s.passed("his log-in", s.form(f))["TwoFactorToken"].(string)
		s.refused("his remember token", s.step(laptop, "5", remembered), wantStep)
		for name, body := range map[string]m{
			"his permit with her key": {"key": hers.key.Text(), "userVerificationToken": hisPermit},
			"his permit with his key": {"key": his.key.Text(), "userVerificationToken": hisPermit},
			"her permit with his key": {"key": his.key.Text(), "userVerificationToken": permit},
			"no permit":               {"key": hers.key.Text()},
			"her access token":        {"key": hers.key.Text(), "userVerificationToken": access},
		} {
			for _, method := range []string{"PUT", "DELETE"} {
				key, _ := secondfactor.ParseKey(body["key"].(string))
				body["token"] = app{s, key}.code()
				if a := s.do(method, authenticatorPath, access, body); a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), "User verification failed.") {
					t.Errorf("%s with %s: %d %s, want 400", method, name, a.Status, a.Body)
				}
			}
		}
		if !s.twoStepOn(access) {
			t.Error("something of that turned it off")
		}
	})
}

func TestPermitEnds(t *testing.T) {
	for name, end := range map[string]func(s *server, access string) string{
		"with time": func(s *server, access string) string { s.wait(31 * time.Minute); return access },
		"with the sessions": func(s *server, access string) string {
			s.must("POST", "/api/accounts/security-stamp", access, m{"masterPasswordHash": password})
			access, _ = s.logIn(alice, password, laptop)
			return access
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, dbtest.SQLite(t))
			s.register(alice, password)
			access, _ := s.logIn(alice, password, laptop)
			shown := s.must("POST", "/api/two-factor/get-authenticator", access, m{"masterPasswordHash": password}).JSON(t)
			key, _ := secondfactor.ParseKey(shown["key"].(string))
			access = end(s, access)
			a := s.do("PUT", authenticatorPath, access, m{"key": shown["key"], "token": app{s, key}.code(), "userVerificationToken": shown["userVerificationToken"]})
			if a.Status != http.StatusBadRequest || s.twoStepOn(access) {
				t.Errorf("%d %s, want 400", a.Status, a.Body)
			}
		})
	}
}

func TestRememberedDeviceIsNotAsked(t *testing.T) {
	for _, c := range []struct {
		name string
		end  func(s *server, access string, a app)
		good bool
	}{
		{"for 29 days", func(s *server, _ string, _ app) { s.wait(29 * 24 * time.Hour) }, true},
		{"not for 31 days", func(s *server, _ string, _ app) { s.wait(31 * 24 * time.Hour) }, false},
		{"not after a new stamp", func(s *server, access string, _ app) {
			s.must("POST", "/api/accounts/security-stamp", access, m{"masterPasswordHash": password})
		}, false},
		{"not with another factor", func(s *server, access string, _ app) {
			other := app{s, secondfactor.NewKey()}
			s.must("PUT", authenticatorPath, access, m{"masterPasswordHash": password, "key": other.key.Text(), "token": other.code()})
		}, false},
		{"not when it was off in between", func(s *server, access string, _ app) {
			s.must("PUT", "/api/two-factor/disable", access, m{"masterPasswordHash": password, "type": 0})
			s.setUp(access, password)
		}, false},
		{"not when it was removed", func(s *server, access string, a app) {
			device := s.must("GET", "/api/devices/identifier/"+laptop, access, nil).JSON(s.t)["id"].(string)
			s.must("DELETE", "/api/devices/"+device, access, nil)
			s.passed("logging in again", s.step(laptop, "0", a.next()))
		}, false},
		{"not with the token before the last", func(s *server, _ string, a app) { s.passed("again", s.step(laptop, "0", a.next(), "1")) }, false},
		{"not after it was swept", func(s *server, _ string, _ app) {
			s.wait(31 * 24 * time.Hour)
			if err := s.accounts.Sweep(s.t.Context()); err != nil {
				s.t.Fatal(err)
			}
			if n := dbtest.Value[int](s.t, s.db, `SELECT COUNT(*) FROM remembered_devices`); n != 0 {
				s.t.Errorf("%d tokens are kept", n)
			}
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				s := newServer(t, d)
				s.register(alice, password)
				access, _ := s.logIn(alice, password, laptop)
				a, _ := s.setUp(access, password)
				if _, has := s.passed("not remembering", s.step(laptop, "0", a.next()))["TwoFactorToken"]; has {
					t.Error("a token that nobody asked for")
				}
				token := s.passed("remembering", s.step(laptop, "0", a.next(), "1"))["TwoFactorToken"].(string)
				if _, has := s.passed("the remembered device", s.step(laptop, "5", token, "1"))["TwoFactorToken"]; has {
					t.Error("a token renews itself")
				}
				s.refused("another device", s.step(phone, "5", token), wantStep)
				c.end(s, access, a)
				if got := s.step(laptop, "5", token); c.good {
					s.passed("the token", got)
				} else {
					s.refused("the token", got, wantStep)
				}
			})
		})
	}
}

func TestRecoveryCodeTurnsTwoStepLoginOff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		access, _ := s.logIn(alice, password, laptop)
		if got := string(s.must("POST", "/api/two-factor/get-recover", access, m{"masterPasswordHash": password}).Body); strings.TrimSpace(got) != `{"object":"twoFactorRecover","code":null}` {
			t.Errorf("the code without two-step login: %s", got)
		}
		a, _ := s.setUp(access, password)
		token := s.passed("remembering", s.step(phone, "0", a.next(), "1"))["TwoFactorToken"].(string)
		code := s.recoveryCode(access)
		s.refused("another code", s.step(laptop, "8", secondfactor.NewRecoveryCode()), wrongCode)
		s.refused("the code with a wrong password", s.form(withStep(passwordGrant(alice, "guess", laptop), "8", code)), wrongPassword)
		typed := strings.ToUpper(code[:4] + " " + code[4:])
		if got := s.winners(account.Recovery, typed); got == 0 {
			t.Fatal("the recovery code opened nothing")
		}
		if s.twoStepOn(access) || eventsOf(t, d, 1004) != 1 {
			t.Errorf("two-step login is still on, or there are %d events of it", eventsOf(t, d, 1004))
		}
		s.logIn(alice, password, laptop)
		old := a
		a, _ = s.setUp(access, password)
		s.refused("the old authenticator", s.step(laptop, "0", old.next()), wrongCode)
		if s.recoveryCode(access) == code {
			t.Error("the recovery code is the old one")
		}
		s.refused("the old recovery code", s.step(laptop, "8", code), wrongCode)
		s.refused("the old remember token", s.step(phone, "5", token), wantStep)
		s.passed("the new authenticator", s.step(laptop, "0", a.next()))
	})
}

func TestAPIKeyNeedsNoSecondStep(t *testing.T) {
	s := newServer(t, dbtest.SQLite(t))
	s.register(alice, password)
	access, _ := s.logIn(alice, password, laptop)
	clientID, key := s.apiKey(access)
	s.setUp(access, password)
	s.passed("the API key", s.keyGrant(clientID, key, phone))
}

func TestOthersLearnOfLostTwoStepLogin(t *testing.T) {
	s := newServer(t, dbtest.SQLite(t))
	lost := 0
	s.accounts.TwoStepLost = func(context.Context, *db.Tx, id.User) error { lost++; return nil }
	s.register(alice, password)
	access, _ := s.logIn(alice, password, laptop)
	off := func() {
		s.must("PUT", "/api/two-factor/disable", access, m{"masterPasswordHash": password, "type": 0})
	}
	off()
	if lost != 0 {
		t.Error("what was never on was lost")
	}
	s.setUp(access, password)
	off()
	s.setUp(access, password)
	s.passed("recovery", s.step(laptop, "8", s.recoveryCode(access)))
	s.setUp(access, password)
	user := id.User(s.must("GET", "/api/accounts/profile", access, nil).JSON(t)["id"].(string))
	for range 2 {
		if err := s.db.Update(t.Context(), func(tx *db.Tx) error { return s.accounts.ClearTwoStep(t.Context(), tx, user) }); err != nil {
			t.Fatal(err)
		}
	}
	if lost != 3 || s.twoStepOn(access) {
		t.Errorf("told %d times, want 3", lost)
	}
}

func TestWithTwoStep(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		access, _ := s.logIn(alice, password, laptop)
		user := id.User(s.must("GET", "/api/accounts/profile", access, nil).JSON(t)["id"].(string))
		s.setUp(access, password)
		other := dbtest.Account(t, d, "other@example.com")
		want := []map[id.User]bool{{user: true}, {}, {}}
		var got []map[id.User]bool
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			for _, ask := range [][]id.User{{user, other}, {other}} {
				with, err := account.WithTwoStep(t.Context(), tx, ask)
				if err != nil {
					return err
				}
				got = append(got, with)
			}
			if err := account.ClearTwoStep(t.Context(), tx, user); err != nil {
				return err
			}
			with, err := account.WithTwoStep(t.Context(), tx, []id.User{user})
			got = append(got, with)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// The database alone, without the server's key, opens no second factor.
func TestSecretsAreSealed(t *testing.T) {
	s := newServer(t, dbtest.SQLite(t))
	s.register(alice, password)
	access, _ := s.logIn(alice, password, laptop)
	a, _ := s.setUp(access, password)
	code := s.recoveryCode(access)
	token := s.passed("remembering", s.step(laptop, "0", a.next(), "1"))["TwoFactorToken"].(string)
	stored := dbtest.Value[string](t, s.db, `SELECT CAST(f.secret AS TEXT) || CAST(c.secret AS TEXT) || r.token_hash
		FROM second_factors f, recovery_codes c, remembered_devices r`)
	for _, secret := range []string{a.key.Text(), string(a.key[:]), code, token} {
		if strings.Contains(stored, secret) {
			t.Errorf("the database holds %q in plain", secret)
		}
	}
}

func TestOwnerIsTold(t *testing.T) {
	s := newServer(t, dbtest.SQLite(t))
	s.register(alice, password)
	access, _ := s.logIn(alice, password, laptop)
	sent := s.withMail()
	a, _ := s.setUp(access, password)
	s.read(sent, alice, "authenticator app was set up")
	s.refused("a wrong code", s.step(laptop, "0", "000000"), wrongCode)
	s.read(sent, alice, "wrong code for two-step login")
	s.refused("a second wrong code", s.step(laptop, "0", "000000"), wrongCode)
	s.wait(11 * time.Minute) // a person who has just registered is not told of devices
	s.passed("an unknown device needs the second step, and no mailed code", s.step(phone, "0", a.next()))
	s.read(sent, alice, "not seen before")
	s.wait(time.Minute)
	s.passed("recovery", s.step(phone, "8", s.recoveryCode(access)))
	s.read(sent, alice, "your recovery code")
	s.setUp(access, password)
	s.read(sent, alice, "authenticator app was set up")
	s.must("PUT", "/api/two-factor/disable", access, m{"masterPasswordHash": password, "type": 0})
	s.read(sent, alice, "turned off")
	s.quiet(sent)
}
