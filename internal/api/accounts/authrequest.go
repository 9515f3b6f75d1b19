package accounts

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/authrequest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) authRequestRoutes() []wire.Route {
	return []wire.Route{
		{Method: "POST", Path: "/api/auth-requests", Who: wire.Anyone, Handle: a.askForApproval},
		{Method: "POST", Path: "/api/auth-requests/admin-request", Who: wire.Account, Handle: noAdmins},
		{Method: "GET", Path: "/api/auth-requests", Who: wire.Account, Handle: a.authRequests},
		{Method: "GET", Path: "/api/auth-requests/pending", Who: wire.Account, Handle: a.pendingAuthRequests},
		{Method: "GET", Path: "/api/auth-requests/{id}", Who: wire.Owner, Handle: a.authRequest},
		{Method: "PUT", Path: "/api/auth-requests/{id}", Who: wire.Owner, Handle: a.answerAuthRequest},
		{Method: "GET", Path: "/api/auth-requests/{id}/response", Who: wire.Anyone, Handle: a.authResponse},
	}
}

// authRequestJSON has a master password's hash too, which clients sent long ago.
type authRequestJSON struct {
	Object                  string         `json:"object"`
	ID                      id.AuthRequest `json:"id"`
	PublicKey               string         `json:"publicKey"`
	RequestDeviceID         id.Device      `json:"requestDeviceId,omitempty"` // in lists of what waits
	RequestDeviceIdentifier string         `json:"requestDeviceIdentifier"`
	RequestDeviceTypeValue  int            `json:"requestDeviceTypeValue"`
	RequestDeviceType       string         `json:"requestDeviceType"`
	RequestIPAddress        string         `json:"requestIpAddress"`
	RequestCountryName      *string        `json:"requestCountryName"`
	Key                     *string        `json:"key"`
	MasterPasswordHash      *string        `json:"masterPasswordHash"`
	CreationDate            wire.Date      `json:"creationDate"`
	ResponseDate            wire.Date      `json:"responseDate"`
	RequestApproved         *bool          `json:"requestApproved"`
	Origin                  string         `json:"origin"`
}

func (a *API) authRequestOf(r authrequest.Request) authRequestJSON {
	out := authRequestJSON{
		Object: "auth-request", ID: r.ID, PublicKey: r.PublicKey, RequestDeviceIdentifier: r.Identifier,
		RequestDeviceTypeValue: r.DeviceType, RequestDeviceType: deviceName(r.DeviceType), RequestIPAddress: r.Address,
		CreationDate: wire.Date(r.CreatedAt), ResponseDate: wire.Date(r.AnsweredAt), Origin: a.Origin,
	}
	if r.Answered() {
		out.RequestApproved = &r.Approved
	}
	if r.Key != "" {
		out.Key = &r.Key
	}
	return out
}

func (a *API) answerAuth(w http.ResponseWriter, r authrequest.Request, err error) error {
	if err != nil {
		return err
	}
	return wire.JSON(w, a.authRequestOf(r))
}

func (a *API) askForApproval(w http.ResponseWriter, r *http.Request) error {
	in, err := wire.Decode[struct {
		Email            string `json:"email"`
		PublicKey        string `json:"publicKey"`
		DeviceIdentifier string `json:"deviceIdentifier"`
		AccessCode       string `json:"accessCode"`
		Type             int    `json:"type"`
	}](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	made, err := a.Requests.Create(r.Context(), authrequest.Ask{
		Email: in.Email, Identifier: in.DeviceIdentifier, PublicKey: in.PublicKey, Code: in.AccessCode, Kind: authrequest.Kind(in.Type),
	})
	return a.answerAuth(w, made, err)
}

func noAdmins(http.ResponseWriter, *http.Request) error { return authrequest.ErrNoAdmins }

func (a *API) authRequests(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	list, err := a.Requests.List(r.Context(), user)
	if err != nil {
		return err
	}
	out := make([]authRequestJSON, len(list))
	for i, one := range list {
		out[i] = a.authRequestOf(one)
	}
	return wire.JSON(w, wire.ListOf(out))
}

func (a *API) pendingAuthRequests(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	list, err := a.Requests.ListPending(r.Context(), user)
	if err != nil {
		return err
	}
	out := make([]authRequestJSON, len(list))
	for i, one := range list {
		out[i] = a.authRequestOf(one)
		out[i].RequestDeviceID = one.Device
	}
	return wire.JSON(w, wire.ListOf(out))
}

// ownRequest is the caller and the request in the path.
func ownRequest(r *http.Request) (user id.User, request id.AuthRequest, err error) {
	if user, err = actor(r); err != nil {
		return user, request, err
	}
	request, err = wire.PathID[id.AuthRequest](r, "id")
	return user, request, err
}

func (a *API) authRequest(w http.ResponseWriter, r *http.Request) error {
	user, request, err := ownRequest(r)
	if err != nil {
		return err
	}
	found, err := a.Requests.Find(r.Context(), user, request)
	return a.answerAuth(w, found, err)
}

// answerAuthRequest takes the answering device from the token: the request names one too.
func (a *API) answerAuthRequest(w http.ResponseWriter, r *http.Request) error {
	user, request, err := ownRequest(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[struct {
		Key             string `json:"key"`
		RequestApproved bool   `json:"requestApproved"`
	}](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	answered, err := a.Requests.Answer(r.Context(), user, request, in.RequestApproved, in.Key)
	return a.answerAuth(w, answered, err)
}

func (a *API) authResponse(w http.ResponseWriter, r *http.Request) error {
	request, err := wire.PathID[id.AuthRequest](r, "id")
	if err != nil {
		return err
	}
	found, err := a.Requests.Response(r.Context(), request, r.URL.Query().Get("code"))
	return a.answerAuth(w, found, err)
}

// deviceNames are those that official clients show, by the type's number.
var deviceNames = []string{
	"Android", "iOS", "Chrome Extension", "Firefox Extension", "Opera Extension", "Edge Extension", "Windows", "macOS", "Linux",
	"Chrome", "Firefox", "Opera", "Edge", "Internet Explorer", "Unknown Browser", "Android", "UWP", "Safari", "Vivaldi",
	"Vivaldi Extension", "Safari Extension", "SDK", "Server", "Windows CLI", "macOS CLI", "Linux CLI", "DuckDuckGo",
}

func deviceName(kind int) string {
	if kind < 0 || kind >= len(deviceNames) {
		return "Unknown"
	}
	return deviceNames[kind]
}
