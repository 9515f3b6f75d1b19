package accounts

import (
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

// deviceJSON has the members of trusted devices too, which this server does not
// have: clients read them and expect no trust.
type deviceJSON struct {
	Object                   string       `json:"object"`
	ID                       id.Device    `json:"id"`
	Name                     string       `json:"name"`
	Type                     int          `json:"type"`
	Identifier               string       `json:"identifier"`
	CreationDate             wire.Date    `json:"creationDate"`
	LastActivityDate         wire.Date    `json:"lastActivityDate"`
	IsTrusted                bool         `json:"isTrusted"`
	EncryptedUserKey         *string      `json:"encryptedUserKey"`
	EncryptedPublicKey       *string      `json:"encryptedPublicKey"`
	DevicePendingAuthRequest *pendingJSON `json:"devicePendingAuthRequest"`
}

// pendingJSON is a log-in that the device asks for and nobody has answered.
type pendingJSON struct {
	ID           id.AuthRequest `json:"id"`
	CreationDate wire.Date      `json:"creationDate"`
}

func deviceOf(d account.Device) deviceJSON {
	return deviceJSON{Object: "device", ID: d.ID, Name: d.Name, Type: d.Type, Identifier: d.Identifier,
		CreationDate: wire.Date(d.CreatedAt), LastActivityDate: wire.Date(d.ActiveAt)}
}

func answerDevice(w http.ResponseWriter, d account.Device, err error) error {
	if err != nil {
		return err
	}
	return wire.JSON(w, deviceOf(d))
}

type deviceRequest struct {
	Type       int    `json:"type"`
	Name       string `json:"name"`
	Identifier string `json:"identifier"`
	PushToken  string `json:"pushToken"`
}

// knownDevice reads its question from headers, so that no address stands in logs
// of paths. It is asked before a log-in.
func (a *API) knownDevice(w http.ResponseWriter, r *http.Request) error {
	email, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(r.Header.Get("X-Request-Email"), "="))
	identifier := r.Header.Get("X-Device-Identifier")
	if err != nil || len(email) == 0 || identifier == "" {
		return fault.New(fault.Invalid, "The headers X-Request-Email and X-Device-Identifier are needed.")
	}
	known, err := a.Accounts.Knows(r.Context(), string(email), identifier)
	if err != nil {
		return err
	}
	return wire.JSON(w, known)
}

func (a *API) devices(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	list, err := a.Accounts.DeviceList(r.Context(), user)
	if err != nil {
		return err
	}
	out := make([]deviceJSON, len(list))
	for i, d := range list {
		out[i] = deviceOf(d)
	}
	if err := a.withPending(r, user, out); err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(out))
}

// withPending adds what devices ask for. One statement, however many.
func (a *API) withPending(r *http.Request, user id.User, devices []deviceJSON) error {
	waiting, err := a.Requests.ListPending(r.Context(), user)
	for _, one := range waiting {
		for i := range devices {
			if devices[i].ID == one.Device {
				devices[i].DevicePendingAuthRequest = &pendingJSON{ID: one.ID, CreationDate: wire.Date(one.CreatedAt)}
			}
		}
	}
	return err
}

// found answers one device with what it asks for.
func (a *API) found(w http.ResponseWriter, r *http.Request, user id.User, d account.Device) error {
	one := []deviceJSON{deviceOf(d)}
	if err := a.withPending(r, user, one); err != nil {
		return err
	}
	return wire.JSON(w, one[0])
}

func (a *API) addDevice(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[deviceRequest](w, r)
	if err != nil {
		return err
	}
	d, err := a.Accounts.AddDevice(r.Context(), user, account.Device{Identifier: in.Identifier, Type: in.Type, Name: in.Name}, in.PushToken)
	return answerDevice(w, d, err)
}

// ownDevice is the caller and the device in the path.
func ownDevice(r *http.Request) (user id.User, device id.Device, err error) {
	if user, err = actor(r); err != nil {
		return user, device, err
	}
	device, err = wire.PathID[id.Device](r, "id")
	return user, device, err
}

func (a *API) device(w http.ResponseWriter, r *http.Request) error {
	user, device, err := ownDevice(r)
	if err != nil {
		return err
	}
	d, err := a.Accounts.FindDevice(r.Context(), user, device)
	if err != nil {
		return err
	}
	return a.found(w, r, user, d)
}

func (a *API) deviceByIdentifier(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	d, err := a.Accounts.FindDeviceByIdentifier(r.Context(), user, chi.URLParam(r, "identifier"))
	if err != nil {
		return err
	}
	return a.found(w, r, user, d)
}

func (a *API) updateDevice(w http.ResponseWriter, r *http.Request) error {
	user, device, err := ownDevice(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[deviceRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	d, err := a.Accounts.UpdateDevice(r.Context(), user, account.Device{ID: device, Identifier: in.Identifier, Type: in.Type, Name: in.Name}, in.PushToken)
	return answerDevice(w, d, err)
}

func (a *API) removeDevice(w http.ResponseWriter, r *http.Request) error {
	user, device, err := ownDevice(r)
	if err != nil {
		return err
	}
	if err := a.Accounts.RemoveDevice(r.Context(), user, device); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) setPushToken(w http.ResponseWriter, r *http.Request) error {
	user, in, err := asked[struct {
		PushToken string `json:"pushToken"`
	}](w, r)
	if err != nil {
		return err
	}
	if err := a.Accounts.SetPushToken(r.Context(), user, chi.URLParam(r, "identifier"), in.PushToken); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) clearPushToken(w http.ResponseWriter, r *http.Request) error {
	if err := a.Accounts.ClearPushToken(r.Context(), chi.URLParam(r, "identifier")); err != nil {
		return err
	}
	return wire.OK(w)
}
