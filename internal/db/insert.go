package db

import (
	"context"
	"strconv"
	"strings"
)

// Insert writes rows of one table in as few statements as the databases take:
// into is everything before VALUES, naming the table and its columns, and all
// rows have that many values. More than 500 rows take more than one
// statement.
func Insert(ctx context.Context, tx *Tx, into string, rows ...[]any) error {
	const most, mostValues = 500, 32_000 // SQLite takes 32,766 values
	for len(rows) > 0 {
		n := min(most, mostValues/len(rows[0]), len(rows))
		var args []any
		for _, row := range rows[:n] {
			args = append(args, row...)
		}
		if _, err := tx.Exec(ctx, into+" VALUES "+placeholders(tx.Dialect, n, len(rows[0])), args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// placeholders gives "($1, $2), ($3, $4)" for two rows of two. SQLite looks each
// numbered one up among all before it, so thousands of them must have no number.
func placeholders(dialect Dialect, rows, columns int) string {
	var b strings.Builder
	for i := range rows * columns {
		switch {
		case i == 0:
			b.WriteString("(")
		case i%columns == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		if dialect == Postgres {
			b.WriteString("$" + strconv.Itoa(i+1))
		} else {
			b.WriteString("?")
		}
	}
	return b.String() + ")"
}
