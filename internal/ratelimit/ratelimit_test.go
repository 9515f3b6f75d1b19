package ratelimit_test

import (
	"bytes"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/token"
)

var login = ratelimit.Limit{Name: "login", Burst: 5, Every: time.Minute}

func limiter(t *testing.T, d *db.DB) *ratelimit.Limiter {
	t.Helper()
	k, err := token.NewKeeper(bytes.Repeat([]byte{1}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return &ratelimit.Limiter{DB: d, Tokens: k}
}

func TestBurstThenOnePerInterval(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.Unix(1_800_000_000, 0)
		d.Now = func() time.Time { return now }
		l := limiter(t, d)
		for i := range 5 {
			if err := l.Take(t.Context(), login, "a"); err != nil {
				t.Fatalf("try %d: %v", i, err)
			}
		}
		if err := l.Take(t.Context(), login, "a"); !fault.Is(err, fault.RateLimited) {
			t.Errorf("sixth try: %v, want RateLimited", err)
		}
		if err := l.Take(t.Context(), login, "b"); err != nil {
			t.Errorf("another subject: %v", err)
		}
		now = now.Add(time.Minute)
		l = limiter(t, d) // as after a restart
		if err := l.Take(t.Context(), login, "a"); err != nil {
			t.Errorf("after a minute: %v", err)
		}
		if err := l.Take(t.Context(), login, "a"); !fault.Is(err, fault.RateLimited) {
			t.Errorf("second after a minute: %v, want RateLimited", err)
		}
		if err := l.Forgive(t.Context(), login, "a"); err != nil {
			t.Fatal(err)
		}
		if err := l.Take(t.Context(), login, "a"); err != nil {
			t.Errorf("after Forgive: %v", err)
		}
	})
}

func TestManyAtOnceGetTheBurstAndNoMore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l := limiter(t, d)
		var passed atomic.Int64
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if l.Take(t.Context(), login, "a") == nil {
					passed.Add(1)
				}
			})
		}
		wg.Wait()
		if passed.Load() != 5 {
			t.Errorf("%d of 20 tries at once passed, want 5", passed.Load())
		}
	})
}

func TestTriesAreCountedTogetherAndGivenBackOneByOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.Unix(1_800_000_000, 0)
		d.Now = func() time.Time { return now }
		l := limiter(t, d)
		wide := ratelimit.Limit{Name: "wide", Burst: 7, Every: time.Second}
		both := []ratelimit.Try{{Limit: wide, Subject: "w"}, {Limit: login, Subject: "a"}}
		for range 5 {
			if err := l.TakeAll(t.Context(), both...); err != nil {
				t.Fatal(err)
			}
		}
		// The narrow limit refuses, so the wide one must not have counted.
		for range 3 {
			if err := l.TakeAll(t.Context(), both...); !fault.Is(err, fault.RateLimited) {
				t.Fatalf("got %v, want RateLimited", err)
			}
		}
		if err := l.Take(t.Context(), wide, "w"); err != nil {
			t.Errorf("the wide limit counted refused tries: %v", err)
		}
		if err := d.Update(t.Context(), func(tx *db.Tx) error { return l.Refund(t.Context(), tx, both[1]) }); err != nil {
			t.Fatal(err)
		}
		if err := l.Take(t.Context(), login, "a"); err != nil {
			t.Errorf("after a refund: %v", err)
		}
		if err := l.Take(t.Context(), login, "a"); !fault.Is(err, fault.RateLimited) {
			t.Errorf("a refund gave back more than one try: %v", err)
		}
	})
}
