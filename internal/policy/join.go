package policy

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// Joining is an account that is about to come into an organization, or back, in a
// role.
type Joining struct {
	User id.User
	Role access.Role
}

// CheckJoin tells why an account cannot be a member of an organization in a
// role; empty when it can. It is for accepting, confirming and restoring. Four
// statements.
func CheckJoin(ctx context.Context, tx *db.Tx, organization id.Org, user id.User, role access.Role) (string, error) {
	reasons, err := CheckJoins(ctx, tx, organization, []Joining{{user, role}})
	return reasons[user], err
}

// CheckJoins is CheckJoin for several: who can join is not in the answer. Four
// statements, however many.
func CheckJoins(ctx context.Context, tx *db.Tx, organization id.Org, people []Joining) (map[id.User]string, error) {
	here, err := joinRules(ctx, tx, organization)
	if err != nil {
		return nil, err
	}
	users := make([]id.User, len(people))
	for i, p := range people {
		users[i] = p.User
	}
	ties, err := tiesOf(ctx, tx, organization, users)
	if err != nil {
		return nil, err
	}
	secure, err := account.WithTwoStep(ctx, tx, users)
	if err != nil {
		return nil, err
	}
	providers, err := providersOf(ctx, tx, organization, users)
	if err != nil {
		return nil, err
	}
	out := map[id.User]string{}
	for _, p := range people {
		s := standing{Role: p.Role, Status: org.Accepted, Staff: providers[p.User] == own}
		reason := here.reason(s, ties[p.User], secure[p.User], providers[p.User] != "")
		if reason != "" {
			out[p.User] = reason
		}
	}
	return out, nil
}

// What people of a provider are to an organization.
const (
	own   = "own"   // of the provider that manages it
	other = "other" // of another provider
)

// The reasons. The person reads them when they accept, an admin when they confirm
// or restore.
const (
	msgTwoStep   = "This organization requires two-step login, and the account does not have it. It has to be set up in the account settings first."
	msgSingle    = "This organization does not allow its members to belong to other organizations, and the account does. It has to leave them first."
	msgElsewhere = "The account belongs to an organization that does not allow its members to join another. It has to leave that one first."
	msgAuto      = "This organization confirms people automatically. Whoever belongs to another organization or to a provider cannot join it."
	msgAutoThere = "The account belongs to an organization that confirms people automatically, and whose members cannot join another. It has to leave that one first."
)

// rules are the policies of an organization that are on and concern joining.
type rules map[Type]bool

func joinRules(ctx context.Context, tx *db.Tx, organization id.Org) (rules, error) {
	list, err := those(db.All(ctx, tx, scanRow, selectPolicies+`WHERE p.org_id = $1 AND p.type IN (0, 3, 18) AND p.enabled AND o.enabled`, organization))
	out := rules{}
	for _, p := range list {
		out[p.Type] = true
	}
	return out, err
}

func (r rules) hold(t Type, s standing) bool { return r[t] && kinds[t].bindsTo(s) }

// reason finds the first rule that is broken.
func (r rules) reason(s standing, elsewhere ties, secure, provider bool) string {
	switch {
	case r.hold(TwoStep, s) && !secure:
		return msgTwoStep
	case r.hold(SingleOrg, s) && elsewhere.some:
		return msgSingle
	case r.hold(AutoConfirm, s) && (elsewhere.some || provider):
		return msgAuto
	case elsewhere.single:
		return msgElsewhere
	case elsewhere.auto:
		return msgAutoThere
	}
	return ""
}

// ties are an account's other organizations, as far as they concern joining one.
// Only those count that it has accepted: nobody is bound by an invitation that
// they have not answered, and those who are revoked are let go.
type ties struct {
	some   bool // that there is one
	single bool // one that wants to be the only one
	auto   bool // one that confirms automatically
}

func tiesOf(ctx context.Context, tx *db.Tx, besides id.Org, users []id.User) (map[id.User]ties, error) {
	out := map[id.User]ties{}
	return out, db.Each(ctx, tx, func(r db.Row) error {
		var user id.User
		var s standing
		var plan int
		var single, auto bool
		if err := r.Scan(&user, &s.Status, &s.Role, &s.Staff, &plan, &single, &auto); err != nil {
			return err
		}
		t := out[user]
		t.some = true
		if planHasPolicies(plan) {
			t.single = t.single || (single && singleOrg.bindsTo(s))
			t.auto = t.auto || (auto && autoConfirm.bindsTo(s))
		}
		out[user] = t
		return nil
	}, `SELECT m.user_id, m.status, m.type, `+staff("m.user_id")+`, o.plan_type, `+
		rowIsOn+`3), `+rowIsOn+`18)
		FROM members m JOIN organizations o ON o.id = m.org_id
		WHERE m.org_id <> $1 AND m.status IN (1, 2) AND `+db.Among(tx, "m.user_id", 2), besides, db.List(users))
}

const rowIsOn = `EXISTS (SELECT 1 FROM policies p WHERE p.org_id = o.id AND o.enabled AND p.enabled AND p.type = `

// providersOf tells which accounts are people of a provider, in any status, and
// whether it is the one that manages the organization.
func providersOf(ctx context.Context, tx *db.Tx, organization id.Org, users []id.User) (map[id.User]string, error) {
	out := map[id.User]string{}
	return out, db.Each(ctx, tx, func(r db.Row) error {
		var user id.User
		var manages bool
		if err := r.Scan(&user, &manages); err != nil {
			return err
		}
		if manages {
			out[user] = own
		} else if out[user] == "" {
			out[user] = other
		}
		return nil
	}, `SELECT pu.user_id, EXISTS (SELECT 1 FROM provider_clients pc WHERE pc.provider_id = pu.provider_id AND pc.org_id = $1)
		FROM provider_users pu WHERE `+db.Among(tx, "pu.user_id", 2), organization, db.List(users))
}
