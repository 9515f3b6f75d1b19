package db_test

import (
	"testing"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
)

func TestTextThatPostgresCannotHoldIsTheCallersFault(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, text := range []string{"a\x00b", "\xff"} {
			err := d.Update(t.Context(), func(tx *db.Tx) error { return limit(t.Context(), tx, text) })
			if d.Dialect == db.Postgres && !fault.Is(err, fault.Invalid) {
				t.Errorf("%q: %v, want an invalid request", text, err)
			}
			if d.Dialect == db.SQLite && err != nil {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}

func TestWhoLosesEveryRaceIsToldToTryAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if d.Dialect != db.Postgres {
			return // one writer at a time never meets another
		}
		for _, code := range []string{"40001", "40P01"} {
			tries := 0
			err := d.Update(t.Context(), func(tx *db.Tx) error {
				tries++
				_, err := tx.Exec(t.Context(), `DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '`+code+`'; END $$`)
				return err
			})
			if !fault.Is(err, fault.Unavailable) || tries < 2 {
				t.Errorf("%s after %d tries: %v, want unavailable after several", code, tries, err)
			}
		}
	})
}
