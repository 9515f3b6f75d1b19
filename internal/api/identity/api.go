package identity

import (
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/login"
	"github.com/kastellan/kastellan/internal/send"
	"github.com/kastellan/kastellan/internal/wire"
)

// API answers the calls of this surface.
type API struct {
	Login  *login.Service
	Sends  *send.Service
	Config Config
	Now    func() time.Time
}

// Routes are the endpoints.
func (a *API) Routes() []wire.Route {
	return []wire.Route{
		{Method: "POST", Path: "/identity/connect/token", Who: wire.Anyone, Handle: a.token},
		{Method: "GET", Path: "/api/config", Who: wire.Anyone, Handle: a.config},
		{Method: "GET", Path: "/api/alive", Who: wire.Anyone, Handle: a.now, Also: []string{"GET /api/now", "GET /identity/alive", "GET /identity/now"}},
		{Method: "GET", Path: "/api/version", Who: wire.Anyone, Handle: a.version},
	}
}

func (a *API) now(w http.ResponseWriter, _ *http.Request) error {
	return wire.JSON(w, wire.Date(a.Now()))
}

func (a *API) version(w http.ResponseWriter, _ *http.Request) error {
	return wire.JSON(w, officialVersion)
}
