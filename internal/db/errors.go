package db

import (
	"context"
	"errors"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/kastellan/kastellan/internal/fault"
)

const (
	msgFull     = "The server's disk is full. Nothing was stored; please tell the person who runs this server."
	msgDown     = "The database does not answer. Nothing was stored; please try again in a moment."
	msgReadOnly = "The database cannot be written. Nothing was stored; please tell the person who runs this server."
	msgBusy     = "The database is busy with another program. Nothing was stored; please try again in a moment."
	msgTaken    = "This exists already."
	msgCrowd    = "Too many changes came at the same time. Nothing was stored; please try again in a moment."
	msgText     = "The request has characters that cannot be stored."
	msgGone     = "Something that this refers to does not exist any more."
)

// translate turns a driver's error into a fault, by code and never by text.
func translate(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return fromSQLite(e.Code(), err)
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return fromPostgres(e.Code, err)
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return fault.Wrap(fault.Unavailable, msgDown, err)
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return fault.Wrap(fault.Unavailable, msgDown, err)
	}
	return err
}

func fromSQLite(code int, err error) error {
	switch code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return fault.Wrap(fault.Conflict, msgTaken, err)
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return fault.Wrap(fault.Conflict, msgGone, err)
	}
	switch code & 0xff { // the primary code of an extended one
	case sqlite3.SQLITE_FULL:
		return fault.Wrap(fault.Unavailable, msgFull, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR:
		return fault.Wrap(fault.Unavailable, msgReadOnly, err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fault.Wrap(fault.Unavailable, msgBusy, err)
	}
	return err
}

func fromPostgres(code string, err error) error {
	switch code {
	case "23505": // unique_violation
		return fault.Wrap(fault.Conflict, msgTaken, err)
	case "23503": // foreign_key_violation
		return fault.Wrap(fault.Conflict, msgGone, err)
	case "22021", "22P05": // bytes that are no text of the database, such as NUL
		return fault.Wrap(fault.Invalid, msgText, err)
	case "53100": // disk_full
		return fault.Wrap(fault.Unavailable, msgFull, err)
	case "40001", "40P01": // serialization_failure and deadlock_detected, after all tries of Update
		return fault.Wrap(fault.Unavailable, msgCrowd, err)
	case "57P01", "57P02", "57P03", "53300": // shutting down, crashed, starting, too many connections
		return fault.Wrap(fault.Unavailable, msgDown, err)
	case "25006": // read_only_sql_transaction
		return fault.Wrap(fault.Unavailable, msgReadOnly, err)
	}
	return err
}

// retryable is true for serialization failures and deadlocks of PostgreSQL.
func retryable(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (e.Code == "40001" || e.Code == "40P01")
}
