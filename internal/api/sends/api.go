package sends

import (
	"net/http"
	"strings"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/send"
	"github.com/kastellan/kastellan/internal/wire"
)

// API answers the calls of this surface.
type API struct{ Sends *send.Service }

// Routes are the endpoints.
func (a *API) Routes() []wire.Route {
	const one, file = "/api/sends/{id}", "/api/sends/{id}/file/{file}"
	return []wire.Route{
		{Method: "GET", Path: "/api/sends", Who: wire.Account, Handle: a.list},
		{Method: "POST", Path: "/api/sends", Who: wire.Account, Handle: a.create},
		{Method: "POST", Path: "/api/sends/file/v2", Who: wire.Account, Handle: a.announce},
		{Method: "GET", Path: one, Who: wire.Owner, Handle: a.find},
		{Method: "PUT", Path: one, Who: wire.Owner, Handle: a.update},
		{Method: "DELETE", Path: one, Who: wire.Owner, Handle: a.remove},
		{Method: "PUT", Path: one + "/remove-password", Who: wire.Owner, Handle: a.removePassword},
		{Method: "PUT", Path: one + "/remove-auth", Who: wire.Owner, Handle: a.removeAuth},
		{Method: "POST", Path: file, Who: wire.Owner, Handle: a.upload, Upload: true},
		{Method: "GET", Path: file, Who: wire.Owner, Handle: a.renewUpload},
		{Method: "POST", Path: "/api/sends/access", Who: wire.SendRecipient, Handle: a.open},
		{Method: "POST", Path: "/api/sends/access/file/{file}", Who: wire.SendRecipient, Handle: a.findFile},
		// Fetched without anything else, by an address that findFile gave out.
		{Method: "GET", Path: "/api/sends/file", Who: wire.Anyone, Handle: a.openFile},
		// As apps up to 2026.1 open Sends.
		{Method: "POST", Path: "/api/sends/access/{access}", Who: wire.Anyone, Handle: a.openOld},
		{Method: "POST", Path: "/api/sends/{access}/access/file/{file}", Who: wire.Anyone, Handle: a.findFileOld},
	}
}

// actor is the account that calls.
func actor(r *http.Request) (id.User, error) {
	who, ok := reqctx.ActorOf(r.Context())
	if !ok {
		return "", fault.New(fault.Unauthenticated, "Please log in.")
	}
	return who.User, nil
}

// target is the account that calls and the Send that the path names.
func target(r *http.Request) (id.User, id.Send, error) {
	user, err := actor(r)
	if err != nil {
		return "", "", err
	}
	one, err := wire.PathID[id.Send](r, "id")
	return user, one, err
}

// bearer is the token of a recipient. It is none of an account: each has a key of its own.
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return token
}

func answer(w http.ResponseWriter, s send.Send, err error) error {
	if err != nil {
		return err
	}
	return wire.JSON(w, s)
}

func done(w http.ResponseWriter, err error) error {
	if err != nil {
		return err
	}
	return wire.OK(w)
}
