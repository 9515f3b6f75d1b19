package syncview

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// domains are the equivalent domains of an account, as clients see them.
type domains struct {
	Object string          `json:"object"`
	Own    [][]string      `json:"equivalentDomains"`
	Global []globalDomains `json:"globalEquivalentDomains"`
}

type globalDomains struct {
	Type     int      `json:"type"`
	Domains  []string `json:"domains"`
	Excluded bool     `json:"excluded"`
}

func domainsOf(ctx context.Context, tx *db.Tx, user id.User) (*domains, error) {
	d, err := account.DomainsOf(ctx, tx, user)
	out := &domains{Object: "domains", Own: d.Own, Global: make([]globalDomains, len(d.Global))}
	for i, g := range d.Global {
		out.Global[i] = globalDomains(g)
	}
	return out, err
}
