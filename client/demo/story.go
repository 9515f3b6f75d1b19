package demo

import (
	"fmt"
	"strings"

	"github.com/kastellan/kastellan/client"
)

// DefaultPassword is the master password of all demo accounts. Everybody can read
// it here: never fill a server that others can reach, unless with another one.
const DefaultPassword = "demo-only-never-in-earnest-1"

const providerName = "Example IT Services"

// person is somebody of the story. Everybody has another address.
type person struct {
	name, email string
}

func named(first, last string) person {
	return person{name: first + " " + last, email: strings.ToLower(first+"."+last) + "@example.test"}
}

var (
	admin       = named("Petra", "Provider")
	technicians = []technician{
		{named("Tessa", "Toolbox"), client.ProviderAdmin, "", ""},
		{named("Tom", "Ticket"), client.ServiceUser, "", ""},
		{named("Tilda", "Terminal"), client.ServiceUser, "retail", ""}, // for some weeks
		{named("Theo", "Trunk"), client.ServiceUser, "", "school"},
	}
)

// technician is somebody who works for the provider.
type technician struct {
	person
	role        client.ProviderRole
	tag, client string // of all that they reach; both empty for every client
}

// title is what they are, for the list of log-ins.
func (t technician) title() string {
	switch {
	case t.role == client.ProviderAdmin:
		return "provider admin"
	case t.tag != "":
		return "service user for some weeks for clients tagged " + t.tag
	case t.client != "":
		return "service user for one client"
	default:
		return "service user"
	}
}

// customer is a client of the provider.
type customer struct {
	name        string
	domain      string
	plan        client.Plan
	members     int // with the owner
	pending     int // of them, how many have not answered their invitation
	unconfirmed int // of them, how many wait to be confirmed
	revoked     int // of them, how many were suspended
	collections []string
	items       int
	tags        []string
	full        bool // no seat is free
	suspended   bool
}

var customers = []customer{
	{"Example Bakery", "bakery", client.Teams, 6, 0, 1, 0, []string{"Shop", "Bakehouse", "Suppliers"}, 45, []string{"retail"}, false, false},
	{"Example Dental Practice", "dental", client.Teams, 9, 1, 0, 1, []string{"Reception", "Treatment", "Billing"}, 60, []string{"health", "24/7"}, false, false},
	{"Example Garden Centre", "garden", client.Teams, 5, 0, 0, 0, []string{"Counter", "Greenhouse"}, 30, []string{"retail"}, true, false},
	{"Example Law Office", "law", client.Enterprise, 12, 1, 1, 1, []string{"Partners", "Courts", "Office", "IT"}, 85, []string{"enterprise"}, false, false},
	{"Example Logistics", "logistics", client.Enterprise, 22, 1, 1, 1, []string{"Dispatch", "Fleet", "Customs", "Finance", "IT/Network"}, 130, []string{"enterprise", "24/7"}, false, false},
	{"Example School Trust", "school", client.Enterprise, 23, 2, 2, 2, []string{"Head office", "Teachers", "Library", "Finance", "IT/Servers", "IT/Network"}, 130, []string{"enterprise"}, false, false},
	{"Example Print Shop", "print", client.Teams, 3, 0, 0, 0, []string{"Press", "Counter"}, 20, nil, false, true},
}

// seats leaves a little room, as people do, but for one who has to ask.
func (c customer) seats() int {
	if c.full {
		return c.members - c.revoked
	}
	return c.members + c.members/4 + 1
}

var (
	firstNames = []string{"Amber", "Bruno", "Clara", "Dario", "Elena", "Felix", "Greta", "Hugo", "Ida", "Jonas", "Karla", "Leo",
		"Mira", "Nils", "Olga", "Paul", "Quinn", "Rosa", "Sven", "Talia"}
	lastNames = []string{"Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel"}
)

// staff returns the people of the nth customer; the first is the owner.
func staff(n int) []person {
	before := 0
	for _, c := range customers[:n] {
		before += c.members
	}
	people := make([]person, customers[n].members)
	for i := range people {
		k := before + i
		people[i] = named(firstNames[k%len(firstNames)], lastNames[k/len(firstNames)%len(lastNames)])
	}
	return people
}

// role gives each client an administrator besides the owner, and the larger ones
// somebody who looks after the people without seeing the items.
func (c customer) role(i int) client.Role {
	switch {
	case i == 0:
		return client.Owner
	case i == 1:
		return client.Admin
	case i == 2 && c.plan == client.Enterprise:
		return client.Custom
	default:
		return client.User
	}
}

var roleNames = map[client.Role]string{client.Owner: "owner", client.Admin: "admin", client.Custom: "custom: people and groups", client.User: "user"}

// goal is how far the ith person comes: the last ones are still on their way, and
// some before them have been suspended.
func (c customer) goal(i int) client.Status {
	switch fromEnd := c.members - 1 - i; {
	case fromEnd < c.pending:
		return client.Invited
	case fromEnd < c.pending+c.unconfirmed:
		return client.Accepted
	case fromEnd < c.pending+c.unconfirmed+c.revoked:
		return client.Revoked
	default:
		return client.Confirmed
	}
}

// recoverable tells whose password the administrators may reset: every third one
// of those who joined, the owner among them, where the organization offers it.
func (c customer) recoverable(i int) bool {
	return c.plan == client.Enterprise && i%3 == 0 && c.goal(i) == client.Confirmed
}

// reference is what the customer's own directory calls something.
func (c customer) reference(name string) string {
	return c.domain + "-" + strings.ToLower(strings.NewReplacer(" ", "-", "/", "-").Replace(name))
}

// steps is how much there is to do, for the progress.
func steps() int {
	n := 1 + len(technicians) + len(customers) + 1 + 1 // the last two: Sends, and what the portal shows
	for _, c := range customers {
		n += c.members + c.items
	}
	return n
}

func (c customer) address(service string) string {
	return fmt.Sprintf("https://%s.%s.example.test", service, c.domain)
}
