package policy

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// InOrgs reads the policies of several organizations that were ever saved, on or
// off. Those of a plan that has none are left out, as they bind nobody. It asks
// for no rights. One statement, however many.
func InOrgs(ctx context.Context, tx *db.Tx, orgs []id.Org) (map[id.Org]map[Type]Policy, error) {
	list, err := those(db.All(ctx, tx, scanRow, selectPolicies+`WHERE `+db.Among(tx, "p.org_id", 1), db.List(orgs)))
	out := map[id.Org]map[Type]Policy{}
	for _, p := range list {
		if out[p.Org] == nil {
			out[p.Org] = map[Type]Policy{}
		}
		out[p.Org][p.Type] = p
	}
	return out, err
}
