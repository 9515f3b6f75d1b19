package org_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// claimDomain writes a domain of an organization, proved or waiting.
func claimDomain(t *testing.T, d *db.DB, of id.Org, name string, proved bool) {
	t.Helper()
	columns := dbtest.Columns{"org_id": of, "id": id.New[id.ClaimedDomain](), "name": name, "txt": "bw=", "checks": 0, "created_at": 1}
	if proved {
		columns["verified_at"] = 1
	}
	dbtest.Row(t, d, "claimed_domains", columns)
}

func TestWhoIsClaimed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ours, foreign, small := dbtest.Org(t, d, nil), dbtest.Org(t, d, nil), dbtest.Org(t, d, dbtest.Columns{"plan_type": 17})
		disabled := dbtest.Org(t, d, dbtest.Columns{"enabled": false})
		claimDomain(t, d, ours, "corp.example", true)
		claimDomain(t, d, ours, "later.example", false)
		claimDomain(t, d, small, "small.example", true)
		claimDomain(t, d, disabled, "closed.example", true)
		claimDomain(t, d, foreign, "foreign.example", true)
		for _, v := range []struct {
			email  string
			in     id.Org
			status int
			want   bool
		}{
			{"a@corp.example", ours, 2, true}, {"b@corp.example", ours, 1, true}, {"c@corp.example", ours, -1, true},
			{"d@notcorp.example", ours, 2, false}, {"e@sub.corp.example", ours, 2, false}, {"corp.example@other.example", ours, 2, false},
			{"f@later.example", ours, 2, false}, {"g@foreign.example", ours, 2, false}, {"h@corp.example", foreign, 2, false},
			{"i@small.example", small, 2, false}, {"j@closed.example", disabled, 2, false},
		} {
			user := dbtest.Account(t, d, v.email)
			dbtest.Member(t, d, v.in, user, 2, v.status)
			err := d.View(t.Context(), func(tx *db.Tx) error {
				owners, err := org.ClaimedBy(t.Context(), tx, user)
				if err != nil {
					return err
				}
				claimed, err := org.Claimed(t.Context(), tx, v.in, []id.User{user})
				if (len(owners) == 1) != v.want || claimed[user] != v.want {
					t.Errorf("%s of status %d: claimed %v, by %v; want %v", v.email, v.status, claimed, owners, v.want)
				}
				if moving := org.CheckAddress(t.Context(), tx, user, "x@elsewhere.example"); fault.Is(moving, fault.Invalid) != v.want {
					t.Errorf("%s moves elsewhere: %v", v.email, moving)
				}
				fine(t, v.email+" moves within", org.CheckAddress(t.Context(), tx, user, "new@corp.example"))
				return err
			})
			if v.in == ours {
				fine(t, v.email, err)
			}
		}
	})
}

func TestClaimedMembersStay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		dbtest.Exec(t, d, `UPDATE users SET email = 'user@corp.example' WHERE id = $1`, p.Account["user"])
		dbtest.Exec(t, d, `UPDATE members SET email = 'invited@corp.example' WHERE id = $1`, p.Row["invited"])
		claimDomain(t, d, p.Org, "corp.example", true)
		owner, user := p.Account["owner"], p.Account["user"]
		refused(t, "a claimed member leaves", s.Leave(as(t, user), user, p.Org), "belongs to this organization")
		refused(t, "a claimed member is removed", s.RemoveMember(as(t, owner), owner, p.Org, p.Row["user"]), "Revoke the member")
		fine(t, "another member leaves", s.Leave(as(t, p.Account["manager"]), p.Account["manager"], p.Org))
		fine(t, "an invitation to the domain is taken back", s.RemoveMember(as(t, owner), owner, p.Org, p.Row["invited"]))
		list, err := s.ListMembers(as(t, owner), owner, p.Org, org.With{})
		fine(t, "list", err)
		var claimed []id.Member
		for _, m := range list {
			if m.Claimed {
				claimed = append(claimed, m.ID)
			}
		}
		if diff := cmp.Diff([]id.Member{p.Row["user"]}, claimed); diff != "" {
			t.Errorf("shown as claimed (-want +got):\n%s", diff)
		}
	})
}
