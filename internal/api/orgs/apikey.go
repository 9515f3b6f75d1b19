package orgs

import (
	"context"
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/wire"
)

// secretJSON is the proof that sensitive calls carry beside their own members.
// What deletes an organization calls it secret.
type secretJSON struct {
	MasterPasswordHash string `json:"masterPasswordHash"`
	OTP                string `json:"otp"`
	Secret             string `json:"secret"`
}

func (s secretJSON) secret() account.Secret {
	if s.MasterPasswordHash == "" && s.OTP == "" {
		return account.Secret{MasterPasswordHash: s.Secret}
	}
	return account.Secret{MasterPasswordHash: s.MasterPasswordHash, OTP: s.OTP}
}

// theOneKind is the number of the kind of key that there is: for the Public API.
// Other servers have keys for billing and directories too.
const theOneKind = 0

type apiKeyRequest struct {
	secretJSON
	Type int `json:"type"`
}

type apiKeyBody struct {
	Object       string    `json:"object"`
	APIKey       string    `json:"apiKey"`
	RevisionDate wire.Date `json:"revisionDate"`
}

func (a *API) apiKey(w http.ResponseWriter, r *http.Request) error {
	return answerAPIKey(w, r, a.Tenants.ShowAPIKey)
}

func (a *API) rotateAPIKey(w http.ResponseWriter, r *http.Request) error {
	return answerAPIKey(w, r, a.Tenants.RotateAPIKey)
}

func answerAPIKey(w http.ResponseWriter, r *http.Request, get func(context.Context, id.User, id.Org, account.Secret) (tenant.APIKey, error)) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[apiKeyRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if in.Type != theOneKind {
		return fault.Absent()
	}
	key, err := get(r.Context(), user, organization, in.secret())
	if err != nil {
		return err
	}
	return wire.JSON(w, apiKeyBody{"apiKey", key.Key, wire.Date(key.RevisedAt)})
}

type keyAgeBody struct {
	Object       string    `json:"object"`
	KeyType      int       `json:"keyType"`
	RevisionDate wire.Date `json:"revisionDate"`
}

// apiKeyAge lists the keys of a kind; without one, all.
func (a *API) apiKeyAge(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	key, err := a.Tenants.FindAPIKeyAge(r.Context(), user, organization)
	if err != nil {
		return err
	}
	list := []keyAgeBody{}
	if kind := chi.URLParam(r, "type"); kind == "" || kind == "0" {
		list = append(list, keyAgeBody{"keyInformation", theOneKind, wire.Date(key.RevisedAt)})
	}
	return wire.JSON(w, wire.ListOf(list))
}
