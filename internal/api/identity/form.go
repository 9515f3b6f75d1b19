package identity

import (
	"errors"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/login"
)

// maxForm bounds the body of the token endpoint. Real ones have a few hundred bytes.
const maxForm = 64 << 10

// form is a request for a token. Names are lower-cased: clients differ in case.
type form map[string]string

// readForm reads the body alone: secrets have no place in an address.
func readForm(w http.ResponseWriter, r *http.Request) (form, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, &login.Refusal{Code: "invalid_request", Message: "The request must be a form (application/x-www-form-urlencoded)."}
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return nil, fault.Wrap(fault.TooLarge, "The request is too large.", err)
		}
		return nil, &login.Refusal{Code: "invalid_request", Message: "The request cannot be read."}
	}
	f := form{}
	for name, values := range r.PostForm {
		name = strings.ToLower(name)
		if _, twice := f[name]; twice || len(values) != 1 {
			return nil, &login.Refusal{Code: "invalid_request", Message: "A field of the request is there twice."}
		}
		f[name] = values[0]
	}
	return f, nil
}

// secondStep reads what answers the question for a second factor. A number that is
// none is that of no factor, so that the answer is the one for a wrong code.
func (f form) secondStep() account.SecondStep {
	kind, err := strconv.Atoi(f["twofactorprovider"])
	if err != nil {
		kind = -1
	}
	code := strings.TrimSpace(f["twofactortoken"])
	return account.SecondStep{
		Given: code != "" && f["twofactorprovider"] != "", Factor: account.Factor(kind), Code: code,
		Remember: f["twofactorremember"] == "1",
	}
}

// client reads who asks. An unreadable device type is that of an unknown browser:
// it must not keep anybody from logging in.
func (f form) client() login.Client {
	const unknownBrowser = 14
	kind, err := strconv.Atoi(f["devicetype"])
	if err != nil || kind < 0 || kind > 1000 {
		kind = unknownBrowser
	}
	return login.Client{
		ID: f["client_id"], Scope: f["scope"], PushToken: f["devicepushtoken"],
		Device: account.Device{Identifier: f["deviceidentifier"], Type: kind, Name: f["devicename"]},
	}
}
