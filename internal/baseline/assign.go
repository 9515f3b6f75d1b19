package baseline

import (
	"context"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Assignment is which clients, and which tags, a baseline is for.
type Assignment struct {
	Clients   []id.ProviderClient
	Tags      []id.ProviderTag
	LastKnown time.Time // revision date of the baseline; zero when not said
}

// Assign says for which clients and tags a baseline is. Each has one baseline at
// most, so it leaves any other. Nothing changes in the clients.
func (s *Service) Assign(ctx context.Context, user id.User, provider id.Provider, which id.Baseline, in Assignment) (Counted, error) {
	clients, tags := distinct(in.Clients), distinct(in.Tags)
	return s.edit(ctx, user, provider, event.BaselineAssigned, func(tx *db.Tx, list []Baseline) (id.Baseline, error) {
		b, known := byID(list)[which]
		if !known {
			return "", fault.Absent()
		}
		if err := tenant.UpToDate(in.LastKnown, b.RevisedAt); err != nil {
			return "", err
		}
		if err := allOf(ctx, tx, provider, clients, tags); err != nil {
			return "", err
		}
		return which, assign(ctx, tx, provider, which, clients, tags)
	})
}

func distinct[T ~string](list []T) []T {
	return slices.Compact(slices.Sorted(slices.Values(list)))
}
