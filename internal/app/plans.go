package app

import (
	"context"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

var errNoProvider = fault.New(fault.NotFound, "There is no such provider. Its id is in the address of the Provider Portal.")

// SetProviderPlans says how many seats of each plan a provider has anyway.
func SetProviderPlans(ctx context.Context, b Base, provider string, teams, enterprise int) error {
	return onProvider(b, provider, func(d *domains, which id.Provider) error { return d.providers.SetPlans(ctx, which, teams, enterprise) })
}

// SetProviderEnabled suspends a provider, or resumes it.
func SetProviderEnabled(ctx context.Context, b Base, provider string, enabled bool) error {
	return onProvider(b, provider, func(d *domains, which id.Provider) error { return d.providers.SetEnabled(ctx, which, enabled) })
}

// ProviderDeletionLink gives the link by which whoever holds it deletes a provider
// without clients.
func ProviderDeletionLink(ctx context.Context, b Base, provider string) (string, error) {
	var link string
	err := onProvider(b, provider, func(d *domains, which id.Provider) (err error) {
		link, err = d.offboard.ProviderDeletionLink(ctx, localAddress(b.Config), which)
		return err
	})
	return link, err
}

// onProvider runs an act of the operator's on a provider that they named.
func onProvider(b Base, provider string, act func(d *domains, which id.Provider) error) error {
	which, err := id.Parse[id.Provider](provider)
	if err != nil {
		return errNoProvider
	}
	d, err := newDomains(b)
	if err != nil {
		return err
	}
	err = act(d, which)
	if fault.Is(err, fault.NotFound) {
		err = errNoProvider
	}
	return err
}
