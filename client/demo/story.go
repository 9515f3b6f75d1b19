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
	technicians = []struct {
		person
		role client.ProviderRole
	}{
		{named("Tessa", "Toolbox"), client.ProviderAdmin},
		{named("Tom", "Ticket"), client.ServiceUser},
		{named("Tilda", "Terminal"), client.ServiceUser},
		{named("Theo", "Trunk"), client.ServiceUser},
	}
)

// customer is a client of the provider.
type customer struct {
	name        string
	domain      string
	plan        client.Plan
	members     int // with the owner
	pending     int // of them, how many have not answered their invitation
	unconfirmed int // of them, how many wait to be confirmed
	collections []string
	items       int
}

var customers = []customer{
	{"Example Bakery", "bakery", client.Teams, 6, 0, 1, []string{"Shop", "Bakehouse", "Suppliers"}, 45},
	{"Example Dental Practice", "dental", client.Teams, 9, 1, 0, []string{"Reception", "Treatment", "Billing"}, 60},
	{"Example Garden Centre", "garden", client.Teams, 5, 0, 0, []string{"Counter", "Greenhouse"}, 30},
	{"Example Law Office", "law", client.Enterprise, 12, 1, 1, []string{"Partners", "Courts", "Office", "IT"}, 85},
	{"Example Logistics", "logistics", client.Enterprise, 22, 1, 1, []string{"Dispatch", "Fleet", "Customs", "Finance", "IT/Network"}, 130},
	{"Example School Trust", "school", client.Enterprise, 26, 2, 2, []string{"Head office", "Teachers", "Library", "Finance", "IT/Servers", "IT/Network"}, 150},
}

// seats leaves a little room, as people do.
func (c customer) seats() int { return c.members + c.members/4 + 1 }

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

// role gives each client an administrator besides the owner.
func role(i int) client.Role {
	switch i {
	case 0:
		return client.Owner
	case 1:
		return client.Admin
	default:
		return client.User
	}
}

// steps is how much there is to do, for the progress.
func steps() int {
	n := 1 + len(technicians) + len(customers)
	for _, c := range customers {
		n += c.members + c.items
	}
	return n
}

func (c customer) address(service string) string {
	return fmt.Sprintf("https://%s.%s.example.test", service, c.domain)
}
