package demo

import (
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/client/seal"
	"github.com/kastellan/kastellan/client/totp"
)

func TestTheStoryHoldsTogether(t *testing.T) {
	seen := map[string]bool{admin.email: true}
	var items, members int
	for _, technician := range technicians {
		seen[technician.email] = true
	}
	for n, c := range customers {
		items += c.items
		members += c.members
		if c.members > c.seats() {
			t.Errorf("%s has %d members in %d seats", c.name, c.members, c.seats())
		}
		if !strings.HasPrefix(c.name, "Example ") {
			t.Errorf("%s does not look invented", c.name)
		}
		for _, p := range staff(n) {
			if seen[p.email] {
				t.Errorf("%s appears twice", p.email)
			}
			seen[p.email] = true
		}
	}
	for email := range seen {
		if !strings.HasSuffix(email, "@example.test") {
			t.Errorf("%s is an address that may belong to somebody", email)
		}
	}
	for name, number := range map[string][2]int{
		"items": {items, 500}, "members": {members, 80}, "clients": {len(customers), 6}, "technicians": {len(technicians), 4},
		"steps": {steps(), 1 + 4 + 6 + 80 + 500},
	} {
		if number[0] != number[1] {
			t.Errorf("%s: got %d, want %d", name, number[0], number[1])
		}
	}
}

// Filling again tells items by their names.
func TestInventedItems(t *testing.T) {
	key := seal.NewKey()
	for _, c := range customers {
		names, kinds := make(map[string]bool), make(map[item.Type]int)
		for i := range c.items {
			view, err := invent(c, i)
			if err != nil {
				t.Fatal(err)
			}
			again, err := invent(c, i)
			if err != nil || again.Name != view.Name {
				t.Errorf("%s: %q is called %q the next time", c.name, view.Name, again.Name)
			}
			if names[view.Name] {
				t.Errorf("%s: %q appears twice", c.name, view.Name)
			}
			names[view.Name] = true
			kinds[view.Type]++
			cipher, err := view.Seal(key)
			if err != nil {
				t.Fatal(err)
			}
			if opened, err := cipher.Open(key); err != nil || opened.Name != view.Name {
				t.Errorf("%s: %q does not open: %v", c.name, view.Name, err)
			}
			if view.Login != nil && view.Login.TOTP != "" {
				if g, err := totp.Parse(view.Login.TOTP); err != nil || len(g.Code(time.Now())) != 6 {
					t.Errorf("%s: %q has no working code: %v", c.name, view.Name, err)
				}
			}
		}
		n := 1 + len(c.collections)
		mixed := make([]map[bool]bool, n) // of each collection: whether it has log-ins, and others
		for i := range c.items {
			if mixed[shelf(i, n)] == nil {
				mixed[shelf(i, n)] = make(map[bool]bool)
			}
			mixed[shelf(i, n)][i%2 == 0] = true
		}
		for at, both := range mixed {
			if len(both) != 2 {
				t.Errorf("%s: collection %d has only one kind of item", c.name, at)
			}
		}
		for kind := item.LoginType; kind <= item.PassportType; kind++ {
			if kinds[kind] == 0 {
				t.Errorf("%s has nothing of type %d", c.name, kind)
			}
		}
	}
}
