package event

import (
	"context"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// PageSize is how many entries a page has at most.
const PageSize = 50

// Entry is an event as it stands in a log.
type Entry struct {
	Event
	ID         id.Event
	Acting     id.User
	Key        id.ProviderKey // the API key of a provider that acted
	DeviceType int            // -1 when it is not known
	Addr       string
}

// Filter says which entries of a log to read; its zero values leave nothing out.
type Filter struct {
	From, To   time.Time // both inclusive
	Acting     id.User
	Cipher     id.Cipher
	Send       id.Send
	Categories []Category
	Types      []Type // beside what the categories take in
	After      Cursor
}

// Cursor is the last entry of the page before. The moment alone is not enough:
// one act writes many entries at once.
type Cursor struct {
	At time.Time
	ID id.Event
}

// Page is one page of a log, the newest entry first.
type Page struct {
	Entries []Entry
	Next    Cursor // zero when there is no further page
}

// Token is the cursor as clients hand it back; empty for the zero cursor.
func (c Cursor) Token() string {
	if c.ID == "" {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(c.At.UnixMicro(), 36) + "." + string(c.ID)))
}

// ParseCursor reads a token; an empty one is the beginning.
func ParseCursor(token string) (Cursor, error) {
	if token == "" {
		return Cursor{}, nil
	}
	refused := fault.New(fault.Invalid, "The continuation token is not one of this server.")
	text, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return Cursor{}, refused
	}
	at, entry, _ := strings.Cut(string(text), ".")
	micros, err := strconv.ParseInt(at, 36, 64)
	if err != nil {
		return Cursor{}, refused
	}
	row, err := id.Parse[id.Event](entry)
	if err != nil {
		return Cursor{}, refused
	}
	return Cursor{At: time.UnixMicro(micros).UTC(), ID: row}, nil
}

const entryColumns = `id, at, type, user_id, acting_user_id, org_id, provider_id, cipher_id, collection_id,
	group_id, policy_id, member_id, provider_user_id, provider_client_id, provider_key_id, domain_name, COALESCE(system_user, 0) AS system_user,
	COALESCE(device_type, -1) AS device_type, ip_address, send_id`

// Read reads a page of the log of an organization, a provider or an account. It
// knows no rights: package audit does. One statement.
func Read[T id.Org | id.Provider | id.User](ctx context.Context, tx *db.Tx, log T, f Filter) (Page, error) {
	where, args := f.where(log)
	list, err := db.All(ctx, tx, scanEntry, `SELECT `+entryColumns+` FROM events WHERE tenant_id = $1 AND `+where+
		fmt.Sprintf(" ORDER BY at DESC, id DESC LIMIT %d", PageSize+1), args...)
	return pageOf(list), err
}

// pageOf is a page of a list that was read one further than a page goes.
func pageOf(list []Entry) Page {
	if len(list) <= PageSize {
		return Page{Entries: list}
	}
	last := list[PageSize-1]
	return Page{Entries: list[:PageSize], Next: Cursor{last.At, last.ID}}
}

// where is the filter as a condition, with its parameters added to args.
func (f Filter) where(args ...any) (string, []any) {
	conditions := []string{"TRUE"}
	add := func(condition string, value any) {
		args = append(args, value)
		conditions = append(conditions, condition+"$"+strconv.Itoa(len(args)))
	}
	if !f.From.IsZero() {
		add("at >= ", f.From)
	}
	to := f.To
	if f.After.ID != "" && (to.IsZero() || f.After.At.Before(to)) {
		to = f.After.At // what (at, id) says below, in a way that leads every index
	}
	if !to.IsZero() {
		add("at <= ", to)
	}
	if f.Acting != "" {
		add("acting_user_id = ", f.Acting)
	}
	if f.Cipher != "" {
		add("cipher_id = ", f.Cipher)
	}
	if f.Send != "" {
		add("send_id = ", f.Send)
	}
	if f.After.ID != "" {
		args = append(args, f.After.At, f.After.ID)
		conditions = append(conditions, fmt.Sprintf("(at, id) < ($%d, $%d)", len(args)-1, len(args)))
	}
	if len(f.Categories)+len(f.Types) > 0 {
		conditions = append(conditions, ofKinds(f.Categories, f.Types))
	}
	return strings.Join(conditions, " AND "), args
}

func scanEntry(r db.Row) (Entry, error) {
	var e Entry
	err := r.Scan(&e.ID, db.Time(&e.At), &e.Type, db.Opt(&e.User), db.Opt(&e.Acting), db.Opt(&e.Org), db.Opt(&e.Provider),
		db.Opt(&e.Cipher), db.Opt(&e.Collection), db.Opt(&e.Group), db.Opt(&e.Policy), db.Opt(&e.Member), db.Opt(&e.ProviderUser),
		db.Opt(&e.ProviderClient), db.Opt(&e.Key), db.Opt(&e.Domain), &e.System, &e.DeviceType, db.Opt(&e.Addr), db.Opt(&e.Send))
	return e, err
}
