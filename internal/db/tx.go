package db

import (
	"context"
	"database/sql"
	"errors"
	"sync/atomic"
	"time"

	"github.com/kastellan/kastellan/internal/fault"
)

// Tx is a running transaction.
type Tx struct {
	// Now is the time of every row that this transaction writes, in UTC with
	// microseconds: what both databases store and what clients get back.
	Now     time.Time
	Dialect Dialect

	db    *DB
	tx    *sql.Tx
	after []func()
	told  []any
}

// Stmt is a statement in both dialects.
type Stmt struct{ sqlite, postgres string }

// By is for the statements that cannot be written in the shared subset.
func By(sqlite, postgres string) Stmt { return Stmt{sqlite, postgres} }

// In gives the statement in the transaction's dialect.
func (s Stmt) In(tx *Tx) string {
	if tx.Dialect == Postgres {
		return s.postgres
	}
	return s.sqlite
}

// OnCommit has f called once the transaction is committed: the place for pushes
// and for removing files. f must not fail the act, which is already done.
func (tx *Tx) OnCommit(f func()) { tx.after = append(tx.after, f) }

// Tell hands v to the database's Outlet once the transaction is committed, together
// with everything else that the transaction told.
func (tx *Tx) Tell(v any) { tx.told = append(tx.told, v) }

// Exec runs a statement and answers how many rows it changed.
func (tx *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	count(ctx)
	res, err := tx.tx.ExecContext(ctx, query, plain(args)...)
	if err != nil {
		return 0, translate(err)
	}
	n, err := res.RowsAffected()
	return n, translate(err)
}

// ExecOne is Exec for statements that must change exactly one row; zero rows
// answer that the thing is absent.
func (tx *Tx) ExecOne(ctx context.Context, query string, args ...any) error {
	n, err := tx.Exec(ctx, query, args...)
	if err == nil && n == 0 {
		return fault.Absent()
	}
	return err
}

// Row is what a scan function reads from: *sql.Row and *sql.Rows.
type Row interface{ Scan(dest ...any) error }

// One reads one row; no row answers that the thing is absent.
func One[T any](ctx context.Context, tx *Tx, scan func(Row) (T, error), query string, args ...any) (T, error) {
	count(ctx)
	v, err := scan(tx.tx.QueryRowContext(ctx, query, plain(args)...))
	if errors.Is(err, sql.ErrNoRows) {
		return v, fault.Absent()
	}
	return v, translate(err)
}

// All reads every row.
func All[T any](ctx context.Context, tx *Tx, scan func(Row) (T, error), query string, args ...any) ([]T, error) {
	out := []T{}
	err := Each(ctx, tx, func(r Row) error {
		v, err := scan(r)
		out = append(out, v)
		return err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Each calls fn for every row, without holding more than one.
func Each(ctx context.Context, tx *Tx, fn func(Row) error, query string, args ...any) error {
	count(ctx)
	rows, err := tx.tx.QueryContext(ctx, query, plain(args)...)
	if err != nil {
		return translate(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return translate(err)
		}
	}
	return translate(rows.Err())
}

// Value scans a row of one column.
func Value[T any](r Row) (T, error) {
	var v T
	err := r.Scan(&v)
	return v, err
}

// plain turns times into the microseconds that are stored.
func plain(args []any) []any {
	for i, a := range args {
		switch v := a.(type) {
		case time.Time:
			if v.IsZero() {
				args[i] = nil
			} else {
				args[i] = v.UnixMicro()
			}
		case *time.Time:
			if v == nil {
				args[i] = nil
			} else {
				args[i] = v.UnixMicro()
			}
		}
	}
	return args
}

type counterKey struct{}

// CountStatements returns a context under which every statement is counted in n:
// for the tests that hold pages to a constant number.
func CountStatements(ctx context.Context, n *atomic.Int64) context.Context {
	return context.WithValue(ctx, counterKey{}, n)
}

func count(ctx context.Context) {
	if n, ok := ctx.Value(counterKey{}).(*atomic.Int64); ok {
		n.Add(1)
	}
}
