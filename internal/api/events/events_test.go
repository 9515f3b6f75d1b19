package events_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/api/events"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/wire"
)

// Anything but 200 makes clients send the same events again, so that is the
// answer also to those that are dropped.
func TestReportsAreAnsweredWith200(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		user, org := dbtest.Account(t, d, "u@example.com"), dbtest.Org(t, d, nil)
		member := dbtest.Member(t, d, org, user, 2, 2)
		c := dbtest.Collection(t, d, org)
		dbtest.Share(t, d, org, c, member, true, false, false)
		cipher := string(dbtest.Cipher(t, d, org, c))
		api := &events.API{Events: &event.Collector{DB: d, Reach: access.Reach}}
		for _, v := range []struct {
			name, body     string
			status, stored int
		}{
			{"viewed", `[{"type":1107,"cipherId":"` + cipher + `","organizationId":null,"date":"2026-11-22T10:00:00.000Z"}]`, 200, 1},
			{"in upper case, without a date", `[{"Type":1111,"CipherId":"` + strings.ToUpper(cipher) + `"}]`, 200, 1},
			{"one of two", `[{"type":1107,"cipherId":"nonsense"},{"type":1107,"cipherId":"` + cipher + `"}]`, 200, 1},
			{"of a kind that clients may not report", `[{"type":1102,"cipherId":"` + cipher + `"}]`, 200, 0},
			{"none", `[]`, 200, 0},
			{"no body", ``, 400, 0},
			{"no list", `{"type":1107}`, 400, 0},
			{"too many", `[` + strings.Repeat(`{"type":1007},`, 100) + `{"type":1007}]`, 400, 0},
		} {
			r := httptest.NewRequest("POST", "/events/collect", strings.NewReader(v.body))
			r = r.WithContext(reqctx.WithActor(r.Context(), reqctx.Actor{User: user}))
			w := httptest.NewRecorder()
			wire.Adapt(api.Routes()[0].Handle).ServeHTTP(w, r)
			stored := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events`)
			if w.Code != v.status || stored != v.stored {
				t.Errorf("%s: %d with %d stored, want %d with %d", v.name, w.Code, stored, v.status, v.stored)
			}
			dbtest.Exec(t, d, `DELETE FROM events`)
		}
	})
}
