package event

import (
	"context"
	"encoding/hex"
	"encoding/json"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
)

// link is an entry as its mac sees it.
type link struct {
	log, id string
	at      int64
	columns []any // as the database gives them, in the order of linkColumns
	seq     int64
	mac     []byte
}

// linkColumns are all columns of an entry. Their order is part of every mac: a
// new column takes a new version of the proof.
const linkColumns = `tenant_id, id, at, type, user_id, acting_user_id, org_id, provider_id, cipher_id, collection_id, group_id,
	policy_id, member_id, provider_user_id, provider_client_id, provider_key_id, domain_name, system_user, device_type, ip_address, send_id`

const linkWidth = 21

func scanLink(r db.Row) (*link, error) {
	l := &link{columns: make([]any, linkWidth)}
	to := make([]any, 0, linkWidth+2)
	for i := range l.columns {
		to = append(to, &l.columns[i])
	}
	var seq *int64
	if err := r.Scan(append(to, &seq, &l.mac)...); err != nil {
		return nil, err
	}
	l.log, _ = l.columns[0].(string)
	l.id, _ = l.columns[1].(string)
	l.at, _ = l.columns[2].(int64)
	if seq != nil {
		l.seq = *seq
	}
	return l, nil
}

// ends are the two ends of a log's chain: the last entry, and the last one that
// the sweep removed.
type ends struct {
	log      string
	seq      int64
	mac      []byte // empty before the first entry
	sweptSeq int64
	sweptMAC []byte // empty before the first sweep
	seal     []byte
}

const endsColumns = `tenant_id, seq, mac, swept_seq, swept_mac, seal`

func scanEnds(r db.Row) (ends, error) {
	e := ends{}
	err := r.Scan(&e.log, &e.seq, &e.mac, &e.sweptSeq, &e.sweptMAC, &e.seal)
	return e, err
}

func anyUnchained(ctx context.Context, tx *db.Tx, after string) (bool, error) {
	return db.One(ctx, tx, db.Value[bool], `SELECT EXISTS (SELECT 1 FROM events WHERE seq IS NULL AND tenant_id > $1)`, after)
}

// unchainedLogs names the logs of the first entries that are not chained.
func unchainedLogs(ctx context.Context, tx *db.Tx, after string) ([]string, error) {
	return db.All(ctx, tx, db.Value[string], `SELECT DISTINCT tenant_id FROM
		(SELECT tenant_id FROM events WHERE seq IS NULL AND tenant_id > $1 ORDER BY tenant_id, at, id LIMIT $2) w ORDER BY tenant_id`, after, chainAtOnce)
}

func unchained(ctx context.Context, tx *db.Tx, logs []string) ([]*link, error) {
	return db.All(ctx, tx, scanLink, `SELECT `+linkColumns+`, seq, mac FROM events
		WHERE seq IS NULL AND `+db.Among(tx, "tenant_id", 1)+` ORDER BY tenant_id, at, id LIMIT $2`, db.List(logs), chainAtOnce)
}

func lockEnds(ctx context.Context, tx *db.Tx, logs []string) (map[string]*ends, error) {
	out := map[string]*ends{}
	list, err := db.All(ctx, tx, scanEnds, `SELECT `+endsColumns+` FROM event_chains
		WHERE `+db.Among(tx, "tenant_id", 1)+` ORDER BY tenant_id`+db.By("", " FOR UPDATE").In(tx), db.List(logs))
	for i := range list {
		out[list[i].log] = &list[i]
	}
	return out, err
}

// withChainedEntries are those of the logs that have chained entries.
func withChainedEntries(ctx context.Context, tx *db.Tx, logs []string) ([]string, error) {
	return db.All(ctx, tx, db.Value[string], `SELECT v.value FROM `+
		db.By(`json_each($1) v`, `jsonb_array_elements_text($1::jsonb) AS v(value)`).In(tx)+`
		WHERE EXISTS (SELECT 1 FROM events e WHERE e.tenant_id = v.value AND e.seq IS NOT NULL)`, db.List(logs))
}

func beginChains(ctx context.Context, tx *db.Tx, fresh map[string]*ends) (int64, error) {
	return tx.Exec(ctx, `INSERT INTO event_chains (tenant_id, seq, mac, swept_seq, seal)
		SELECT value ->> 0, 0, `+unhex(tx, `value ->> 1`)+`, 0, `+unhex(tx, `value ->> 2`)+` FROM `+array(tx)+`
		WHERE TRUE ON CONFLICT (tenant_id) DO NOTHING`, endsList(fresh))
}

func storeEnds(ctx context.Context, tx *db.Tx, moved map[string]*ends) error {
	if len(moved) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `UPDATE event_chains SET seq = CAST(value ->> 3 AS BIGINT), mac = `+unhex(tx, `value ->> 1`)+`, seal = `+unhex(tx, `value ->> 2`)+`
		FROM `+array(tx)+` WHERE tenant_id = value ->> 0`, endsList(moved))
	return err
}

func endsList(list map[string]*ends) string {
	rows := make([][]any, 0, len(list))
	for _, e := range list {
		rows = append(rows, []any{e.log, hex.EncodeToString(e.mac), hex.EncodeToString(e.seal), e.seq})
	}
	return arrayOf(rows)
}

// storeLinks gives entries their places. One that is gone, or was chained by
// somebody else, fails all.
func storeLinks(ctx context.Context, tx *db.Tx, chained []*link) error {
	if len(chained) == 0 {
		return nil
	}
	rows := make([][]any, len(chained))
	for i, l := range chained {
		rows[i] = []any{l.log, l.at, l.id, l.seq, hex.EncodeToString(l.mac)}
	}
	n, err := tx.Exec(ctx, `UPDATE events SET seq = CAST(value ->> 3 AS BIGINT), mac = `+unhex(tx, `value ->> 4`)+`
		FROM `+array(tx)+` WHERE tenant_id = value ->> 0 AND at = CAST(value ->> 1 AS BIGINT) AND id = value ->> 2 AND seq IS NULL`, arrayOf(rows))
	if err == nil && n != int64(len(chained)) {
		return fault.New(fault.Conflict, "Entries of the audit log changed while they were chained.")
	}
	return err
}

// array is the source of rows that arrayOf gives as parameter 1, each in the
// column value: one statement, whatever their number.
func array(tx *db.Tx) string {
	return db.By(`(SELECT value FROM json_each($1)) AS rows`, `jsonb_array_elements($1::jsonb) AS rows(value)`).In(tx)
}

func arrayOf(rows [][]any) string {
	text, err := json.Marshal(rows)
	if err != nil {
		panic(err) // texts and numbers always marshal
	}
	return string(text)
}

func unhex(tx *db.Tx, text string) string {
	return db.By(`unhex(`+text+`)`, `decode(`+text+`, 'hex')`).In(tx)
}
