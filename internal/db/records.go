package db

import (
	"fmt"
	"strings"
)

// Records is a common table expression whose rows are the objects of a JSON list, given
// as the parameter number n: as many rows as there are in one parameter. Columns are
// members of the objects with their types, as in "id TEXT"; missing ones are NULL.
func Records(tx *Tx, name string, n int, columns ...string) string {
	if tx.Dialect == Postgres {
		return fmt.Sprintf("%s AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($%d::jsonb) AS r (%s))", name, n, strings.Join(columns, ", "))
	}
	parts := make([]string, len(columns))
	for i, c := range columns {
		member, _, _ := strings.Cut(c, " ")
		parts[i] = fmt.Sprintf("json_extract(value, '$.%[1]s') AS %[1]s", member)
	}
	// Materialized, or SQLite reads the whole list once per row that it is joined to.
	return fmt.Sprintf("%s AS MATERIALIZED (SELECT %s FROM json_each($%d))", name, strings.Join(parts, ", "), n)
}
