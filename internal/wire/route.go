package wire

import (
	"log/slog"
	"net/http"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// Handler answers a request, or fails with an error that Adapt turns into a body.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Who declares for whom a route is. The rule itself is enforced by the domain
// that the handler calls; the declaration is what the generated actor matrix
// holds every route to. The zero value declares nothing, and a test refuses it.
type Who string

// The actors. "Foreign is the same as absent": whoever is not among them gets
// the answer for a thing that does not exist.
const (
	Anyone     Who = "anyone"      // no token; secrets in the body are checked and limited
	Account    Who = "account"     // any logged-in account, about itself
	Owner      Who = "owner"       // the account that the thing named in the path belongs to
	Invitee    Who = "invitee"     // a logged-in account with an invitation addressed to it
	ItemReader Who = "item reader" // whom access lets read the item
	ItemWriter Who = "item writer" // whom access lets change the item
	Member     Who = "member"      // confirmed members of the organization, and its provider's staff
	// Owners, admins and custom members with the permission for it, and the provider's staff.
	MemberManager   Who = "member manager"   // manages people
	GroupManager    Who = "group manager"    // manages groups
	PolicyManager   Who = "policy manager"   // manages policies
	RecoveryManager Who = "recovery manager" // recovers accounts
	DomainManager   Who = "domain manager"   // manages claimed domains
	EventReader     Who = "event reader"     // reads the organization's log
	OrgOwner        Who = "org owner"        // owners of the organization, and its provider's staff
	OrgKey          Who = "organization key" // the organization itself, by a token of its API key; nobody else
	ProviderKey     Who = "provider key"     // a program of a provider, by a token of an API key; nobody else
	ProviderStaff   Who = "provider staff"   // confirmed people of the provider
	ProviderAdmin   Who = "provider admin"   // its confirmed admins
	SendRecipient   Who = "send recipient"   // whoever was let in to a Send, by a token for that Send alone
)

// Route is one endpoint. Path is in chi's syntax and complete, from "/api" on.
type Route struct {
	Method string
	Path   string
	Who    Who
	Handle Handler
	// Also are older spellings of the same endpoint, as "METHOD /path".
	Also []string
	// Upload is for routes whose body is a file: their limit is that of files.
	Upload bool
	// Socket is for routes at which sockets are opened: the token may stand in the query as
	// access_token, since browsers cannot send headers with a socket.
	Socket bool
}

// Adapt makes a Handler an http.Handler: errors become bodies here and nowhere else.
func Adapt(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			Fail(w, r, err)
		}
	})
}

// AdaptPublic is Adapt for the Public API and the Provider API, whose error body is another.
func AdaptPublic(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			status, msg, fields := reported(r, err)
			JSONStatus(w, status, publicErrorBody{Object: "error", Message: msg, Errors: fields})
		}
	})
}

type publicErrorBody struct {
	Object  string              `json:"object"`
	Message string              `json:"message"`
	Errors  map[string][]string `json:"errors"`
}

// Fail writes the error body of the client API.
func Fail(w http.ResponseWriter, r *http.Request, err error) {
	status, msg, fields := reported(r, err)
	JSONStatus(w, status, errorBody{Object: "error", Message: msg, ValidationErrors: fields})
}

// reported is what the client is told of an error. The cause of an internal one
// goes to the log, and the client learns the request's id.
func reported(r *http.Request, err error) (status int, msg string, fields map[string][]string) {
	ctx := r.Context()
	kind := fault.KindOf(err)
	if ctx.Err() != nil {
		kind = fault.Unavailable // the caller went away: nobody reads this
	} else if kind == fault.Internal || kind == fault.Unavailable {
		slog.ErrorContext(ctx, "request failed", "request_id", reqctx.RequestID(ctx), "error", err)
	}
	msg, fields = sentence(err, kind, reqctx.RequestID(ctx))
	return statusOf(kind), msg, fields
}

type errorBody struct {
	Object                string              `json:"object"`
	Message               string              `json:"message"`
	ValidationErrors      map[string][]string `json:"validationErrors"`
	ExceptionMessage      *string             `json:"exceptionMessage"`
	ExceptionStackTrace   *string             `json:"exceptionStackTrace"`
	InnerExceptionMessage *string             `json:"innerExceptionMessage"`
}

// statusOf is the one table from kinds to statuses. Forbidden is 400 because
// official clients wipe their state and log out on 403.
func statusOf(k fault.Kind) int {
	switch k {
	case fault.Invalid, fault.Forbidden:
		return http.StatusBadRequest
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.RateLimited:
		return http.StatusTooManyRequests
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	case fault.Internal:
	}
	return http.StatusInternalServerError
}
