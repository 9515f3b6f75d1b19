package provider_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
)

// tags are the names that somebody finds, with the number of clients.
func (f *fleet) tags(user id.User) map[string]int {
	f.t.Helper()
	list, err := f.s.ListTags(as(f.t, user), user, f.p)
	fine(f.t, "tags", err)
	out := map[string]int{}
	for _, tag := range list {
		out[tag.Name] = len(tag.Clients)
	}
	return out
}

func TestTagsOfClients(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 3)
		f.tag("Empty")
		gold := f.tag("Gold", 0, 1)
		f.tag("Silver", 2)
		if diff := cmp.Diff(map[string]int{"Empty": 0, "Gold": 2, "Silver": 1}, f.tags(f.tech)); diff != "" {
			t.Errorf("who reaches everything (-want +got):\n%s", diff)
		}
		fine(t, "reach", f.set(provider.Reach{Assigned: true, Clients: to(f.clients[1])}))
		if diff := cmp.Diff(map[string]int{"Gold": 1}, f.tags(f.tech)); diff != "" {
			t.Errorf("who reaches one client (-want +got):\n%s", diff)
		}
		list, err := f.s.ListClients(as(t, f.admin), f.admin, f.p)
		fine(t, "clients", err)
		if !slices.Equal(list[0].Tags, []id.ProviderTag{gold}) {
			t.Errorf("tags of a client: %v", list[0].Tags)
		}
		fine(t, "rename", f.s.RenameTag(as(t, f.admin), f.admin, f.p, gold, "Gold plus"))
		fine(t, "rename to the same", f.s.RenameTag(as(t, f.admin), f.admin, f.p, gold, "GOLD plus"))
		if _, ok := f.tags(f.admin)["GOLD plus"]; !ok {
			t.Errorf("tags: %v", f.tags(f.admin))
		}
	})
}

func TestBadTags(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f, other := newFleet(t, d, 1), newOtherFleet(t, d)
		gold, foreign := f.tag("Gold", 0), other.tag("Gold")
		create := func(user id.User, name string) error {
			_, err := f.s.CreateTag(as(t, user), user, f.p, name)
			return err
		}
		put := func(user id.User, client id.ProviderClient, tags ...id.ProviderTag) error {
			return f.s.TagClient(as(t, user), user, f.p, client, tags)
		}
		refused(t, "a name that is taken", create(f.admin, "gold"), "already")
		refused(t, "no name", create(f.admin, " "), "1 to 50")
		absent(t, "a service user creates", create(f.tech, "x"))
		absent(t, "a service user renames", f.s.RenameTag(as(t, f.tech), f.tech, f.p, gold, "x"))
		absent(t, "a service user deletes", f.s.DeleteTag(as(t, f.tech), f.tech, f.p, gold))
		absent(t, "a service user tags", put(f.tech, f.clients[0], gold))
		absent(t, "another provider's tag", put(f.admin, f.clients[0], gold, foreign))
		absent(t, "another provider's client", put(f.admin, other.clients[0], gold))
		absent(t, "renaming another provider's tag", f.s.RenameTag(as(t, f.admin), f.admin, f.p, foreign, "x"))
		absent(t, "deleting another provider's tag", f.s.DeleteTag(as(t, f.admin), f.admin, f.p, foreign))
		if diff := cmp.Diff(map[string]int{"Gold": 1}, f.tags(f.admin)); diff != "" {
			t.Errorf("tags (-want +got):\n%s", diff)
		}
	})
}

// Scopes hang on tags, so whose scope changes hears of it, and so does the log.
func TestWhoseReachChangesByATagHearsOfIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 2)
		gold, silver := f.tag("Gold"), f.tag("Silver")
		fine(t, "reach", f.set(provider.Reach{Assigned: true, Tags: to(gold)}))
		logged := len(f.log())
		heard := func(what string, want bool, act func() error) {
			t.Helper()
			before := f.revised(f.tech)
			fine(t, what, act())
			if got := f.revised(f.tech) > before; got != want {
				t.Errorf("%s: the technician hears of it: %v, want %v", what, got, want)
			}
			if got := len(f.log()) > logged; got != want {
				t.Errorf("%s: the log has it: %v, want %v", what, got, want)
			}
			logged = len(f.log())
		}
		put := func(tags ...id.ProviderTag) func() error {
			return func() error { return f.s.TagClient(as(t, f.admin), f.admin, f.p, f.clients[0], tags) }
		}
		heard("another tag", false, put(silver))
		heard("the tag", true, put(silver, gold))
		heard("the same tags", false, put(gold, silver))
		heard("without the tag", true, put(silver))
		heard("deleting another tag", false, func() error { return f.s.DeleteTag(as(t, f.admin), f.admin, f.p, silver) })
		heard("deleting the tag", true, func() error { return f.s.DeleteTag(as(t, f.admin), f.admin, f.p, gold) })
	})
}
