package tenant

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/token"
)

// ManagedPlan is the plan that an organization has as the client of a provider:
// the monthly one of its tier.
func ManagedPlan(number int) Plan {
	plan, _ := PlanOf(number)
	monthly := TeamsMonthly
	if plan.Enterprise() {
		monthly = EnterpriseMonthly
	}
	plan, _ = PlanOf(monthly)
	return plan
}

// Manage makes an organization a client: the provider's plan and seats, and its
// bills go to the provider. The caller links the two.
func Manage(ctx context.Context, tx *db.Tx, org id.Org, plan Plan, seats int, billingEmail string) error {
	return tx.ExecOne(ctx, `UPDATE organizations SET status = 2, plan_type = $2, seats = $3, billing_email = $4, revised_at = $5 WHERE id = $1`,
		org, plan.Type, seats, billingEmail, tx.Now)
}

// Release makes a client an organization of its own again. Nobody could resume it
// any more if it stayed suspended, or set another limit for its files. Its API key is another: the provider's staff
// could read the old one, which would keep letting them in.
func Release(ctx context.Context, tx *db.Tx, tokens *token.Keeper, org id.Org, billingEmail string) error {
	return tx.ExecOne(ctx, `UPDATE organizations SET status = 1, enabled = TRUE, storage_limit = NULL, billing_email = $2, api_key = $4, api_key_at = $3, revised_at = $3 WHERE id = $1`,
		org, billingEmail, tx.Now, sealedAPIKey(tokens, org))
}

// SetEnabled suspends an organization, or resumes it.
func SetEnabled(ctx context.Context, tx *db.Tx, org id.Org, enabled bool) error {
	return tx.ExecOne(ctx, `UPDATE organizations SET enabled = $2, revised_at = $3 WHERE id = $1`, org, enabled, tx.Now)
}
