package relay

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

// outside is the relay of the apps' maker, and its identity service.
type outside struct {
	t *testing.T
	*httptest.Server
	lock    sync.Mutex
	tokens  int
	fails   int // how many requests still fail
	refuses bool
	got     []call
}

type call struct {
	Path string
	Body map[string]any
}

func newOutside(t *testing.T) *outside {
	o := &outside{t: t}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /connect/token", o.grant)
	mux.HandleFunc("POST /push/", o.take)
	o.Server = httptest.NewServer(mux)
	t.Cleanup(o.Close)
	return o
}

func (o *outside) grant(w http.ResponseWriter, r *http.Request) {
	o.lock.Lock()
	defer o.lock.Unlock()
	want := map[string]string{"grant_type": "client_credentials", "scope": "api.push", "client_id": "installation.i", "client_secret": "k"}
	for name, value := range want {
		if got := r.PostFormValue(name); got != value {
			o.t.Errorf("%s = %q, want %q", name, got, value)
		}
	}
	o.tokens++
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{"access_token": o.current(), "expires_in": 3600, "token_type": "Bearer"})
}

func (o *outside) current() string { return strings.Repeat("t", o.tokens) }

func (o *outside) take(w http.ResponseWriter, r *http.Request) {
	o.lock.Lock()
	defer o.lock.Unlock()
	switch {
	case r.Header.Get("Authorization") != "Bearer "+o.current():
		w.WriteHeader(http.StatusUnauthorized)
		return
	case o.refuses:
		w.WriteHeader(http.StatusBadRequest)
		return
	case o.fails > 0:
		o.fails--
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	c := call{Path: r.URL.Path}
	if err := json.NewDecoder(r.Body).Decode(&c.Body); err != nil {
		o.t.Error(err)
	}
	o.got = append(o.got, c)
}

func (o *outside) calls() []call {
	o.lock.Lock()
	defer o.lock.Unlock()
	return slices.Clone(o.got)
}

func (o *outside) change(f func()) {
	o.lock.Lock()
	defer o.lock.Unlock()
	f()
}

func relayTo(o *outside, d *db.DB) *Relay {
	r := New(Settings{URL: o.URL, IdentityURL: o.URL + "/", Installation: "i", Key: "k"}, d, slog.New(slog.DiscardHandler), time.Now)
	r.Pause = 30 * time.Millisecond
	return r
}

// phoneOf gives an account a device, with a push token unless it is empty.
func phoneOf(t *testing.T, d *db.DB, user id.User, kind int, token string) id.Device {
	t.Helper()
	device := id.New[id.Device]()
	dbtest.Row(t, d, "devices", dbtest.Columns{
		"user_id": user, "id": device, "identifier": "installation " + token, "type": kind, "name": "phone", "push_token": db.Null(token), "created_at": 1, "active_at": 1,
	})
	return device
}

func reconcile(t *testing.T, r *Relay) {
	t.Helper()
	if err := r.Reconcile(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestTheRelayIsToldWhichPhonesThereAre(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOutside(t)
		r := relayTo(o, d)
		user := dbtest.Account(t, d, "phone@example.test")
		device := phoneOf(t, d, user, 0, "first")
		phoneOf(t, d, user, 9, "a browser's")
		phoneOf(t, d, user, 1, "")
		registered := func(token string) call {
			return call{"/push/register", map[string]any{
				"deviceId": string(device), "pushToken": token, "userId": string(user), "type": 0.0, "identifier": "installation first",
				"organizationIds": []any{}, "installationId": "i",
			}}
		}
		want := []call{registered("first")}
		reconcile(t, r)
		reconcile(t, relayTo(o, d)) // another start knows what was told before
		if diff := cmp.Diff(want, o.calls()); diff != "" {
			t.Error(diff)
		}
		dbtest.Exec(t, d, `UPDATE devices SET push_token = 'second' WHERE id = $1`, device)
		reconcile(t, r)
		dbtest.Exec(t, d, `DELETE FROM users WHERE id = $1`, user)
		reconcile(t, r)
		reconcile(t, r)
		want = append(want, registered("second"), call{"/push/delete", map[string]any{"id": string(device), "type": 0.0}})
		if diff := cmp.Diff(want, o.calls()); diff != "" {
			t.Error(diff)
		}
		if o.tokens != 1 { // it is kept, and asked for only when there is something to say
			t.Errorf("asked for %d tokens", o.tokens)
		}
	})
}

func TestAFailureIsTriedAgainAndARefusalIsNot(t *testing.T) {
	d := dbtest.SQLite(t)
	o := newOutside(t)
	r := relayTo(o, d)
	phoneOf(t, d, dbtest.Account(t, d, "phone@example.test"), 1, "token")
	o.change(func() { o.fails = 1 })
	if err := r.Reconcile(t.Context()); err == nil {
		t.Error("a failure is not reported")
	}
	o.change(func() { o.refuses = true })
	reconcile(t, r)
	o.change(func() { o.refuses = false })
	reconcile(t, r)
	if got := o.calls(); len(got) != 0 {
		t.Errorf("a phone that was refused is offered again: %v", got)
	}
}

// run has the relay send for as long as the test lives.
func run(t *testing.T, r *Relay) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func (o *outside) wait(n int) []call {
	o.t.Helper()
	for range 1000 {
		if got := o.calls(); len(got) >= n {
			return got
		}
		time.Sleep(5 * time.Millisecond)
	}
	o.t.Fatalf("only %v arrived", o.calls())
	return nil
}

func TestPhonesAreToldIdsAndDates(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOutside(t)
		r := relayTo(o, d)
		user, without := dbtest.Account(t, d, "phone@example.test"), dbtest.Account(t, d, "desk@example.test")
		phoneOf(t, d, user, 0, "token")
		reconcile(t, r)
		run(t, r)
		at := time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)
		both := []id.User{without, user}
		r.Put(
			push.Message{Type: push.CipherUpdated, Users: both, ID: "c", Org: "o", Collections: []id.Collection{"x"}, Context: "installation", Date: at},
			push.Message{Type: push.PolicyChanged, Users: both, Org: "o", Policy: &push.Policy{ID: "p", Data: map[string]any{"minLength": 12}}, Date: at},
			push.Message{Type: push.LogOut, Users: both, Device: "other", Date: at},
			push.Message{Type: push.LogOut, Users: both, Date: at},
		)
		sent := func(kind float64, identifier any, payload map[string]any) call {
			return call{"/push/send", map[string]any{
				"userId": string(user), "organizationId": nil, "deviceId": nil, "identifier": identifier, "type": kind,
				"payload": payload, "clientType": nil, "installationId": nil,
			}}
		}
		want := []call{
			sent(0, "installation", map[string]any{"id": "c", "userId": nil, "organizationId": "o", "collectionIds": []any{"x"}, "revisionDate": "2026-11-03T12:00:00Z"}),
			sent(5, nil, map[string]any{"userId": string(user), "date": "2026-11-03T12:00:00Z"}),
			sent(11, nil, map[string]any{"userId": string(user), "date": "2026-11-03T12:00:00Z"}),
		}
		if diff := cmp.Diff(want, o.wait(4)[1:]); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWhoMissedSomethingWhileTheRelayWasAwayFetchesEverything(t *testing.T) {
	d := dbtest.SQLite(t)
	o := newOutside(t)
	r := relayTo(o, d)
	user := dbtest.Account(t, d, "phone@example.test")
	phoneOf(t, d, user, 0, "token")
	reconcile(t, r)
	o.change(func() { o.fails = tries })
	run(t, r)
	r.Put(push.Message{Type: push.FolderCreated, Users: []id.User{user}, ID: "f"}, push.Message{Type: push.FolderDeleted, Users: []id.User{user}, ID: "g"})
	got := o.wait(2)
	if len(got) != 2 || got[1].Body["type"] != 5.0 {
		t.Errorf("got %v, want one message that there is something to fetch", got)
	}
}

func TestATokenThatIsNotTakenIsRenewed(t *testing.T) {
	d := dbtest.SQLite(t)
	o := newOutside(t)
	r := relayTo(o, d)
	first, second := dbtest.Account(t, d, "a@example.test"), dbtest.Account(t, d, "b@example.test")
	phoneOf(t, d, first, 0, "one")
	reconcile(t, r)
	o.change(func() { o.tokens++ }) // the relay forgot the last one
	phoneOf(t, d, second, 0, "two")
	reconcile(t, r)
	if got := o.calls(); len(got) != 2 {
		t.Errorf("got %v", got)
	}
}
