package event

import (
	"context"
	"fmt"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// Fleet is the logs that a provider reads as one: its own and those of clients.
type Fleet struct {
	Provider id.Provider
	Orgs     []id.Org // of the clients
	// About narrows the provider's own entries to those about these clients.
	// Nil leaves none out.
	About []id.ProviderClient
}

// ReadFleet reads a page of many logs as one stream, the newest entry first. What
// the provider's people did in a client stands in two logs; here it is read from
// the client's. Two statements, however many logs.
//
// The first finds the newest entry of each log, which the key of the table gives
// without reading more; only the logs with the newest of these can have a part in
// the page. The second reads from those.
func ReadFleet(ctx context.Context, tx *db.Tx, fleet Fleet, f Filter) (Page, error) {
	q := fleet.query(f)
	newest, err := db.All(ctx, tx, func(r db.Row) (tip, error) {
		var t tip
		err := r.Scan(&t.log, db.Time(&t.At), &t.ID)
		return t, err
	}, q.newest(tx), q.args...)
	if err != nil || len(newest) == 0 {
		return Page{}, err
	}
	logs := make([]string, len(newest))
	for i, t := range newest {
		logs[i] = t.log
	}
	if len(newest) > PageSize {
		// As many entries as are read are not older than this one.
		q.floor(newest[PageSize].Cursor)
	}
	q.args[2] = db.List(logs)
	list, err := db.All(ctx, tx, scanEntry, q.entries(tx), q.args...)
	return pageOf(list), err
}

// tip is the newest entry of a log.
type tip struct {
	log string
	Cursor
}

// fleetQuery is the condition on an entry, and the parameters: the provider, its
// clients, the logs to read, the clients that the provider's own entries are about.
type fleetQuery struct {
	where string
	args  []any
}

func (l Fleet) query(f Filter) *fleetQuery {
	logs := append([]string{string(l.Provider)}, texts(l.Orgs)...)
	where, args := f.where(l.Provider, db.List(l.Orgs), db.List(logs), db.List(l.About))
	own := `(org_id IS NULL OR org_id NOT IN (SELECT org_id FROM clients))`
	if l.About != nil {
		own += ` AND provider_client_id IN (SELECT client_id FROM about)`
	}
	return &fleetQuery{where: `tenant_id = logs.log_id AND ` + where + ` AND (tenant_id <> $1 OR (` + own + `))`, args: args}
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

func (q *fleetQuery) floor(c Cursor) {
	q.args = append(q.args, c.At, c.At, c.ID)
	n := len(q.args)
	q.where += fmt.Sprintf(" AND at >= $%d AND (at, id) >= ($%d, $%d)", n-2, n-1, n)
}

func (q *fleetQuery) with(tx *db.Tx) string {
	list := func(n int) string {
		return fmt.Sprintf(db.By(`SELECT value FROM json_each($%d)`, `SELECT jsonb_array_elements_text($%d::jsonb)`).In(tx), n)
	}
	return `WITH clients (org_id) AS (` + list(2) + `), logs (log_id) AS (` + list(3) + `), about (client_id) AS (` + list(4) + `) `
}

// best is the newest entries of a log, at most n. PostgreSQL has LATERAL; SQLite
// finds the rows by a subquery for each log.
func (q *fleetQuery) best(tx *db.Tx, n int) string {
	rest := fmt.Sprintf(` FROM events WHERE %s ORDER BY at DESC, id DESC LIMIT %d`, q.where, n)
	return db.By(` FROM logs JOIN events e ON e.rowid IN (SELECT rowid`+rest+`)`,
		` FROM logs CROSS JOIN LATERAL (SELECT *`+rest+`) e`).In(tx)
}

func (q *fleetQuery) newest(tx *db.Tx) string {
	return q.with(tx) + `SELECT log_id, at, id` + q.best(tx, 1) + fmt.Sprintf(` ORDER BY at DESC, id DESC LIMIT %d`, PageSize+1)
}

func (q *fleetQuery) entries(tx *db.Tx) string {
	return q.with(tx) + `SELECT ` + entryColumns + q.best(tx, PageSize+1) + fmt.Sprintf(` ORDER BY at DESC, id DESC LIMIT %d`, PageSize+1)
}
