package fleet

import (
	_ "embed"
	"net/http"
)

// Description is the OpenAPI document of this surface.
//
//go:embed openapi.json
var Description []byte

func description(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(Description) // a failure here means that the caller has gone
	return nil
}
