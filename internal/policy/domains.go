package policy

import (
	"context"
	"strings"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// claimedDomains: nobody makes an account with an address of a domain that the
// organization has proved to be its own, unless it invited them. It binds people
// before they are members.
var claimedDomains = kind{name: "Block account creation for claimed domains"}

// RegistrationForbidden refuses a new account whose address is of a domain that
// an organization keeps for its own people. member is the row of an invitation
// into an organization, if the account is made by one: the claiming
// organization's own lets in. One statement.
func RegistrationForbidden(ctx context.Context, tx *db.Tx, email string, member id.Member) error {
	return addressFree(ctx, tx, email, `m.id = $3 AND m.email = $4`, member, email)
}

// AddressForbidden is RegistrationForbidden for an account that is about to take
// another address: members of the claiming organization may. One statement.
func AddressForbidden(ctx context.Context, tx *db.Tx, user id.User, email string) error {
	return addressFree(ctx, tx, email, `m.user_id = $3 AND m.status IN (1, 2)`, user)
}

// addressFree refuses an address that an organization keeps, unless it has a
// member m as the condition says, whose parameters begin with the third.
func addressFree(ctx context.Context, tx *db.Tx, email, member string, args ...any) error {
	_, domain, _ := strings.Cut(email, "@")
	claims, err := those(db.All(ctx, tx, scanRow, selectPolicies+`JOIN claimed_domains d ON d.org_id = p.org_id AND d.verified_at IS NOT NULL
		WHERE d.name = $1 AND p.type = $2 AND p.enabled AND o.enabled
		AND NOT EXISTS (SELECT 1 FROM members m WHERE m.org_id = p.org_id AND `+member+`)`,
		append([]any{strings.ToLower(domain), int(ClaimedDomains)}, args...)...))
	if err == nil && len(claims) > 0 {
		err = fault.Field("email", "This address is of a domain that an organization keeps for its own people. Ask the organization for an invitation.")
	}
	return err
}
