package main

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/portal"
	"github.com/kastellan/kastellan/client/seal"
)

// The account of the provider admin in scripts.
const (
	bossEmail    = "boss@lighthouse.example"
	bossPassword = "an invented password"
)

// provide sets a provider up by the link in a file and makes API keys: one that
// writes, which the environment names from then on, and one that only reads,
// which READ_ID and READ_SECRET name. PERSONAL_… is the admin's own API key.
func provide(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: provide URL FILE")
	}
	ctx := context.Background()
	c, err := client.New(args[0], nil)
	ts.Check(err)
	link, err := client.ParseLink(strings.TrimSpace(ts.ReadFile(args[1])))
	ts.Check(err)
	ts.Check(c.Register(ctx, client.Registration{Email: bossEmail, Name: "The Boss", Password: bossPassword, Proof: client.Proof{Link: link}}))
	s, err := c.Login(ctx, client.Credentials{Email: bossEmail, Password: bossPassword})
	ts.Check(err)
	ts.Check(s.SetUpProvider(ctx, link, client.ProviderDetails{Name: "Lighthouse IT", BillingEmail: bossEmail}))
	write, read := newKey(ctx, ts, s, link.ProviderID, true), newKey(ctx, ts, s, link.ProviderID, false)
	personal, err := s.APIKey(ctx, bossPassword)
	ts.Check(err)
	values := map[string]string{
		envServer: args[0], envClientID: write.ID, envSecret: write.Secret, "READ_ID": read.ID, "READ_SECRET": read.Secret,
		"PERSONAL_ID": personal.ClientID, "PERSONAL_SECRET": personal.Secret,
		"PROVIDER": string(link.ProviderID), "BOSS": bossEmail,
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		ts.Setenv(name, values[name])
	}
}

type newKeyAnswer struct {
	ID     string `json:"clientId"`
	Secret string `json:"clientSecret"`
}

func newKey(ctx context.Context, ts *testscript.TestScript, s *client.Session, provider client.ProviderID, writes bool) newKeyAnswer {
	master, err := seal.NewMasterKey(bossPassword, seal.Salt(bossEmail), seal.DefaultKDF)
	ts.Check(err)
	name := map[bool]string{true: "writing", false: "reading"}[writes]
	body := map[string]any{
		"name": name, "allClients": true, "clientIds": []string{}, "mayWrite": writes, "expirationDate": nil,
		"masterPasswordHash": master.ServerHash(bossPassword),
	}
	var out newKeyAnswer
	ts.Check(s.Do(ctx, "POST", "/api/providers/"+string(provider)+"/keys", body, &out))
	return out
}

// govern assigns a baseline with a policy and a setting to a client: as the
// provider admin, in the portal.
func govern(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: govern CLIENT")
	}
	ctx := context.Background()
	c, err := client.New(ts.Getenv(envServer), nil)
	ts.Check(err)
	s, err := c.Login(ctx, client.Credentials{Email: bossEmail, Password: bossPassword})
	ts.Check(err)
	provider := client.ProviderID(ts.Getenv("PROVIDER"))
	_, err = s.Profile(ctx) // fetches the keys
	ts.Check(err)
	clients, err := s.Clients(ctx, provider)
	ts.Check(err)
	at := slices.IndexFunc(clients, func(c client.ClientOrganization) bool { return c.Name == args[0] })
	if at < 0 {
		ts.Fatalf("there is no client %s", args[0])
	}
	p := portal.Of(s, provider)
	id, err := p.CreateBaseline(ctx, portal.Baseline{
		Name: "Standard", MayDeviate: true, Settings: map[string]bool{"limitItemDeletion": true},
		Policies: []portal.BaselinePolicy{{Type: 1, Enabled: true, Data: map[string]any{"minLength": 14}}},
	})
	ts.Check(err)
	ts.Check(p.AssignBaseline(ctx, id, []client.ClientID{clients[at].ID}, []portal.TagID{}))
}
