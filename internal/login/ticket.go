package login

import (
	"context"
	"encoding/json"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/token"
)

// proof is what a token was accepted for, and what a socket lives on: the account's
// stamp, and its API key where the token was got with one.
type proof struct {
	Stamp string
	Key   string `json:",omitempty"`
}

// Ticket exchanges an account's token for a ticket to open a socket with. Tokens of
// organizations and programs give none.
func (s *Service) Ticket(ctx context.Context, bearer string) (push.Ticket, error) {
	actor, err := s.Authenticate(ctx, bearer)
	if err != nil {
		return push.Ticket{}, err
	}
	if actor.User == "" || actor.Org != "" || actor.ProviderKey != "" {
		return push.Ticket{}, errNotLoggedIn
	}
	c, err := s.Tokens.Verify(token.Access, bearer)
	if err != nil {
		return push.Ticket{}, errNotLoggedIn
	}
	return push.Ticket{User: actor.User, Device: actor.Device, Proof: proof{c.Text("sstamp"), c.Text(claimAPIKey)}.String()}, nil
}

func (p proof) String() string {
	b, err := json.Marshal(p)
	if err != nil {
		panic(err) // two texts
	}
	return string(b)
}

// standing is what the tickets of a device are held to.
type standing struct {
	user   id.User
	stamp  string
	apiKey []byte
}

// Hold says of each ticket whether its token would still be accepted, but for its age.
// It takes one statement.
func (s *Service) Hold(ctx context.Context, tickets []push.Ticket) ([]bool, error) {
	users := make([]id.User, len(tickets))
	for i, t := range tickets {
		users[i] = t.User
	}
	now := map[id.Device]standing{}
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		return db.Each(ctx, tx, func(r db.Row) error {
			var device id.Device
			var st standing
			err := r.Scan(&device, &st.user, &st.stamp, &st.apiKey)
			now[device] = st
			return err
		}, `SELECT d.id, u.id, u.security_stamp, u.api_key FROM users u JOIN devices d ON d.user_id = u.id WHERE `+db.Among(tx, "u.id", 1), db.List(users))
	})
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, "Please try again later.", err)
	}
	out := make([]bool, len(tickets))
	for i, t := range tickets {
		st, there := now[t.Device]
		out[i] = there && st.admits(t)
	}
	return out, nil
}

func (st standing) admits(t push.Ticket) bool {
	var p proof
	if err := json.Unmarshal([]byte(t.Proof), &p); err != nil {
		return false
	}
	return st.user == t.User && st.stamp == p.Stamp && (p.Key == "" || p.Key == token.Mark(st.apiKey))
}
