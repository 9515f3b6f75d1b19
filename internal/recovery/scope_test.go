package recovery_test

import (
	"testing"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
)

// A service user who reaches some clients, or for a time, would reach more by the
// account of a colleague.
func TestALimitedServiceUserTakesOverNoColleague(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		limit := func(name string, assigned bool, until any) {
			dbtest.Exec(t, d, `UPDATE provider_users SET assigned = $2, until = $3 WHERE user_id = $1`, w.people[name], assigned, until)
		}
		link := dbtest.Value[string](t, d, `SELECT id FROM provider_clients WHERE org_id = $1`, w.org)
		place := dbtest.Value[string](t, d, `SELECT id FROM provider_users WHERE user_id = $1`, w.people["service"])
		dbtest.Row(t, d, "reach_clients", dbtest.Columns{"provider_id": w.provider, "provider_user_id": id.ProviderUser(place), "client_id": link})
		for _, v := range []struct {
			name     string
			assigned bool
			until    any
			want     byte
		}{
			{"some clients", true, nil, 'n'},
			{"for a time", false, int64(1) << 52, 'n'},
			{"all clients", false, nil, 'y'},
		} {
			limit("service", v.assigned, v.until)
			if got := verdict(w.recover("service", "technician", temporary())); got != v.want {
				t.Errorf("%s: recovers a colleague %c, want %c", v.name, got, v.want)
			}
			if got := verdict(w.recover("service", "user2", temporary())); got != 'y' {
				t.Errorf("%s: recovers a member %c, want y", v.name, got)
			}
		}
	})
}
