package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"

	"github.com/kastellan/kastellan/internal/fault"
)

// Dialect names the kind of database.
type Dialect int

// The two dialects.
const (
	SQLite Dialect = iota
	Postgres
)

func (d Dialect) String() string {
	if d == Postgres {
		return "postgres"
	}
	return "sqlite"
}

// DB is a database: one writer and a pool of readers on SQLite, one pool for
// both on PostgreSQL.
type DB struct {
	Dialect Dialect
	// Now gives the time of a transaction; tests replace it.
	Now func() time.Time
	// Outlet is given what a committed transaction told (Tx.Tell), in its order and
	// at once; nil when nobody listens. It must not wait for anything.
	Outlet func(told []any)

	notices noticeBoard

	path   string // of the SQLite file
	writer *sql.DB
	reader *sql.DB
}

// Open opens the database at rawURL: "postgres://…" or the path of a SQLite
// file, with or without "sqlite:" in front. The file's directory is made when it
// is absent. Open does not migrate.
func Open(ctx context.Context, rawURL string) (*DB, error) {
	if strings.HasPrefix(rawURL, "postgres://") || strings.HasPrefix(rawURL, "postgresql://") {
		return openPostgres(ctx, rawURL)
	}
	return openSQLite(ctx, strings.TrimPrefix(strings.TrimPrefix(rawURL, "sqlite://"), "sqlite:"))
}

func openSQLite(ctx context.Context, path string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fault.Wrap(fault.Unavailable, fmt.Sprintf("The data directory %s cannot be made. Choose another with data_dir, or give this user the right to write there.", filepath.Dir(path)), err)
	}
	// busy_timeout comes first: the pragmas after it may already meet a lock.
	shared := url.Values{"_pragma": {"busy_timeout(5000)", "journal_mode(WAL)", "foreign_keys(1)", "synchronous(FULL)", "cache_size(-8000)"}}
	write := url.Values{"_pragma": shared["_pragma"], "_txlock": {"immediate"}}
	read := url.Values{"_pragma": append([]string{}, append(shared["_pragma"], "query_only(1)")...)}
	writer, err := sql.Open("sqlite", "file:"+path+"?"+write.Encode())
	if err != nil {
		return nil, translate(err)
	}
	writer.SetMaxOpenConns(1)
	reader, err := sql.Open("sqlite", "file:"+path+"?"+read.Encode())
	if err != nil {
		return nil, errors.Join(translate(err), writer.Close())
	}
	reader.SetMaxOpenConns(max(4, runtime.NumCPU()))
	reader.SetMaxIdleConns(max(4, runtime.NumCPU()))
	d := &DB{Dialect: SQLite, Now: time.Now, path: path, writer: writer, reader: reader}
	// The first statement makes the file, and so finds out that it cannot be.
	if _, err := writer.ExecContext(ctx, "PRAGMA user_version"); err != nil {
		return nil, errors.Join(
			fault.Wrap(fault.Unavailable, fmt.Sprintf("The database file %s cannot be opened for writing. Check that its directory exists, is writable for this user and has free space.", path), err),
			d.Close())
	}
	return d, nil
}

func openPostgres(ctx context.Context, rawURL string) (*DB, error) {
	pool, err := sql.Open("pgx", rawURL)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, "database_url is not a valid PostgreSQL address.", err)
	}
	pool.SetMaxOpenConns(max(8, 4*runtime.NumCPU()))
	pool.SetMaxIdleConns(max(8, 4*runtime.NumCPU()))
	d := &DB{Dialect: Postgres, Now: time.Now, writer: pool, reader: pool}
	ping, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if err := pool.PingContext(ping); err != nil {
		u, _ := url.Parse(rawURL)
		host := "the configured address"
		if u != nil && u.Host != "" {
			host = u.Host
		}
		return nil, errors.Join(
			fault.Wrap(fault.Unavailable, fmt.Sprintf("PostgreSQL at %s does not answer. Check that it runs, and the host, user and database name in database_url.", host), err),
			d.Close())
	}
	return d, nil
}

// Close closes all connections.
func (d *DB) Close() error {
	if d.reader == d.writer {
		return d.writer.Close()
	}
	return errors.Join(d.reader.Close(), d.writer.Close())
}

// Ping asks the database whether it answers.
func (d *DB) Ping(ctx context.Context) error { return translate(d.reader.PingContext(ctx)) }

// View runs fn on one unchanging snapshot of the database.
func (d *DB) View(ctx context.Context, fn func(tx *Tx) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if d.Dialect == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	return d.attempt(ctx, d.reader, opts, fn)
}

// Update runs fn in a transaction that commits when fn returns nil. On
// PostgreSQL fn runs again after a serialization failure, so it must have no
// effect outside the transaction but through OnCommit.
func (d *DB) Update(ctx context.Context, fn func(tx *Tx) error) error {
	return d.update(ctx, sql.LevelSerializable, fn)
}

// UpdateByLock is Update for chores that guard themselves: on PostgreSQL each
// statement sees what is committed by then, and fn takes row locks for what must
// not change meanwhile. In return no act has to run again because of the chore.
func (d *DB) UpdateByLock(ctx context.Context, fn func(tx *Tx) error) error {
	return d.update(ctx, sql.LevelReadCommitted, fn)
}

func (d *DB) update(ctx context.Context, isolation sql.IsolationLevel, fn func(tx *Tx) error) error {
	opts := &sql.TxOptions{}
	if d.Dialect == Postgres {
		opts.Isolation = isolation
	}
	const tries = 10
	for try := 1; ; try++ {
		err := d.attempt(ctx, d.writer, opts, fn)
		if err == nil || try == tries || !retryable(err) {
			return err
		}
		// Losers of a race wait a random while, so that they don't meet again.
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(rand.Int64N(int64(try) * int64(5*time.Millisecond)))): //nolint:gosec // jitter, not a secret
		}
	}
}

func (d *DB) attempt(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, fn func(tx *Tx) error) error {
	stx, err := pool.BeginTx(ctx, opts)
	if err != nil {
		return translate(err)
	}
	// After Commit this does nothing; it matters when fn fails or panics.
	defer stx.Rollback() //nolint:errcheck // the failure that led here is the one to report
	tx := &Tx{Now: d.Now().UTC().Truncate(time.Microsecond), Dialect: d.Dialect, tx: stx, db: d}
	if err := fn(tx); err != nil {
		return err
	}
	if err := stx.Commit(); err != nil {
		return translate(err)
	}
	for _, f := range tx.after {
		f()
	}
	if d.Outlet != nil && len(tx.told) > 0 {
		d.Outlet(tx.told)
	}
	return nil
}
