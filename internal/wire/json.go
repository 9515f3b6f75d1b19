package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Limits on the size of a request's body, in bytes.
const (
	SmallBody = 1 << 20  // 1 MiB: nearly everything
	BulkBody  = 64 << 20 // 64 MiB: imports and key rotation
)

// Decode reads a JSON body of at most limit bytes. Names are matched without
// regard to case and unknown members are ignored, because client generations
// differ in both. An empty body is refused.
func Decode[T any](w http.ResponseWriter, r *http.Request, limit int64) (T, error) {
	v, given, err := decode[T](w, r, limit)
	if err == nil && !given {
		err = fault.New(fault.Invalid, "The request has no body.")
	}
	return v, err
}

// DecodeOptional is Decode for the routes whose body may be missing.
func DecodeOptional[T any](w http.ResponseWriter, r *http.Request, limit int64) (T, error) {
	v, _, err := decode[T](w, r, limit)
	return v, err
}

func decode[T any](w http.ResponseWriter, r *http.Request, limit int64) (v T, given bool, err error) {
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, limit))
	err = dec.Decode(&v)
	if errors.Is(err, io.EOF) {
		return v, false, nil
	}
	if err != nil {
		return v, true, bodyFault(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return v, true, fault.New(fault.Invalid, "The request's body has more than one value.")
	}
	return v, true, nil
}

func bodyFault(err error) error {
	if e, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return fault.Wrap(fault.TooLarge, fmt.Sprintf("The request is larger than the %d MB that this server accepts.", e.Limit>>20), err)
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fault.Field(e.Field, fmt.Sprintf("The value of %s has the wrong type.", e.Field))
	}
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f
	}
	return fault.Wrap(fault.Invalid, "The request's body is not valid JSON.", err)
}

// JSON answers 200 with v.
func JSON(w http.ResponseWriter, v any) error {
	JSONStatus(w, http.StatusOK, v)
	return nil
}

// JSONStatus answers with a status and v.
func JSONStatus(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false) // base64 and names come back as they were sent
	_ = enc.Encode(v)        // a failure here means that the caller has gone
}

// OK answers 200 without a body.
func OK(w http.ResponseWriter) error {
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	return nil
}

// List is the envelope of every list.
type List[T any] struct {
	Object            string  `json:"object"`
	Data              []T     `json:"data"`
	ContinuationToken *string `json:"continuationToken"`
}

// ListOf wraps data; a nil slice becomes an empty list.
func ListOf[T any](data []T) List[T] {
	if data == nil {
		data = []T{}
	}
	return List[T]{Object: "list", Data: data}
}

// Date is a moment as clients read it: UTC, microseconds, "Z". The zero value is null.
type Date time.Time

// MarshalJSON writes the date, or null.
func (d Date) MarshalJSON() ([]byte, error) {
	t := time.Time(d)
	if t.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + Stamp(t) + `"`), nil
}

// UnmarshalJSON reads any RFC 3339 date; null and "" are the zero value.
func (d *Date) UnmarshalJSON(b []byte) error {
	s := strings.Trim(string(b), `"`)
	if s == "null" || s == "" {
		*d = Date{}
		return nil
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return fault.New(fault.Invalid, "A date in the request cannot be read.")
	}
	*d = Date(t.UTC())
	return nil
}

// Stamp formats a moment as clients read it.
func Stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

// PathID reads an identifier from the path. A malformed one is absent, like any
// other id that names nothing.
func PathID[T ~string](r *http.Request, name string) (T, error) {
	v, err := id.Parse[T](chi.URLParam(r, name))
	if err != nil {
		return "", fault.Absent()
	}
	return v, nil
}

func sentence(err error, k fault.Kind, requestID string) (string, map[string][]string) {
	if k == fault.Internal {
		return "Something went wrong on the server. If it happens again, tell the person who runs it this number: " + requestID, nil
	}
	if e, ok := errors.AsType[*fault.Error](err); ok {
		return e.Msg, e.Fields
	}
	return http.StatusText(statusOf(k)), nil
}
