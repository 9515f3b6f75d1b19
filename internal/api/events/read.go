package events

import (
	"net/http"
	"net/url"

	"github.com/kastellan/kastellan/internal/audit"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/wire"
)

func caller(r *http.Request) (id.User, error) {
	actor, ok := reqctx.ActorOf(r.Context())
	if !ok {
		return "", fault.New(fault.Unauthenticated, "Please log in.")
	}
	return actor.User, nil
}

// query reads what the address asks for. The filters type and actingUserId are
// our own.
func query(r *http.Request) (audit.Query, error) { return parse(r.URL.Query()) }

func parse(asked url.Values) (q audit.Query, err error) {
	if q.Start, err = event.ParseMoment(asked.Get("start")); err != nil {
		return q, err
	}
	if q.End, err = event.ParseMoment(asked.Get("end")); err != nil {
		return q, err
	}
	if q.After, err = event.ParseCursor(asked.Get("continuationToken")); err != nil {
		return q, err
	}
	if q.Categories, err = event.ParseCategories(asked.Get("type")); err != nil {
		return q, err
	}
	if acting := asked.Get("actingUserId"); acting != "" {
		if q.Acting, err = id.Parse[id.User](acting); err != nil {
			return q, fault.Field("actingUserId", "This is not the id of an account.")
		}
	}
	return q, nil
}

// answer calls read with whoever asks, and writes the page that it finds.
func answer(w http.ResponseWriter, r *http.Request, read func(id.User, audit.Query) (event.Page, error)) error {
	user, err := caller(r)
	if err != nil {
		return err
	}
	q, err := query(r)
	if err != nil {
		return err
	}
	page, err := read(user, q)
	if err != nil {
		return err
	}
	return wire.JSON(w, listOf(page))
}

func (a *API) own(w http.ResponseWriter, r *http.Request) error {
	return answer(w, r, func(user id.User, q audit.Query) (event.Page, error) { return a.Audit.Own(r.Context(), user, q) })
}

func (a *API) ofOrg(w http.ResponseWriter, r *http.Request) error {
	org, err := wire.PathID[id.Org](r, "org")
	if err != nil {
		return err
	}
	user, err := caller(r)
	if err != nil {
		return err
	}
	q, err := query(r)
	if err != nil {
		return err
	}
	page, err := a.Audit.OfOrg(r.Context(), user, org, q)
	if err != nil {
		return err
	}
	return wire.JSON(w, namedListOf(page))
}

func (a *API) ofMember(w http.ResponseWriter, r *http.Request) error {
	org, err := wire.PathID[id.Org](r, "org")
	if err != nil {
		return err
	}
	member, err := wire.PathID[id.Member](r, "member")
	if err != nil {
		return err
	}
	return answer(w, r, func(user id.User, q audit.Query) (event.Page, error) {
		return a.Audit.OfMember(r.Context(), user, org, member, q)
	})
}

func (a *API) ofSend(w http.ResponseWriter, r *http.Request) error {
	org, err := wire.PathID[id.Org](r, "org")
	if err != nil {
		return err
	}
	send, err := wire.PathID[id.Send](r, "send")
	if err != nil {
		return err
	}
	return answer(w, r, func(user id.User, q audit.Query) (event.Page, error) {
		return a.Audit.OfSend(r.Context(), user, org, send, q)
	})
}

func (a *API) ofCipher(w http.ResponseWriter, r *http.Request) error {
	cipher, err := wire.PathID[id.Cipher](r, "cipher")
	if err != nil {
		return err
	}
	return answer(w, r, func(user id.User, q audit.Query) (event.Page, error) {
		return a.Audit.OfCipher(r.Context(), user, cipher, q)
	})
}

func (a *API) ofProvider(w http.ResponseWriter, r *http.Request) error {
	provider, err := wire.PathID[id.Provider](r, "provider")
	if err != nil {
		return err
	}
	return answer(w, r, func(user id.User, q audit.Query) (event.Page, error) {
		return a.Audit.OfProvider(r.Context(), user, provider, q)
	})
}

func (a *API) ofStaff(w http.ResponseWriter, r *http.Request) error {
	provider, err := wire.PathID[id.Provider](r, "provider")
	if err != nil {
		return err
	}
	who, err := wire.PathID[id.ProviderUser](r, "user")
	if err != nil {
		return err
	}
	return answer(w, r, func(user id.User, q audit.Query) (event.Page, error) {
		return a.Audit.OfStaff(r.Context(), user, provider, who, q)
	})
}
