package tenant_test

import (
	"testing"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

func TestSeatsAreSetByOwnersWhereNoProviderAssignsThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		own, client := p.Org, populate(t, d, dbtest.Columns{"status": 2, "seats": 10}) // status 2: managed by a provider
		owner := p.Account["owner"]
		fine(t, "set", s.SetSeats(as(t, owner), owner, own, 12))
		if seats, err := s.FindSeats(as(t, owner), owner, own); err != nil || seats != 12 {
			t.Errorf("%d seats, %v; want 12", seats, err)
		}
		if got := events(t, d, string(own)); len(got) != 1 || got[0] != 1600 {
			t.Errorf("events %v, want 1600", got)
		}
		refused(t, "fewer than are in use", s.SetSeats(as(t, owner), owner, own, 2), "in use")
		refused(t, "none", s.SetSeats(as(t, owner), owner, own, 0), "at least one")
		absent(t, "an admin", s.SetSeats(as(t, p.Account["admin"]), p.Account["admin"], own, 20))
		absent(t, "a stranger", s.SetSeats(as(t, p.Account["stranger"]), p.Account["stranger"], own, 20))
		boss := client.Account["owner"]
		refused(t, "a client's owner", s.SetSeats(as(t, boss), boss, client.Org, 20), "provider")
		if seats, err := s.FindSeats(as(t, boss), boss, client.Org); err != nil || seats != 10 {
			t.Errorf("%d seats, %v; want 10", seats, err)
		}
	})
}

// Apps show the seats, and remember what they got until something moves.
func TestPeopleHearOfOtherSeats(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		owner := p.Account["owner"]
		date := func() int64 { return dbtest.Value[int64](t, d, `SELECT revised_at FROM users WHERE id = $1`, owner) }
		before := date()
		fine(t, "set", s.SetSeats(as(t, owner), owner, p.Org, 30))
		if date() <= before {
			t.Error("the members' apps do not hear of it")
		}
	})
}
