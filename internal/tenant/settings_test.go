package tenant_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/tenant"
)

func TestEachRuleThatChangesHasItsEvent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		owner, staff := p.Account["owner"], p.Account["staff"]
		yes, no := true, false
		all := tenant.NewRules{LimitCollectionCreation: &yes, LimitCollectionDeletion: &yes, LimitItemDeletion: &yes, AdminsAccessAll: &no}
		for _, name := range []string{"admin", "user", "manager", "accepted", "revoked", "stranger"} {
			_, err := s.SetRules(as(t, p.Account[name]), p.Account[name], p.Org, all)
			absent(t, name, err)
		}
		p.Heard(t, d)
		o, err := s.SetRules(as(t, owner), owner, p.Org, all)
		fine(t, "all at once", err)
		if diff := cmp.Diff(tenant.Rules{LimitCollectionCreation: true, LimitCollectionDeletion: true, LimitItemDeletion: true}, o.Rules); diff != "" {
			t.Errorf("rules (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]int{1610, 1612, 1614, 1617}, events(t, d, string(p.Org))); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"admin", "manager", "owner", "staff", "user"}, p.Heard(t, d)); diff != "" {
			t.Errorf("who heard (-want +got):\n%s", diff)
		}
		_, err = s.SetRules(as(t, staff), staff, p.Org, all)
		fine(t, "the same again", err)
		if n := len(events(t, d, string(p.Org))); n != 4 || len(p.Heard(t, d)) != 0 {
			t.Errorf("what changes nothing leaves %d events", n)
		}
		_, err = s.SetRules(as(t, staff), staff, p.Org, tenant.NewRules{AdminsAccessAll: &yes, LimitItemDeletion: &no, LimitCollectionDeletion: &no, LimitCollectionCreation: &no})
		fine(t, "back by staff", err)
		if diff := cmp.Diff([]int{1611, 1613, 1615, 1616}, events(t, d, string(p.Provider))); diff != "" {
			t.Errorf("events of the provider (-want +got):\n%s", diff)
		}
		before, err := s.Find(as(t, owner), owner, p.Org)
		fine(t, "find", err)
		old := before.RevisedAt.Add(-time.Second)
		_, err = s.SetRules(as(t, owner), owner, p.Org, tenant.NewRules{LimitItemDeletion: &yes, LastKnown: old})
		refused(t, "rules that somebody else changed", err, "Load it again")
		_, err = s.Update(as(t, owner), owner, p.Org, tenant.Change{Name: "Late", LastKnown: old})
		refused(t, "a name that somebody else changed", err, "Load it again")
		_, err = s.Update(as(t, owner), owner, p.Org, tenant.Change{Name: "In time", LastKnown: before.RevisedAt.Truncate(time.Millisecond)})
		fine(t, "a name as it was seen", err)
	})
}

func TestOnlyOwnersWhoAreNoStaffDecideWhatStaffReaches(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		both := dbtest.Account(t, d, "both@example.com")
		dbtest.Member(t, d, p.Org, both, 0, 2)
		dbtest.Staff(t, d, p.Provider, both, 0, 2)
		p.Account["owner and staff"] = both
		for name, user := range p.Account {
			if name == "owner" {
				continue
			}
			_, err := s.SetProviderItemAccess(as(t, user), user, p.Org, false)
			absent(t, name, err)
		}
		owner := p.Account["owner"]
		p.Heard(t, d)
		for _, open := range []bool{false, false, true} {
			o, err := s.SetProviderItemAccess(as(t, owner), owner, p.Org, open)
			if err != nil || o.ProviderItemAccess != open {
				t.Errorf("set to %v: %+v, %v", open, o.ProviderItemAccess, err)
			}
		}
		if diff := cmp.Diff([]int{1600, 1600}, events(t, d, string(p.Org))); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"admin", "manager", "owner", "owner and staff", "staff", "user"}, p.Heard(t, d)); diff != "" {
			t.Errorf("who heard (-want +got):\n%s", diff)
		}
	})
}

func TestWhoIsToldOfTheSubscription(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, managed, own := service(t, d), populate(t, d, dbtest.Columns{"status": 2}), populate(t, d, dbtest.Columns{"status": 1, "enabled": false})
		for name, user := range managed.Account {
			_, err := s.FindSubscription(as(t, user), user, managed.Org)
			if name == "staff" {
				fine(t, name+" of a managed client", err)
			} else {
				absent(t, name+" of a managed client", err)
			}
		}
		_, err := s.FindSubscription(as(t, own.Account["owner"]), own.Account["owner"], own.Org)
		fine(t, "the owner of an own one", err)
		got, err := s.FindStanding(as(t, managed.Account["user"]), managed.Account["user"], managed.Org)
		if err != nil || got != (tenant.Standing{Occupied: 6, Enabled: true, Managed: true}) {
			t.Errorf("standing of the managed one: %+v, %v", got, err)
		}
		got, err = s.FindStanding(as(t, own.Account["user"]), own.Account["user"], own.Org)
		if err != nil || got.Enabled || got.Managed {
			t.Errorf("standing of the disabled one: %+v, %v", got, err)
		}
		_, err = s.FindStanding(as(t, own.Account["accepted"]), own.Account["accepted"], own.Org)
		absent(t, "somebody not confirmed", err)
	})
}
