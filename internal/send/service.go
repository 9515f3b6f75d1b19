package send

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/token"
	"github.com/kastellan/kastellan/internal/vault"
)

// Service keeps Sends.
type Service struct {
	DB     *db.DB
	Files  *blob.Files
	Tokens *token.Keeper
	Limits *ratelimit.Limiter
	Mail   *mail.Outbox // nil on a server without mail, which mails no codes
	// PublicURL begins the addresses of files, and is the issuer of tokens.
	PublicURL string
	Storage   vault.Storage
	// MaxUpload is the largest file, in bytes.
	MaxUpload int64
}

// later is a revision date after the one before. Clients see milliseconds.
func later(now, before time.Time) time.Time {
	if now.After(before) {
		return now
	}
	return before.Add(time.Millisecond)
}

// in and out open a transaction for an act that answers something.
func in[T any](ctx context.Context, s *Service, act func(tx *db.Tx) (T, error)) (out T, err error) {
	err = s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		out, err = act(tx)
		return err
	})
	return out, err
}

func view[T any](ctx context.Context, s *Service, act func(tx *db.Tx) (T, error)) (out T, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		out, err = act(tx)
		return err
	})
	return out, err
}
