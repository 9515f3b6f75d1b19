package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"github.com/kastellan/kastellan/internal/fault"
)

//go:embed migrations/sqlite/*.sql migrations/postgres/*.sql
var migrations embed.FS

// Migrate brings the schema to the newest version, each step in a transaction of
// its own. Before it changes a SQLite database that holds data it writes a copy
// beside it and returns the copy's path; the path is empty otherwise.
func (d *DB) Migrate(ctx context.Context) (backup string, err error) {
	p, err := d.migrator()
	if err != nil {
		return "", err
	}
	current, target, err := p.GetVersions(ctx)
	if err != nil {
		return "", translate(err)
	}
	if current > target {
		return "", tooNew(current, target)
	}
	if current > 0 && current < target && d.Dialect == SQLite {
		if backup, err = d.copyBefore(ctx, current); err != nil {
			return "", err
		}
	}
	if _, err := p.Up(ctx); err != nil {
		return backup, fmt.Errorf("migrate the database: %w", translate(err))
	}
	return backup, nil
}

// CheckVersion refuses a database that Migrate would have to change.
func (d *DB) CheckVersion(ctx context.Context) error {
	p, err := d.migrator()
	if err != nil {
		return err
	}
	current, target, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return translate(err)
	case current > target:
		return tooNew(current, target)
	case current < target:
		return fault.Newf(fault.Unavailable, "The database is of an older version (schema %d, this program knows %d). Start the server of this version first, or run kastellan migrate.", current, target)
	}
	return nil
}

func tooNew(current, target int64) error {
	return fault.Newf(fault.Unavailable, "The database was written by a newer Kastellan (schema %d, this program knows %d). Install that version again, or restore a backup.", current, target)
}

func (d *DB) migrator() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations/"+d.Dialect.String())
	if err != nil {
		return nil, err
	}
	dialect, opts := goose.DialectSQLite3, []goose.ProviderOption(nil)
	if d.Dialect == Postgres {
		// Several nodes may start at once: one migrates, the others wait.
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		dialect, opts = goose.DialectPostgres, []goose.ProviderOption{goose.WithSessionLocker(locker)}
	}
	return goose.NewProvider(dialect, d.writer, files, opts...)
}

func (d *DB) copyBefore(ctx context.Context, version int64) (string, error) {
	path := fmt.Sprintf("%s.before-%04d", d.path, version+1)
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return "", err
	}
	if _, err := d.writer.ExecContext(ctx, "VACUUM INTO $1", path); err != nil {
		return "", fault.Wrap(fault.Unavailable, fmt.Sprintf("The backup %s cannot be written, so the database was not migrated. Free some space and start again.", path), translate(err))
	}
	return path, nil
}
