package demo

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client"
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
		"items": {items, 500}, "members": {members, 80}, "clients": {len(customers), 7}, "technicians": {len(technicians), 4},
		"steps": {steps(), 1 + 4 + 7 + 80 + 500 + 2},
	} {
		if number[0] != number[1] {
			t.Errorf("%s: got %d, want %d", name, number[0], number[1])
		}
	}
}

// What the portal is to show is in the story: a client without a free seat, one
// that is closed, one plan with more seats than the provider has anyway and one
// with fewer, and technicians with part of the clients each.
func TestThePortalHasSomethingToShow(t *testing.T) {
	full, suspended := 0, 0
	assigned, tagged, domains := map[client.Plan]int{}, map[string]int{}, map[string]bool{}
	for _, c := range customers {
		assigned[c.plan] += c.seats()
		domains[c.domain] = true
		for _, tag := range c.tags {
			tagged[tag]++
		}
		if c.seats() == c.members-c.revoked {
			full++
		}
		if c.suspended {
			suspended++
		}
	}
	if full != 1 || suspended != 1 {
		t.Errorf("%d clients are full and %d suspended, want one of each", full, suspended)
	}
	if diff := cmp.Diff(map[string]int{"retail": 2, "health": 1, "24/7": 2, houseTag: 3}, tagged); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
	if assigned[client.Teams] <= SeatMinimums.Teams || assigned[client.Enterprise] >= SeatMinimums.Enterprise {
		t.Errorf("%v seats are assigned, the minimums are %+v", assigned, SeatMinimums)
	}
	for _, technician := range technicians {
		if technician.tag != "" && tagged[technician.tag] == 0 {
			t.Errorf("%s is for clients with the tag %q, which none has", technician.name, technician.tag)
		}
		if technician.client != "" && !domains[technician.client] {
			t.Errorf("%s is for the client %q, which there is not", technician.name, technician.client)
		}
	}
}

// Each state and role that there is can be seen somewhere; the head of each
// customer is in.
func TestWhoComesHowFar(t *testing.T) {
	states, roles, recoverable := map[client.Status]int{}, map[client.Role]int{}, 0
	for _, c := range customers {
		for i := range c.members {
			states[c.goal(i)]++
			roles[c.role(i)]++
			if c.recoverable(i) {
				recoverable++
			}
			if c.role(i) != client.User && c.goal(i) != client.Confirmed {
				t.Errorf("%s: person %d has role %d and comes as far as %d", c.name, i, c.role(i), c.goal(i))
			}
			if roleNames[c.role(i)] == "" {
				t.Errorf("role %d has no name", c.role(i))
			}
		}
	}
	want := map[client.Status]int{client.Invited: 5, client.Accepted: 5, client.Revoked: 5, client.Confirmed: 65}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[client.Role]int{client.Owner: 7, client.Admin: 7, client.Custom: 3, client.User: 63}, roles); diff != "" {
		t.Errorf("roles (-want +got):\n%s", diff)
	}
	if recoverable < 6 || recoverable > 30 {
		t.Errorf("%d people are enrolled in account recovery", recoverable)
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
