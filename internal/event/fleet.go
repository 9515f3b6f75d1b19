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
	q.from(newest)
	list, err := db.All(ctx, tx, scanEntry, q.entries(tx), q.args...)
	return pageOf(list), err
}

// tip is the newest entry of a log.
type tip struct {
	log string
	Cursor
}

// fleetQuery is the condition on an entry, and the parameters: the provider, its
// clients, the logs to read beside its own, the clients that its own entries are
// about.
type fleetQuery struct {
	provider   string
	where, own string
	args       []any
}

func (l Fleet) query(f Filter) *fleetQuery {
	orgs := db.List(l.Orgs)
	q := &fleetQuery{provider: string(l.Provider), own: ` AND (org_id IS NULL OR org_id NOT IN (SELECT org_id FROM clients))`}
	if l.About != nil {
		q.own += ` AND provider_client_id IN (SELECT client_id FROM about)`
	}
	q.where, q.args = f.where(l.Provider, orgs, orgs, db.List(l.About))
	return q
}

// from leaves out what is older, and reads only these logs.
func (q *fleetQuery) from(newest []tip) {
	logs := []string{}
	for _, t := range newest {
		if t.log != q.provider {
			logs = append(logs, t.log)
		}
	}
	q.args[2] = db.List(logs)
	if len(newest) > PageSize {
		// As many entries as are read are not older than this one.
		oldest := newest[PageSize]
		q.args = append(q.args, oldest.At, oldest.At, oldest.ID)
		n := len(q.args)
		q.where += fmt.Sprintf(" AND at >= $%d AND (at, id) >= ($%d, $%d)", n-2, n-1, n)
	}
}

func (q *fleetQuery) newest(tx *db.Tx) string { return q.best(tx, "tenant_id, at, id", 1) }

func (q *fleetQuery) entries(tx *db.Tx) string { return q.best(tx, entryColumns, PageSize+1) }

// best reads the newest entries, at most n of each log, and of these as many as
// are needed. PostgreSQL has LATERAL; SQLite finds the rows by a subquery for each
// log. The provider's own log stands by itself, since its condition costs more
// than to find an entry.
func (q *fleetQuery) best(tx *db.Tx, columns string, n int) string {
	list := func(n int) string {
		return fmt.Sprintf(db.By(`SELECT value FROM json_each($%d)`, `SELECT jsonb_array_elements_text($%d::jsonb)`).In(tx), n)
	}
	best := fmt.Sprintf(` ORDER BY at DESC, id DESC LIMIT %d`, n)
	ofLog := ` FROM events WHERE tenant_id = logs.log_id AND ` + q.where + best
	return `WITH clients (org_id) AS (` + list(2) + `), logs (log_id) AS (` + list(3) + `), about (client_id) AS (` + list(4) + `)
		SELECT ` + columns + db.By(` FROM logs JOIN events e ON e.rowid IN (SELECT rowid`+ofLog+`)`,
		` FROM logs CROSS JOIN LATERAL (SELECT *`+ofLog+`) e`).In(tx) + `
		UNION ALL SELECT * FROM (SELECT ` + columns + ` FROM events WHERE tenant_id = $1 AND ` + q.where + q.own + best + `) own
		ORDER BY at DESC, id DESC` + fmt.Sprintf(" LIMIT %d", PageSize+1)
}
