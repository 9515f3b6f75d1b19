package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of failure it was. The zero value is Internal.
type Kind int

// The kinds. Foreign things answer NotFound, like absent ones: Forbidden is for
// what the caller may know about but not do, and is never sent as 403, since
// official clients log their user out on it.
const (
	Internal Kind = iota
	Invalid
	Unauthenticated
	Forbidden
	NotFound
	Conflict
	RateLimited
	TooLarge
	Unavailable
)

func (k Kind) String() string {
	names := [...]string{"internal", "invalid", "unauthenticated", "forbidden", "not found", "conflict", "rate limited", "too large", "unavailable"}
	if k < 0 || int(k) >= len(names) {
		return "unknown"
	}
	return names[k]
}

// Error is a failure with a sentence for a person.
type Error struct {
	Kind   Kind
	Msg    string
	Fields map[string][]string // by member name of the request, in wire spelling
	Err    error               // for the log only
}

func (e *Error) Error() string {
	if e.Err != nil {
		return e.Msg + ": " + e.Err.Error()
	}
	return e.Msg
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes a fault whose sentence is shown to the caller.
func New(k Kind, msg string) error { return &Error{Kind: k, Msg: msg} }

// Newf is New with formatting; its arguments are shown to the caller too.
func Newf(k Kind, format string, args ...any) error {
	return &Error{Kind: k, Msg: fmt.Sprintf(format, args...)}
}

// Field makes an Invalid fault about one member of the request.
func Field(name, msg string) error {
	return &Error{Kind: Invalid, Msg: msg, Fields: map[string][]string{name: {msg}}}
}

// Absent answers for a thing that does not exist or that the caller may not
// see: the two must stay indistinguishable, so everybody uses this sentence.
func Absent() error { return New(NotFound, "Resource not found.") }

// Wrap gives err a kind and a safe sentence.
func Wrap(k Kind, msg string, err error) error { return &Error{Kind: k, Msg: msg, Err: err} }

// KindOf finds the kind in err's chain; a plain error is Internal.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is of kind k.
func Is(err error, k Kind) bool { return err != nil && KindOf(err) == k }
