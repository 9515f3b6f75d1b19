package providers

import (
	"encoding/json"
	"net/http"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

type storageRequest struct {
	Limit optionalBytes `json:"limit"`
}

// optionalBytes tells null, which means the server's limit, from a member that is missing.
type optionalBytes struct {
	bytes *int64
	given bool
}

func (o *optionalBytes) UnmarshalJSON(b []byte) error {
	o.given = true
	return json.Unmarshal(b, &o.bytes)
}

func (a *API) setStorage(w http.ResponseWriter, r *http.Request) error {
	caller, which, c, err := on[id.ProviderClient](r, "client")
	if err != nil {
		return err
	}
	in, err := wire.Decode[storageRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if !in.Limit.given {
		return fault.Field("limit", "Say how many bytes the client's attachments may take; null for the server's limit.")
	}
	s, err := a.Providers.SetStorage(r.Context(), caller, which, c, in.Limit.bytes)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.StorageOf(s.Used, s.Of(a.OrgStorage), s.Limit != nil))
}
