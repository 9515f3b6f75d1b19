// Package db opens the database, runs transactions and applies migrations, on
// SQLite and PostgreSQL alike.
//
// It owns: connections and their settings, Tx with the time of the transaction,
// OnCommit, the retry of serialization failures, the translation of drivers'
// errors into faults, migrations and the statement counter. It owns no table
// and no statement of any domain.
//
// SQL is written once, in the subset that both databases share, with $1…$n;
// where they differ, By(sqlite, postgres) stands beside the statement.
package db
