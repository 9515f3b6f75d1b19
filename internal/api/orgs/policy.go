package orgs

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/wire"
)

const (
	policies  = one + "/policies"
	policyOne = policies + "/{type}"
)

func (a *API) policyRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: policies, Who: wire.PolicyManager, Handle: a.listPolicies},
		// The page of an invitation asks this before anybody has logged in.
		{Method: "GET", Path: policies + "/token", Who: wire.Anyone, Handle: a.listPoliciesForInvited},
		{Method: "GET", Path: policies + "/master-password", Who: wire.Member, Handle: a.getMasterPasswordPolicy},
		{Method: "GET", Path: policyOne, Who: wire.PolicyManager, Handle: a.getPolicy},
		{
			Method: "PUT", Path: policyOne, Who: wire.PolicyManager, Handle: a.savePolicy,
			Also: []string{"PUT " + policyOne + "/vnext"},
		},
		{Method: "POST", Path: policyOne + "/preview", Who: wire.PolicyManager, Handle: a.previewPolicy},
	}
}

// policyCall is call for the paths that name a type of policy.
func policyCall(r *http.Request) (id.User, id.Org, policy.Type, error) {
	user, organization, err := call(r)
	if err != nil {
		return "", "", 0, err
	}
	n, err := strconv.Atoi(chi.URLParam(r, "type"))
	if err != nil {
		return "", "", 0, fault.Absent()
	}
	return user, organization, policy.Type(n), nil
}

func (a *API) listPolicies(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Policies.List(r.Context(), user, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(list, policyOf)))
}

func (a *API) listPoliciesForInvited(w http.ResponseWriter, r *http.Request) error {
	organization, err := wire.PathID[id.Org](r, "org")
	if err != nil {
		return err
	}
	q := r.URL.Query()
	member, err := id.Parse[id.Member](q.Get("organizationUserId"))
	if err != nil {
		return fault.Absent()
	}
	list, err := a.Policies.ListForInvited(r.Context(), organization, member, q.Get("email"), q.Get("token"))
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(list, policyOf)))
}

func (a *API) getMasterPasswordPolicy(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	p, err := a.Policies.FindMasterPassword(r.Context(), user, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, policyOf(p))
}

func (a *API) getPolicy(w http.ResponseWriter, r *http.Request) error {
	user, organization, t, err := policyCall(r)
	if err != nil {
		return err
	}
	p, err := a.Policies.Find(r.Context(), user, organization, t)
	if err != nil {
		return err
	}
	return wire.JSON(w, policyOf(p))
}

func (a *API) savePolicy(w http.ResponseWriter, r *http.Request) error {
	user, organization, t, err := policyCall(r)
	if err != nil {
		return err
	}
	in, err := policyChange(w, r, t)
	if err != nil {
		return err
	}
	p, err := a.Policies.Save(r.Context(), user, organization, t, in)
	if err != nil {
		return err
	}
	return wire.JSON(w, policyOf(p))
}

func (a *API) previewPolicy(w http.ResponseWriter, r *http.Request) error {
	user, organization, t, err := policyCall(r)
	if err != nil {
		return err
	}
	in, err := policyChange(w, r, t)
	if err != nil {
		return err
	}
	p, err := a.Policies.Preview(r.Context(), user, organization, t, in)
	if err != nil {
		return err
	}
	return wire.JSON(w, previewOf(p))
}
