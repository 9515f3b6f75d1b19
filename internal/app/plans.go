package app

import (
	"context"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

var errNoProvider = fault.New(fault.NotFound, "There is no such provider. Its id is in the address of the Provider Portal.")

// SetProviderPlans says how many seats of each plan a provider has anyway.
func SetProviderPlans(ctx context.Context, b Base, provider string, teams, enterprise int) error {
	which, err := id.Parse[id.Provider](provider)
	if err != nil {
		return errNoProvider
	}
	d, err := newDomains(b)
	if err != nil {
		return err
	}
	err = d.providers.SetPlans(ctx, which, teams, enterprise)
	if fault.Is(err, fault.NotFound) {
		err = errNoProvider
	}
	return err
}
