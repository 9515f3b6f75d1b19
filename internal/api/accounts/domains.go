package accounts

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/wire"
)

type domainsJSON struct {
	Object            string              `json:"object"`
	EquivalentDomains [][]string          `json:"equivalentDomains"`
	Global            []globalDomainsJSON `json:"globalEquivalentDomains"`
}

type globalDomainsJSON struct {
	Type     int      `json:"type"`
	Domains  []string `json:"domains"`
	Excluded bool     `json:"excluded"`
}

func domainsOf(d account.EquivalentDomains) domainsJSON {
	out := domainsJSON{Object: "domains", EquivalentDomains: d.Own, Global: make([]globalDomainsJSON, len(d.Global))}
	for i, g := range d.Global {
		out.Global[i] = globalDomainsJSON{Type: g.Type, Domains: g.Domains, Excluded: g.Excluded}
	}
	return out
}

func (a *API) domains(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	d, err := a.Accounts.EquivalentDomains(r.Context(), user)
	if err != nil {
		return err
	}
	return wire.JSON(w, domainsOf(d))
}

func (a *API) setDomains(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		Own      [][]string `json:"equivalentDomains"`
		Excluded []int      `json:"excludedGlobalEquivalentDomains"`
	}](w, r)
	if err != nil {
		return err
	}
	d, err := a.Accounts.SetEquivalentDomains(r.Context(), user, in.Own, in.Excluded)
	if err != nil {
		return err
	}
	return wire.JSON(w, domainsOf(d))
}
