package org_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/org"
)

func TestEachRuleThatChangesHasItsEvent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		owner, staff := p.account["owner"], p.account["staff"]
		yes, no := true, false
		all := org.NewRules{LimitCollectionCreation: &yes, LimitCollectionDeletion: &yes, LimitItemDeletion: &yes, AdminsAccessAll: &no}
		for _, name := range []string{"admin", "user", "manager", "accepted", "revoked", "stranger"} {
			_, err := s.SetRules(as(t, p.account[name]), p.account[name], p.org, all)
			absent(t, name, err)
		}
		p.heard(t, d)
		o, err := s.SetRules(as(t, owner), owner, p.org, all)
		fine(t, "all at once", err)
		if diff := cmp.Diff(org.Rules{LimitCollectionCreation: true, LimitCollectionDeletion: true, LimitItemDeletion: true}, o.Rules); diff != "" {
			t.Errorf("rules (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]int{1610, 1612, 1614, 1617}, events(t, d, string(p.org))); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"admin", "manager", "owner", "staff", "user"}, p.heard(t, d)); diff != "" {
			t.Errorf("who heard (-want +got):\n%s", diff)
		}
		_, err = s.SetRules(as(t, staff), staff, p.org, all)
		fine(t, "the same again", err)
		if n := len(events(t, d, string(p.org))); n != 4 || len(p.heard(t, d)) != 0 {
			t.Errorf("what changes nothing leaves %d events", n)
		}
		_, err = s.SetRules(as(t, staff), staff, p.org, org.NewRules{AdminsAccessAll: &yes, LimitItemDeletion: &no, LimitCollectionDeletion: &no, LimitCollectionCreation: &no})
		fine(t, "back by staff", err)
		if diff := cmp.Diff([]int{1611, 1613, 1615, 1616}, events(t, d, string(p.prov))); diff != "" {
			t.Errorf("events of the provider (-want +got):\n%s", diff)
		}
		before, err := s.Find(as(t, owner), owner, p.org)
		fine(t, "find", err)
		old := before.RevisedAt.Add(-time.Second)
		_, err = s.SetRules(as(t, owner), owner, p.org, org.NewRules{LimitItemDeletion: &yes, LastKnown: old})
		refused(t, "rules that somebody else changed", err, "Load it again")
		_, err = s.Update(as(t, owner), owner, p.org, org.Change{Name: "Late", LastKnown: old})
		refused(t, "a name that somebody else changed", err, "Load it again")
		_, err = s.Update(as(t, owner), owner, p.org, org.Change{Name: "In time", LastKnown: before.RevisedAt.Truncate(time.Millisecond)})
		fine(t, "a name as it was seen", err)
	})
}

func TestOnlyOwnersWhoAreNoStaffDecideWhatStaffReaches(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		both := dbtest.Account(t, d, "both@example.com")
		dbtest.Member(t, d, p.org, both, 0, 2)
		dbtest.Staff(t, d, p.prov, both, 0, 2)
		p.account["owner and staff"] = both
		for name, user := range p.account {
			if name == "owner" {
				continue
			}
			_, err := s.SetProviderItemAccess(as(t, user), user, p.org, false)
			absent(t, name, err)
		}
		owner := p.account["owner"]
		p.heard(t, d)
		for _, open := range []bool{false, false, true} {
			o, err := s.SetProviderItemAccess(as(t, owner), owner, p.org, open)
			if err != nil || o.ProviderItemAccess != open {
				t.Errorf("set to %v: %+v, %v", open, o.ProviderItemAccess, err)
			}
		}
		if diff := cmp.Diff([]int{1600, 1600}, events(t, d, string(p.org))); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"admin", "manager", "owner", "owner and staff", "staff", "user"}, p.heard(t, d)); diff != "" {
			t.Errorf("who heard (-want +got):\n%s", diff)
		}
	})
}

func TestWhoIsToldOfTheSubscription(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, managed, own := service(t, d), populate(t, d, dbtest.Columns{"status": 2}), populate(t, d, dbtest.Columns{"status": 1, "enabled": false})
		for name, user := range managed.account {
			_, err := s.FindSubscription(as(t, user), user, managed.org)
			if name == "staff" {
				fine(t, name+" of a managed client", err)
			} else {
				absent(t, name+" of a managed client", err)
			}
		}
		_, err := s.FindSubscription(as(t, own.account["owner"]), own.account["owner"], own.org)
		fine(t, "the owner of an own one", err)
		got, err := s.FindStanding(as(t, managed.account["user"]), managed.account["user"], managed.org)
		if err != nil || got != (org.Standing{Occupied: 6, Enabled: true, Managed: true}) {
			t.Errorf("standing of the managed one: %+v, %v", got, err)
		}
		got, err = s.FindStanding(as(t, own.account["user"]), own.account["user"], own.org)
		if err != nil || got.Enabled || got.Managed {
			t.Errorf("standing of the disabled one: %+v, %v", got, err)
		}
		_, err = s.FindStanding(as(t, own.account["accepted"]), own.account["accepted"], own.org)
		absent(t, "somebody not confirmed", err)
	})
}

func TestAnOwnerHandsTheOrganizationOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		owner, admin := p.account["owner"], p.account["admin"]
		dbtest.Exec(t, d, `DELETE FROM provider_clients WHERE org_id = $1`, p.org) // a provider would do as the last owner
		refused(t, "the last owner steps down", s.UpdateMember(as(t, owner), owner, p.org, p.row["owner"], org.EditMember{Role: 1}), "at least one confirmed owner")
		refused(t, "the last owner leaves", s.Leave(as(t, owner), owner, p.org), "at least one confirmed owner")
		fine(t, "the admin becomes an owner", s.UpdateMember(as(t, owner), owner, p.org, p.row["admin"], org.EditMember{Role: 0}))
		fine(t, "the old owner leaves", s.Leave(as(t, owner), owner, p.org))
		refused(t, "the new one is the last", s.Leave(as(t, admin), admin, p.org), "at least one confirmed owner")
	})
}
