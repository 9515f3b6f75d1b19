package syncview

import (
	"context"
	"encoding/json"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
)

// orgPolicy is a policy of one of the account's organizations. Clients decide by
// themselves whether it binds their user.
type orgPolicy struct {
	Object         string          `json:"object"`
	ID             id.Policy       `json:"id"`
	OrganizationID id.Org          `json:"organizationId"`
	Type           int             `json:"type"`
	Data           json.RawMessage `json:"data"`
	Enabled        bool            `json:"enabled"`
	CanToggleState bool            `json:"canToggleState"`
	RevisionDate   stamp           `json:"revisionDate"`
}

func policiesOf(ctx context.Context, tx *db.Tx, user id.User) ([]orgPolicy, error) {
	list, err := policy.Stored(ctx, tx, user)
	out := make([]orgPolicy, len(list))
	for i, p := range list {
		out[i] = orgPolicy{
			Object: "policy", ID: p.ID, OrganizationID: p.Org, Type: int(p.Type), Enabled: p.Enabled, CanToggleState: !p.Fixed, RevisionDate: stamp(p.RevisedAt),
		}
		if p.HasData() {
			out[i].Data = json.RawMessage(p.Data)
		}
	}
	return out, err
}
