package event_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

func TestClientsReportOnlyWhatIsTheirs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := &event.Collector{DB: d, Reach: access.Reach}
		now := time.Now().UTC().Truncate(time.Microsecond)
		d.Now = func() time.Time { return now }
		org, other := dbtest.Org(t, d, nil), dbtest.Org(t, d, nil)
		provider := dbtest.Provider(t, d, 2)
		dbtest.Client(t, d, provider, org)
		user, accepted, staff := dbtest.Account(t, d, "u@example.com"), dbtest.Account(t, d, "x@example.com"), dbtest.Account(t, d, "s@example.com")
		m := dbtest.Member(t, d, org, user, 2, 2)
		dbtest.Member(t, d, org, accepted, 0, 1)
		dbtest.Staff(t, d, provider, staff, 1, 2)
		shared := dbtest.Collection(t, d, org)
		dbtest.Share(t, d, org, shared, m, true, false, false)
		mine, hidden, foreign := dbtest.Cipher(t, d, org, shared), dbtest.Cipher(t, d, org), dbtest.Cipher(t, d, other)

		for _, v := range []struct {
			name   string
			who    id.User
			report event.Report
			want   []row
		}{
			{"viewed", user, event.Report{Type: 1107, Cipher: mine}, []row{{Tenant: string(org), Org: string(org), Cipher: string(mine)}}},
			{"viewed, said to be another organization's", user, event.Report{Type: 1107, Cipher: mine, Org: other}, []row{{Tenant: string(org), Org: string(org), Cipher: string(mine)}}},
			{"viewed by staff", staff, event.Report{Type: 1132, Cipher: hidden}, []row{
				{Tenant: string(org), Org: string(org), Cipher: string(hidden), Provider: string(provider)},
				{Tenant: string(provider), Org: string(org), Cipher: string(hidden), Provider: string(provider)},
			}},
			{"exported the organization", user, event.Report{Type: 1602, Org: org}, []row{{Tenant: string(org), Org: string(org)}}},
			{"exported the own vault", user, event.Report{Type: 1007}, []row{{Tenant: string(user)}, {Tenant: string(org), Org: string(org)}}},
			{"an item that the member cannot see", user, event.Report{Type: 1107, Cipher: hidden}, nil},
			{"an item of another organization", user, event.Report{Type: 1107, Cipher: foreign}, nil},
			{"an item that does not exist", user, event.Report{Type: 1107, Cipher: id.New[id.Cipher]()}, nil},
			{"no item", user, event.Report{Type: 1107, Org: org}, nil},
			{"another organization", user, event.Report{Type: 1602, Org: other}, nil},
			{"no organization", user, event.Report{Type: 1602}, nil},
			{"before being confirmed", accepted, event.Report{Type: 1602, Org: org}, nil},
			{"what the server alone can know: deleted", user, event.Report{Type: 1102, Cipher: mine}, nil},
			{"what the server alone can know: soft-deleted", user, event.Report{Type: 1115, Cipher: mine}, nil},
			{"what the server alone can know: logged in", user, event.Report{Type: 1000}, nil},
			{"what the server alone can know: purged", user, event.Report{Type: 1601, Org: org}, nil},
		} {
			v.report.At = now.Add(-time.Minute)
			if err := c.Collect(ctx(t, v.who), v.who, []event.Report{v.report}); err != nil {
				t.Errorf("%s: %v", v.name, err)
			}
			for i := range v.want {
				v.want[i].Type, v.want[i].At = int(v.report.Type), v.report.At.UnixMicro()
				v.want[i].Acting, v.want[i].Addr, v.want[i].Device = string(v.who), "192.0.2.1", 9
			}
			got := rows(t, d)
			if len(got) == 2 && len(v.want) == 2 && got[0].Tenant != v.want[0].Tenant {
				got[0], got[1] = got[1], got[0] // tenants are in random order
			}
			if diff := cmp.Diff(v.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", v.name, diff)
			}
			dbtest.Exec(t, d, `DELETE FROM events`)
		}
	})
}

func TestReportsAreBounded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := &event.Collector{DB: d, Reach: access.Reach}
		now := time.Now().UTC().Truncate(time.Microsecond)
		d.Now = func() time.Time { return now }
		user := dbtest.Account(t, d, "u@example.com")
		if err := c.Collect(ctx(t, user), user, make([]event.Report, event.MaxReports+1)); !fault.Is(err, fault.Invalid) {
			t.Errorf("101 reports: %v, want a refusal", err)
		}
		if err := c.Collect(ctx(t, user), user, nil); err != nil {
			t.Errorf("none: %v", err)
		}
		for name, at := range map[string]time.Time{"no date": {}, "the future": now.Add(time.Hour), "long ago": now.Add(-31 * 24 * time.Hour)} {
			if err := c.Collect(ctx(t, user), user, []event.Report{{Type: 1007, At: at}}); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if got := rows(t, d); len(got) != 1 || got[0].At != now.UnixMicro() {
				t.Errorf("%s: %+v, want the moment of the report", name, got)
			}
			dbtest.Exec(t, d, `DELETE FROM events`)
		}
	})
}
