package syncview

import (
	"container/list"
	"sync"
	"time"

	"github.com/kastellan/kastellan/internal/id"
)

type key struct {
	user        id.User
	withDomains bool
}

type entry struct {
	key     key
	revised time.Time
	until   time.Time // when something in it ends by itself; zero: never
	answer  []byte
}

// cache remembers the last answers; those that were not asked for longest go
// first. It holds what is in the database anyway, ciphertext and settings.
type cache struct {
	mu      sync.Mutex
	entries map[key]*list.Element
	order   list.List // of *entry, the latest in front
	bytes   int
}

// get answers what was built for this very revision, or nil.
func (c *cache) get(k key, revised, now time.Time) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[k]
	if !ok {
		return nil
	}
	found := e.Value.(*entry)
	if !found.revised.Equal(revised) || (!found.until.IsZero() && !now.Before(found.until)) {
		return nil
	}
	c.order.MoveToFront(e)
	return found.answer
}

// put remembers an answer and forgets others, so that all are at most limit bytes.
func (c *cache) put(k key, revised, until time.Time, answer []byte, limit int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old, ok := c.entries[k]; ok {
		if old.Value.(*entry).revised.After(revised) {
			return // a slow reader of an older snapshot
		}
		c.forget(old)
	}
	if cap(answer) > limit {
		return
	}
	if c.entries == nil {
		c.entries = map[key]*list.Element{}
	}
	c.entries[k] = c.order.PushFront(&entry{k, revised, until, answer})
	c.bytes += cap(answer)
	for c.bytes > limit {
		c.forget(c.order.Back())
	}
}

func (c *cache) forget(e *list.Element) {
	gone := c.order.Remove(e).(*entry)
	delete(c.entries, gone.key)
	c.bytes -= cap(gone.answer)
}
