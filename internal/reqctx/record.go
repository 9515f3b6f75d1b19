package reqctx

import (
	"context"
	"log/slog"
)

// Record gathers what the one log line of a request says beside the obvious. It
// exists because the line is written outside the handlers, which cannot see the
// context that they hand down.
type Record struct {
	Actor Actor
	Attrs []slog.Attr
}

// WithRecord begins a record. It is filled by WithActor and Note, on the request's
// own goroutine only.
func WithRecord(ctx context.Context) (context.Context, *Record) {
	r := &Record{}
	return context.WithValue(ctx, recordKey, r), r
}

// Note adds attributes to the request's log line: never a secret, a ciphertext
// or an e-mail address.
func Note(ctx context.Context, attrs ...slog.Attr) {
	if r, ok := ctx.Value(recordKey).(*Record); ok {
		r.Attrs = append(r.Attrs, attrs...)
	}
}
