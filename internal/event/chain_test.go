package event_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/token"
)

func notary(t *testing.T, secret byte) *event.Notary {
	t.Helper()
	k, err := token.NewKeeper(bytes.Repeat([]byte{secret}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return event.NewNotary(k)
}

func chainer(t *testing.T, d *db.DB) *event.Chainer {
	t.Helper()
	return &event.Chainer{DB: d, Notary: notary(t, 7), Log: slog.Default()}
}

func chain(t *testing.T, d *db.DB) {
	t.Helper()
	if damaged, err := chainer(t, d).CatchUp(t.Context()); err != nil || len(damaged) > 0 {
		t.Fatalf("chain: %v, damaged: %v", err, damaged)
	}
}

// many are events of one log, all of one moment.
func many(org id.Org, n int) []event.Event {
	list := make([]event.Event, n)
	for i := range list {
		list[i] = event.Event{Type: event.CipherUpdated, Org: org, Cipher: id.New[id.Cipher]()}
	}
	return list
}

// The bytes under a mac never change without a new version: every log that was
// ever chained would look damaged.
func TestTheProofOfAnEntryIsFixed(t *testing.T) {
	n := notary(t, 7)
	got := n.MACOf([]byte{1, 2}, 3, "tenant", "id", int64(1_700_000_000_000_000), int64(1600), nil, "", []byte{0})
	if want := "48cb099c4f3912c726e2f6a9b2a09572ac1cbcd13e92fd68112e2bdbb6526288"; got != want {
		t.Errorf("mac = %s, want %s", got, want)
	}
	for name, other := range map[string]string{
		"nothing is not an empty text": n.MACOf(nil, 1, nil), "an empty text is one": n.MACOf(nil, 1, ""), "a text is not bytes": n.MACOf(nil, 1, []byte{}),
		"where one column ends": n.MACOf(nil, 1, "ab", "c"), "and the next begins": n.MACOf(nil, 1, "a", "bc"), "the place": n.MACOf(nil, 2, "ab", "c"),
		"the one before": n.MACOf([]byte{1}, 1, "ab", "c"), "the key": notary(t, 8).MACOf(nil, 1, "ab", "c"),
	} {
		if other == got {
			t.Errorf("%s: the mac is the same", name)
		}
		got = other
	}
}

func TestChainingGoesOnWhereACrashLeftIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		org := id.New[id.Org]()
		write(t, d, "a", many(org, 1200)...)
		c, crash := chainer(t, d), errors.New("the process was killed")
		count := func() int { return dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE seq IS NOT NULL`) }
		if err := c.ChainOnce(t.Context(), crash); !errors.Is(err, crash) || count() != 0 {
			t.Fatalf("%v: a batch that was not committed left %d chained", err, count())
		}
		if err := c.ChainOnce(t.Context(), nil); err != nil || count() != 500 {
			t.Fatalf("%v: a batch chained %d entries, want 500", err, count())
		}
		if err := c.ChainOnce(t.Context(), crash); !errors.Is(err, crash) || count() != 500 {
			t.Fatalf("%v: after the second crash %d are chained", err, count())
		}
		chain(t, d)
		whole(t, d, 1200)
	})
}

func TestNodesChainOneDatabaseTogether(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		orgs := []id.Org{id.New[id.Org](), id.New[id.Org](), id.New[id.Org]()}
		var writers, nodes sync.WaitGroup
		done := make(chan struct{})
		for range 3 {
			nodes.Go(func() {
				for last := false; !last; {
					select {
					case <-done:
						last = true
					default:
					}
					if damaged, err := chainer(t, d).CatchUp(t.Context()); err != nil || len(damaged) > 0 {
						t.Errorf("chain: %v, %v", err, damaged)
						return
					}
				}
			})
		}
		for range 2 {
			writers.Go(func() {
				for i := range 20 {
					err := d.Update(t.Context(), func(tx *db.Tx) error { return event.Append(ctx(t, "a"), tx, many(orgs[i%3], 25)...) })
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		writers.Wait()
		close(done)
		nodes.Wait()
		whole(t, d, 1000)
	})
}

// Whoever is waiting for an act does not wait for its place in the chain, but
// that does not take long either.
func TestACommitWakesTheChainer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		running, stop := context.WithCancel(t.Context())
		var wait sync.WaitGroup
		wait.Go(func() {
			if err := chainer(t, d).Run(running); err != nil {
				t.Error(err)
			}
		})
		defer wait.Wait()
		defer stop()
		soon := time.NewTicker(50 * time.Millisecond)
		defer soon.Stop()
		for round := 1; round <= 3; round++ {
			write(t, d, "a", many("org", 1)...)
			for tries := 0; dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE seq IS NOT NULL`) < round; tries++ {
				if tries > 200 { // half of the time that the timer takes
					t.Fatalf("round %d: the entry is still not chained", round)
				}
				<-soon.C
			}
		}
	})
}

func TestABatchCostsAConstantNumberOfStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, logs := range []int{1, 100} {
			var list []event.Event
			for range logs {
				list = append(list, many(id.New[id.Org](), 4)...)
			}
			write(t, d, "a", list...)
			var count atomic.Int64
			if _, err := chainer(t, d).CatchUp(db.CountStatements(t.Context(), &count)); err != nil || count.Load() != 13 {
				t.Errorf("%d logs: %v, %d statements, want 13", logs, err, count.Load())
			}
		}
	})
}

// whole expects n entries and no damage.
func whole(t *testing.T, d *db.DB, n int64) event.Verdict {
	t.Helper()
	v, err := (&event.Verifier{DB: d, Notary: notary(t, 7)}).Verify(t.Context(), nil)
	if err != nil || len(v.Damages) > 0 || v.Entries != n || v.Unchained != 0 {
		t.Fatalf("%v, %+v; want %d entries without damage", err, v, n)
	}
	return v
}
