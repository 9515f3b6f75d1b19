package policy

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

var (
	allRoles    = []access.Role{access.Owner, access.Admin, access.User, access.Custom}
	allStatuses = []org.MemberStatus{org.Revoked, org.Invited, org.Accepted, org.Confirmed, 3}
)

// exemptions is the table: the roles that a type binds, the statuses (revoked,
// invited, accepted, confirmed, staged), and whether the provider's people are
// bound like everybody else.
var exemptions = [numberOfTypes]struct {
	roles, statuses string
	staff           bool
}{
	TwoStep:             {"..uc", "riacs", false},
	MasterPasswordRules: {"oauc", "..ac.", false},
	Generator:           {"oauc", "..ac.", false},
	SingleOrg:           {"..uc", "riacs", false},
	RequireSSO:          {"..uc", "..ac.", false},
	DataOwnership:       {"..uc", "..ac.", false},
	DisableSend:         {"..uc", "..ac.", false},
	SendOptions:         {"..uc", "..ac.", false},
	AccountRecovery:     {"oauc", ".iacs", true},
	Timeout:             {".auc", "..ac.", false},
	NoPersonalExport:    {"..uc", "..ac.", false},
	ActivateAutofill:    {"..uc", "..ac.", false},
	SSOLogIn:            {"..uc", "..ac.", false},
	NoFamilies:          {"oauc", "..ac.", false},
	NoPIN:               {"oauc", "..ac.", false},
	ItemTypes:           {"oauc", "..ac.", false},
	URIMatch:            {"..uc", "..ac.", false},
	Autotype:            {"..uc", "..ac.", false},
	AutoConfirm:         {"oauc", "riacs", true},
	ClaimedDomains:      {"oauc", "..ac.", false},
	Banner:              {"oauc", "..ac.", false},
	SendControls:        {"..uc", "..ac.", false},
	FillAssist:          {"oauc", "..ac.", false},
}

func expected(t Type, s standing) bool {
	e := exemptions[t]
	role := map[access.Role]string{access.Owner: "o", access.Admin: "a", access.User: "u", access.Custom: "c"}[s.Role]
	at := map[org.MemberStatus]int{org.Revoked: 0, org.Invited: 1, org.Accepted: 2, org.Confirmed: 3, 3: 4}[s.Status]
	place := map[access.Role]int{access.Owner: 0, access.Admin: 1, access.User: 2, access.Custom: 3}[s.Role]
	return e.roles[place] == role[0] && e.statuses[at] != '.' && (e.staff || !s.Staff)
}

func TestWhomEachTypeBinds(t *testing.T) {
	for _, of := range Types() {
		for _, role := range allRoles {
			for _, status := range allStatuses {
				for _, staff := range []bool{false, true} {
					s := standing{Role: role, Status: status, Staff: staff}
					if got, want := kinds[of].bindsTo(s), expected(of, s); got != want {
						t.Errorf("%s binds %+v: %v, want %v", of, s, got, want)
					}
				}
			}
		}
	}
}

// TestBindingReadsTheTable makes everybody who could be told apart, and asks what
// binds them: once in force, once for each reason why not.
func TestBindingReadsTheTable(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for name, change := range map[string]dbtest.Columns{
			"in force": nil, "disabled": {"enabled": false}, "no plan": {"plan_type": 17},
		} {
			o := dbtest.Org(t, d, change)
			for _, of := range Types() {
				w.row(o, of, of != Autotype, noData)
			}
			for _, role := range allRoles {
				for _, status := range allStatuses {
					for _, staff := range []bool{false, true} {
						s := standing{role, status, staff}
						user, _ := w.person(o, role, status)
						if staff {
							w.employ(o, user)
						}
						w.holds(name, o, user, s)
					}
				}
			}
		}
	})
}

func (w *world) holds(name string, o id.Org, user id.User, s standing) {
	w.t.Helper()
	var got, want strings.Builder
	for _, of := range Types() {
		list := view(w, func(ctx context.Context, tx *db.Tx) ([]Policy, error) { return binding(ctx, tx, user, of) })
		for _, p := range list {
			if p.Org != o {
				w.t.Errorf("%s: a policy of another organization", name)
			}
		}
		fmt.Fprintf(&got, "%v ", len(list) == 1)
		fmt.Fprintf(&want, "%v ", name == "in force" && of != Autotype && expected(of, s))
	}
	if got.String() != want.String() {
		w.t.Errorf("%s, %+v:\n got %s\nwant %s", name, s, got.String(), want.String())
	}
}

func TestEveryTypeHasAName(t *testing.T) {
	seen := map[string]bool{}
	for _, of := range Types() {
		if of.String() == "" || seen[of.String()] {
			t.Errorf("type %d has the name %q", of, of)
		}
		seen[of.String()] = true
	}
	if Type(-1).Known() || Type(23).Known() {
		t.Error("there are only the types from 0 to 22")
	}
}
