package relay

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

const (
	// What waits for the relay.
	queued = 2_000
	// One request may take this long.
	patience = 15 * time.Second
	tries    = 3
)

// Settings are those of the configuration.
type Settings struct {
	URL, IdentityURL  string
	Installation, Key string
}

// Relay is the way to phones.
type Relay struct {
	db      *db.DB
	log     *slog.Logger
	client  *client
	backlog *push.Backlog
	// Pause is how long a relay that failed is left alone.
	Pause time.Duration
}

// New makes one. It sends while Run does.
func New(settings Settings, d *db.DB, log *slog.Logger, now func() time.Time) *Relay {
	c := &client{settings: settings, now: now, http: &http.Client{
		Timeout: patience,
		// The token must not follow a redirect to somebody else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	return &Relay{db: d, log: log, client: c, backlog: push.NewBacklog(queued), Pause: 30 * time.Second}
}

// Put has messages sent to the phones of their people. It waits for nothing.
func (r *Relay) Put(list ...push.Message) { r.backlog.Put(list...) }

// Run sends until ctx ends. What cannot be sent is not tried for ever: its people are
// told to fetch everything when the relay answers again.
func (r *Relay) Run(ctx context.Context) error {
	for {
		list := r.backlog.Next(ctx)
		if list == nil {
			return nil
		}
		rest, err := r.carry(ctx, list)
		if err == nil {
			continue
		}
		if ctx.Err() != nil {
			return nil
		}
		r.log.Warn("phones are not reached for now", "error", err)
		r.backlog.Lose(rest...)
		if !wait(ctx, r.Pause) {
			return nil
		}
	}
}

func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// carry sends messages to those of their people who have phones, and gives back what is
// left when it fails.
func (r *Relay) carry(ctx context.Context, list []push.Message) (rest []push.Message, err error) {
	reachable, err := r.reachable(ctx, list)
	if err != nil {
		return list, err
	}
	for i, m := range list {
		if m.Device != "" {
			continue // a phone that is logged out is not registered any more
		}
		for n, u := range m.Users {
			if !reachable[u] {
				continue
			}
			if err := r.insist(ctx, m, u); err != nil {
				m.Users = m.Users[n:]
				return append([]push.Message{m}, list[i+1:]...), err
			}
		}
	}
	return nil, nil
}

// insist tries a few times. What the relay refuses is noted and left.
func (r *Relay) insist(ctx context.Context, m push.Message, to id.User) error {
	var err error
	for try := range tries {
		if try > 0 && !wait(ctx, time.Duration(try)*r.Pause/30) {
			return ctx.Err()
		}
		err = r.client.post(ctx, "/push/send", sendOf(m, to))
		if err == nil {
			return nil
		}
		if errors.Is(err, errRefused) {
			r.log.Warn("a message to phones was dropped", "type", int(m.Type), "error", err)
			return nil
		}
	}
	return err
}

func (r *Relay) reachable(ctx context.Context, list []push.Message) (map[id.User]bool, error) {
	var users []id.User
	for _, m := range list {
		users = append(users, m.Users...)
	}
	found := map[id.User]bool{}
	err := r.db.View(ctx, func(tx *db.Tx) error {
		return db.Each(ctx, tx, func(row db.Row) error {
			var u id.User
			err := row.Scan(&u)
			found[u] = true
			return err
		}, `SELECT DISTINCT user_id FROM relay_devices WHERE `+db.Among(tx, "user_id", 1), db.List(users))
	})
	return found, err
}

// send is a request of the relay.
type send struct {
	UserID         id.User        `json:"userId"`
	OrganizationID *string        `json:"organizationId"`
	DeviceID       *string        `json:"deviceId"`
	Identifier     *string        `json:"identifier"` // of the installation that need not be told
	Type           push.Type      `json:"type"`
	Payload        map[string]any `json:"payload"`
	ClientType     *int           `json:"clientType"`
	InstallationID *string        `json:"installationId"` // for messages to all of an installation
}

// sendOf leaves out what is more than ids and dates: instead of a policy, say, a phone
// is told that there is something to fetch.
func sendOf(m push.Message, to id.User) send {
	switch m.Type {
	case push.OrgStatusChanged, push.CollectionSettingsChanged, push.PolicyChanged:
		m.Type = push.VaultChanged
	default:
	}
	s := send{UserID: to, Type: m.Type, Payload: camel(m.Payload(to))}
	if m.Context != "" {
		s.Identifier = &m.Context
	}
	return s
}

// camel writes members as the relay expects them.
func camel(fields push.Fields) map[string]any {
	out := map[string]any{}
	for _, f := range fields {
		v := f.Value
		if at, ok := v.(time.Time); ok {
			v = at.UTC().Format(time.RFC3339Nano)
		}
		out[strings.ToLower(f.Name[:1])+f.Name[1:]] = v
	}
	return out
}
