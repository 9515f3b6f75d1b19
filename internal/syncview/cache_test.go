package syncview

import (
	"fmt"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/id"
)

func TestTheCacheStaysWithinItsBound(t *testing.T) {
	var c cache
	at := time.Unix(1, 0)
	k := func(i int) key { return key{user: id.User(fmt.Sprint(i))} }
	for i := range 100 {
		c.put(k(i), at, time.Time{}, make([]byte, 10), 35)
		c.get(k(0), at, at) // the one that is asked for stays
		if c.bytes > 35 || len(c.entries) != c.order.Len() {
			t.Fatalf("after %d: %d bytes, %d entries, %d in order", i, c.bytes, len(c.entries), c.order.Len())
		}
	}
	if c.get(k(0), at, at) == nil || c.get(k(99), at, at) == nil || c.get(k(50), at, at) != nil {
		t.Error("it did not forget those that were not asked for longest")
	}
	c.put(k(1), at, time.Time{}, make([]byte, 36), 35)
	if c.get(k(1), at, at) != nil || c.get(k(0), at, at) == nil {
		t.Error("an answer larger than the bound pushed out others")
	}
}

func TestOnlyTheSameRevisionIsRemembered(t *testing.T) {
	var c cache
	old, now, at := time.Unix(1, 0), time.Unix(2, 0), time.Unix(9, 0)
	k := key{user: "u"}
	c.put(k, now, time.Time{}, []byte("new"), 100)
	c.put(k, old, time.Time{}, []byte("old"), 100) // by a reader that was slow
	if got := c.get(k, now, at); string(got) != "new" {
		t.Errorf("got %q, want what is newest", got)
	}
	if c.get(k, old, at) != nil || c.get(key{user: "u", withDomains: true}, now, at) != nil || c.get(key{user: "v"}, now, at) != nil {
		t.Error("it answered for another revision, form or account")
	}
	if c.bytes != 3 {
		t.Errorf("%d bytes counted, want 3", c.bytes)
	}
}

func TestAnAnswerIsForgottenWhenSomethingInItEnds(t *testing.T) {
	var c cache
	revised, end := time.Unix(1, 0), time.Unix(100, 0)
	k := key{user: "u"}
	c.put(k, revised, end, []byte("while it lasts"), 100)
	if c.get(k, revised, end.Add(-time.Microsecond)) == nil {
		t.Error("forgotten before the end")
	}
	if c.get(k, revised, end) != nil {
		t.Error("still answered at the end")
	}
}
