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
		c.put(k(i), at, make([]byte, 10), 35)
		c.get(k(0), at) // the one that is asked for stays
		if c.bytes > 35 || len(c.entries) != c.order.Len() {
			t.Fatalf("after %d: %d bytes, %d entries, %d in order", i, c.bytes, len(c.entries), c.order.Len())
		}
	}
	if c.get(k(0), at) == nil || c.get(k(99), at) == nil || c.get(k(50), at) != nil {
		t.Error("it did not forget those that were not asked for longest")
	}
	c.put(k(1), at, make([]byte, 36), 35)
	if c.get(k(1), at) != nil || c.get(k(0), at) == nil {
		t.Error("an answer larger than the bound pushed out others")
	}
}

func TestOnlyTheSameRevisionIsRemembered(t *testing.T) {
	var c cache
	old, now := time.Unix(1, 0), time.Unix(2, 0)
	k := key{user: "u"}
	c.put(k, now, []byte("new"), 100)
	c.put(k, old, []byte("old"), 100) // by a reader that was slow
	if got := c.get(k, now); string(got) != "new" {
		t.Errorf("got %q, want what is newest", got)
	}
	if c.get(k, old) != nil || c.get(key{user: "u", withDomains: true}, now) != nil || c.get(key{user: "v"}, now) != nil {
		t.Error("it answered for another revision, form or account")
	}
	if c.bytes != 3 {
		t.Errorf("%d bytes counted, want 3", c.bytes)
	}
}
