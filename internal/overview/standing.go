package overview

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// Standing is how a client stands to the baseline that governs it.
type Standing struct {
	Baseline   id.Baseline
	Name       string
	Drift      int // differences that nobody has accepted
	Deviations int // differences that an owner gave a reason for
}

// readStandings compares the clients with their baselines. Five statements.
func readStandings(ctx context.Context, tx *db.Tx, staff access.Staff, clients map[id.ProviderClient]*Client) error {
	standings, err := baseline.DriftOf(ctx, tx, staff)
	for client, s := range standings {
		clients[client].Standing = &Standing{s.Baseline, s.Name, s.Drift(), s.Deviations()}
	}
	return err
}
