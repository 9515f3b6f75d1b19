package policy

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// Why somebody cannot be given a role.
const (
	msgTwoStepRole = "The person does not use two-step login yet, which this organization requires of everybody but owners and admins."
	msgSingleRole  = "The person belongs to another organization, which this organization forbids to everybody but owners and admins."
)

// RoleForbidden tells why somebody who has joined cannot go from a role that is
// free of policies to one that they bind; empty when they can. Whoever comes under
// a policy in another way is revoked or refused, so nobody slips under it here. At
// most four statements.
func RoleForbidden(ctx context.Context, tx *db.Tx, m org.Member, to access.Role) (string, error) {
	rules, err := joinRules(ctx, tx, m.Org)
	if err != nil || len(rules) == 0 {
		return "", err
	}
	users := []id.User{m.User}
	providers, err := providersOf(ctx, tx, m.Org, users)
	if err != nil {
		return "", err
	}
	now := standing{Role: m.Role, Status: m.Status, Staff: providers[m.User] == own}
	next := now
	next.Role = to
	comes := func(t Type) bool { return rules.hold(t, next) && !rules.hold(t, now) }
	if comes(TwoStep) {
		secure, err := account.WithTwoStep(ctx, tx, users)
		if err != nil || !secure[m.User] {
			return msgTwoStepRole, err
		}
	}
	if comes(SingleOrg) {
		ties, err := tiesOf(ctx, tx, m.Org, users)
		if err != nil || ties[m.User].some {
			return msgSingleRole, err
		}
	}
	return "", nil
}
