package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kastellan/kastellan/client"
)

func TestPatientWaitsAsLongAsTheServerAsks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin, tries := time.Now(), 0
		err := patient(t.Context(), func() error {
			if tries++; tries < 3 {
				return &client.Error{Status: http.StatusTooManyRequests, RetryAfter: 7 * time.Second}
			}
			return nil
		})
		if err != nil || tries != 3 || time.Since(begin) != 14*time.Second {
			t.Errorf("got %v after %d tries and %v, want nil after 3 and 14s", err, tries, time.Since(begin))
		}
	})
}

func TestPatientEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		other := &client.Error{Status: http.StatusBadRequest}
		if err := patient(t.Context(), func() error { return other }); !errors.Is(err, other) {
			t.Errorf("another refusal: got %v, want %v", err, other)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		busy := func() error { return &client.Error{Status: http.StatusTooManyRequests} }
		if err := patient(ctx, busy); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("cancelled: got %v, want %v", err, context.DeadlineExceeded)
		}
	})
}

func TestEachRunsFewAtOnceAndStopsAtTheFirstError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		running, most, begun := 0, 0, 0
		failure := errors.New("failure")
		err := each(t.Context(), 50, func(context.Context, int) error {
			mu.Lock()
			running, begun = running+1, begun+1
			most = max(most, running)
			fail := begun == 10
			mu.Unlock()
			time.Sleep(time.Second)
			mu.Lock()
			running--
			mu.Unlock()
			if fail {
				return failure
			}
			return nil
		})
		if !errors.Is(err, failure) || most != workers || begun > 10+workers {
			t.Errorf("got %v, %d at once, %d begun", err, most, begun)
		}
	})
}

func TestFillRefusesAServerWithMail(t *testing.T) {
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Method+" "+r.URL.Path)
		fmt.Fprint(w, `{"kastellan":{"mail":true}}`)
	}))
	t.Cleanup(server.Close)
	c, err := client.New(server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Fill(t.Context(), Options{Client: c}); !errors.Is(err, ErrMail) {
		t.Errorf("got %v, want %v", err, ErrMail)
	}
	if want := []string{"GET /api/config"}; !slices.Equal(asked, want) {
		t.Errorf("asked %v, want %v: nothing may be begun", asked, want)
	}
}

func TestFillNeedsAServerAndALink(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c, err := client.New("http://127.0.0.1:1", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Fill(ctx, Options{Client: c, SetUpLink: "https://x.test/#/vault"}); !errors.Is(err, client.ErrLink) {
		t.Errorf("bad link: got %v, want %v", err, client.ErrLink)
	}
	if _, err := Fill(ctx, Options{Client: c}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v, want %v", err, context.Canceled)
	}
}
