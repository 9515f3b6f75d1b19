package providers

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) tagRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: tags, Who: wire.ProviderStaff, Handle: a.listTags},
		{Method: "POST", Path: tags, Who: wire.ProviderAdmin, Handle: a.createTag},
		{Method: "PUT", Path: tags + "/{tag}", Who: wire.ProviderAdmin, Handle: a.renameTag},
		{Method: "DELETE", Path: tags + "/{tag}", Who: wire.ProviderAdmin, Handle: a.deleteTag},
		{Method: "PUT", Path: client + "/tags", Who: wire.ProviderAdmin, Handle: a.tagClient},
	}
}

type tagBody struct {
	Object    string              `json:"object"`
	ID        id.ProviderTag      `json:"id"`
	Name      string              `json:"name"`
	ClientIDs []id.ProviderClient `json:"clientIds"`
}

func tagOf(t provider.Tag) tagBody {
	return tagBody{Object: "providerTag", ID: t.ID, Name: t.Name, ClientIDs: each(t.Clients, same)}
}

type nameRequest struct {
	Name string `json:"name"`
}

func (a *API) listTags(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Providers.ListTags(r.Context(), caller, which)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(list, tagOf)))
}

func (a *API) createTag(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[nameRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	t, err := a.Providers.CreateTag(r.Context(), caller, which, in.Name)
	if err != nil {
		return err
	}
	return wire.JSON(w, tagOf(t))
}

func (a *API) renameTag(w http.ResponseWriter, r *http.Request) error {
	caller, which, tag, err := on[id.ProviderTag](r, "tag")
	if err != nil {
		return err
	}
	in, err := wire.Decode[nameRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if err := a.Providers.RenameTag(r.Context(), caller, which, tag, in.Name); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) deleteTag(w http.ResponseWriter, r *http.Request) error {
	caller, which, tag, err := on[id.ProviderTag](r, "tag")
	if err != nil {
		return err
	}
	if err := a.Providers.DeleteTag(r.Context(), caller, which, tag); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) tagClient(w http.ResponseWriter, r *http.Request) error {
	caller, which, c, err := on[id.ProviderClient](r, "client")
	if err != nil {
		return err
	}
	in, err := wire.Decode[idsRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	list, err := id.ParseAll[id.ProviderTag](in.IDs)
	if err != nil {
		return fault.Absent()
	}
	if err := a.Providers.TagClient(r.Context(), caller, which, c, list); err != nil {
		return err
	}
	return wire.OK(w)
}
