package blob

import (
	"sync"

	"github.com/kastellan/kastellan/internal/id"
)

// most is how many files one account may bring to one node at once.
const most = 10

// gate bounds how many files each account brings at once. What arrives is in the store
// before it counts anywhere, so that many halves of uploads could fill it together.
type gate struct {
	mu     sync.Mutex
	inside map[id.User]int
}

// enter lets somebody in until they call leave, or says that too many of theirs are in.
func (g *gate) enter(who id.User) (leave func(), ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.inside[who] >= most {
		return nil, false
	}
	if g.inside == nil {
		g.inside = map[id.User]int{}
	}
	g.inside[who]++
	return sync.OnceFunc(func() { g.leave(who) }), true
}

func (g *gate) leave(who id.User) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.inside[who]--; g.inside[who] == 0 {
		delete(g.inside, who)
	}
}
