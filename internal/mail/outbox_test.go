package mail

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/token"
)

// postman is the outer edge: it notes what it is given and fails as told.
type postman struct {
	mu    sync.Mutex
	given []Message
	fail  func(n int) error
}

func (p *postman) Send(_ context.Context, m Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.given = append(p.given, m)
	if p.fail == nil {
		return nil
	}
	return p.fail(len(p.given))
}

func (p *postman) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.given)
}

type fixture struct {
	db     *db.DB
	out    *Outbox
	post   *postman
	log    *bytes.Buffer
	now    time.Time
	secret []byte
}

func newFixture(t *testing.T, d *db.DB) *fixture {
	t.Helper()
	f := &fixture{db: d, post: &postman{}, log: &bytes.Buffer{}, now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), secret: bytes.Repeat([]byte{7}, 32)}
	d.Now = func() time.Time { return f.now }
	keeper, err := token.NewKeeper(f.secret)
	if err != nil {
		t.Fatal(err)
	}
	f.out = NewOutbox(d, keeper, f.post, slog.New(slog.NewTextHandler(f.log, nil)))
	return f
}

func (f *fixture) queue(t *testing.T, m Message) {
	t.Helper()
	if err := f.db.Update(t.Context(), func(tx *db.Tx) error { return f.out.Queue(t.Context(), tx, m) }); err != nil {
		t.Fatal(err)
	}
}

func (f *fixture) sendDue(t *testing.T) {
	t.Helper()
	if _, err := f.out.sendDue(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (f *fixture) waiting(t *testing.T) int {
	t.Helper()
	var n int
	err := f.db.View(t.Context(), func(tx *db.Tx) (err error) {
		n, err = db.One(t.Context(), tx, db.Value[int], `SELECT count(*) FROM mail_outbox`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

var message = Message{To: "anna@example.com", Subject: "Hello", Text: "the link is t0k3n", HTML: "<p>t0k3n</p>"}

func TestQueuedLetterIsSentOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFixture(t, d)
		f.queue(t, message)
		f.sendDue(t)
		f.now = f.now.Add(48 * time.Hour)
		f.sendDue(t)
		if len(f.post.given) != 1 || f.post.given[0] != message {
			t.Errorf("sent %+v", f.post.given)
		}
		if n := f.waiting(t); n != 0 {
			t.Errorf("%d letters wait", n)
		}
	})
}

func TestLetterOfAFailedActIsNotSent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFixture(t, d)
		failure := errors.New("the act failed")
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			if err := f.out.Queue(t.Context(), tx, message); err != nil {
				t.Error(err)
			}
			return failure
		})
		if !errors.Is(err, failure) {
			t.Fatal(err)
		}
		f.sendDue(t)
		if f.post.count() != 0 || len(f.out.wake) != 0 {
			t.Errorf("sent %d, woken %d", f.post.count(), len(f.out.wake))
		}
	})
}

func TestStoredLetterIsSealed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFixture(t, d)
		f.queue(t, message)
		err := d.View(t.Context(), func(tx *db.Tx) error {
			sealed, err := db.One(t.Context(), tx, db.Value[[]byte], `SELECT sealed FROM mail_outbox`)
			for _, plain := range []string{"anna", "Hello", "t0k3n"} {
				if bytes.Contains(sealed, []byte(plain)) {
					t.Errorf("%q can be read in the database", plain)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestFailedLetterWaitsLongerEachTimeAndIsGivenUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFixture(t, d)
		f.post.fail = func(int) error { return errors.New("reach the mail server: refused") }
		f.queue(t, message)
		f.sendDue(t)
		for i, wait := range waits {
			f.now = f.now.Add(wait - time.Second)
			f.sendDue(t)
			if got := f.post.count(); got != i+1 {
				t.Fatalf("before the wait of %s: %d tries, want %d", wait, got, i+1)
			}
			f.now = f.now.Add(time.Second)
			f.sendDue(t)
			if got := f.post.count(); got != i+2 {
				t.Fatalf("after the wait of %s: %d tries, want %d", wait, got, i+2)
			}
		}
		if n := f.waiting(t); n != 0 {
			t.Errorf("%d letters wait after the last try", n)
		}
		if !strings.Contains(f.log.String(), "given up") || strings.Contains(f.log.String(), "anna") {
			t.Errorf("log: %s", f.log)
		}
	})
}

func TestRefusedLetterIsNotTriedAgain(t *testing.T) {
	f := newFixture(t, dbtest.SQLite(t))
	f.post.fail = func(int) error { return errRefused{"no such mailbox"} }
	f.queue(t, message)
	f.sendDue(t)
	if n := f.waiting(t); n != 0 || !strings.Contains(f.log.String(), "no such mailbox") {
		t.Errorf("%d letters wait; log: %s", n, f.log)
	}
}

func TestTwoNodesSendALetterOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFixture(t, d)
		for range 30 {
			f.queue(t, message)
		}
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for range 10 {
					if _, err := f.out.sendDue(t.Context()); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if got := f.post.count(); got != 30 {
			t.Errorf("sent %d letters, want 30", got)
		}
	})
}

func TestLetterOfACrashedNodeIsSentAfterTheLease(t *testing.T) {
	f := newFixture(t, dbtest.SQLite(t))
	f.queue(t, message)
	err := f.db.Update(t.Context(), func(tx *db.Tx) error { // a node takes it and is gone
		_, err := takeDue(t.Context(), tx, batch)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	f.sendDue(t)
	if f.post.count() != 0 {
		t.Error("sent while another node had it")
	}
	f.now = f.now.Add(lease)
	f.sendDue(t)
	if f.post.count() != 1 {
		t.Errorf("sent %d times after the lease", f.post.count())
	}
}

func TestLetterSealedWithAnotherKeyIsGivenUp(t *testing.T) {
	f := newFixture(t, dbtest.SQLite(t))
	f.queue(t, message)
	other, err := token.NewKeeper(bytes.Repeat([]byte{8}, 32))
	if err != nil {
		t.Fatal(err)
	}
	f.out.keeper = other
	f.sendDue(t)
	if f.post.count() != 0 || f.waiting(t) != 0 || !strings.Contains(f.log.String(), "the secret key is not the one") {
		t.Errorf("sent %d, waiting %d, log: %s", f.post.count(), f.waiting(t), f.log)
	}
}

func TestRunSendsWhatACommitQueues(t *testing.T) {
	f := newFixture(t, dbtest.SQLite(t))
	sent := make(chan struct{}, 1)
	f.post.fail = func(int) error { sent <- struct{}{}; return nil }
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- f.out.Run(ctx) }()
	f.queue(t, message)
	select {
	case <-sent:
	case <-time.After(5 * time.Second):
		t.Error("not sent within five seconds")
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if n := f.waiting(t); n != 0 {
		t.Errorf("%d letters wait after the stop", n)
	}
}
