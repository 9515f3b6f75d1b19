package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"text/tabwriter"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/demo"
	"github.com/kastellan/kastellan/internal/app"
)

// composition is what the commands need of the domains. It is handed to run, so
// that tests of the commands need none.
type composition struct {
	build app.Builder
	// createProvider makes a provider that waits for its first admin and gives the
	// one-time link for them; email binds the link to one address, or is empty.
	createProvider func(ctx context.Context, b app.Base, email string) (link string, err error)
	// setPlans says how many seats of each plan a provider has anyway.
	setPlans func(ctx context.Context, b app.Base, provider string, teams, enterprise int) error
	// enableProvider suspends a provider, or resumes it.
	enableProvider func(ctx context.Context, b app.Base, provider string, enabled bool) error
	// deletionLink gives the link by which a provider is deleted.
	deletionLink func(ctx context.Context, b app.Base, provider string) (link string, err error)
	// fillDemo makes the invented provider through the API at baseURL, beginning
	// with a set-up link, and prints what there is then. It gives the provider's id.
	fillDemo func(ctx context.Context, baseURL string, h *http.Client, setupLink string, out io.Writer) (provider string, err error)
}

func composed() composition {
	return composition{
		build: app.Compose, createProvider: app.CreateProvider, setPlans: app.SetProviderPlans, enableProvider: app.SetProviderEnabled,
		deletionLink: app.ProviderDeletionLink, fillDemo: fillDemo,
	}
}

func fillDemo(ctx context.Context, baseURL string, h *http.Client, setupLink string, out io.Writer) (string, error) {
	c, err := client.New(baseURL, h)
	if err != nil {
		return "", err
	}
	result, err := demo.Fill(ctx, demo.Options{Client: c, SetUpLink: setupLink, Progress: func(p demo.Progress) {
		fmt.Fprintf(out, "\r\x1b[K%4d of %d  %s", p.Done, p.Total, p.What)
	}})
	fmt.Fprintln(out)
	if err != nil {
		return "", fmt.Errorf("the demo data is not complete; run it again to go on: %w", err)
	}
	return string(result.Provider), printDemo(out, result)
}

func printDemo(out io.Writer, r demo.Result) error {
	fmt.Fprintf(out, "\n%d clients, %d members, %d items.\n", r.Clients, r.Members, r.Items)
	fmt.Fprintf(out, "The Provider Portal has %d tags, %d baselines, from which %d clients differ, and %d technicians who reach some clients only.\n",
		r.Tags, r.Baselines, r.Drifted, r.Scoped)
	fmt.Fprintf(out, "%d files are attached to items. %s shares %d Sends; the one with a password opens with %q.\n",
		r.Files, demo.Admin, r.Sends, demo.SendPassword)
	fmt.Fprintf(out, "One client has no free seat, one is suspended. %d seats of Teams and %d of Enterprise are there anyway. Log in with:\n\n",
		demo.SeatMinimums.Teams, demo.SeatMinimums.Enterprise)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, a := range r.Accounts {
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s, %s\n", a.Email, a.Password, a.Name, a.Role, a.Where)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, n := range r.Notes {
		fmt.Fprintln(out, "\nNote:", n)
	}
	return nil
}
