package mail

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/db"
)

// letterID names a row of the outbox; nothing else refers to it.
type letterID string

const sealPurpose = "mail outbox"

type letter struct {
	id       string
	sealed   []byte
	attempts int // with the one that is running
}

func insertLetters(ctx context.Context, tx *db.Tx, rows [][]any) error {
	return db.Insert(ctx, tx, `INSERT INTO mail_outbox (id, sealed, attempts, due_at, created_at)`, rows...)
}

// takeDue leases the letters that are due, oldest first.
func takeDue(ctx context.Context, tx *db.Tx, limit int) ([]letter, error) {
	due, err := db.All(ctx, tx, scanLetter,
		`SELECT id, sealed, attempts + 1 FROM mail_outbox WHERE due_at <= $1 ORDER BY due_at, created_at, id LIMIT $2`, tx.Now, limit)
	if err != nil {
		return nil, err
	}
	for _, l := range due {
		err := tx.ExecOne(ctx, `UPDATE mail_outbox SET attempts = $1, due_at = $2 WHERE id = $3`, l.attempts, tx.Now.Add(lease), l.id)
		if err != nil {
			return nil, err
		}
	}
	return due, nil
}

func scanLetter(r db.Row) (letter, error) {
	var l letter
	err := r.Scan(&l.id, &l.sealed, &l.attempts)
	return l, err
}

func deleteLetter(ctx context.Context, tx *db.Tx, rowID string) error {
	_, err := tx.Exec(ctx, `DELETE FROM mail_outbox WHERE id = $1`, rowID)
	return err
}

func postponeLetter(ctx context.Context, tx *db.Tx, rowID string, due time.Time, reason string) error {
	_, err := tx.Exec(ctx, `UPDATE mail_outbox SET due_at = $1, last_error = $2 WHERE id = $3`, due, reason, rowID)
	return err
}
