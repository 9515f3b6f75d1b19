package db

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// Null gives NULL for a zero value: no folder, no organization, no date.
func Null[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}

// Opt scans a column that may be NULL, which reads as the empty text.
func Opt[T ~string](dest *T) sql.Scanner { return &optText[T]{dest} }

type optText[T ~string] struct{ dest *T }

func (o *optText[T]) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*o.dest = ""
	case string:
		*o.dest = T(v)
	case []byte:
		*o.dest = T(v)
	default:
		return fmt.Errorf("column holds %T, want text", src)
	}
	return nil
}

// Time scans microseconds; NULL reads as the zero time.
func Time(dest *time.Time) sql.Scanner { return (*micros)(dest) }

type micros time.Time

func (m *micros) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*m = micros{}
	case int64:
		*m = micros(time.UnixMicro(v).UTC())
	default:
		return fmt.Errorf("column holds %T, want microseconds", src)
	}
	return nil
}

// List is an argument for Among: the ids as one parameter, however many.
func List[T ~string](ids []T) string {
	if ids == nil {
		ids = []T{}
	}
	b, err := json.Marshal(ids)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(b)
}

// Among is the condition that column is one of the ids given by List as the
// parameter number n. It keeps a statement's text, and the number of statements,
// the same for two ids and for two thousand.
func Among(tx *Tx, column string, n int) string {
	if tx.Dialect == Postgres {
		// As an array the list is read once and can lead an index; as a subquery
		// PostgreSQL may read it again for every row.
		return fmt.Sprintf("%s = ANY (ARRAY(SELECT jsonb_array_elements_text($%d::jsonb)))", column, n)
	}
	return fmt.Sprintf("%s IN (SELECT value FROM json_each($%d))", column, n)
}

// Map is an argument for json_each and jsonb_each_text: values by id, as one
// parameter, however many.
func Map[K, V ~string](values map[K]V) string {
	b, err := json.Marshal(values)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(b)
}
