package overview

import (
	"context"
	"fmt"
	"strings"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

func recipientsOf(ctx context.Context, tx *db.Tx, staff access.Staff) ([]*Recipient, error) {
	return db.All(ctx, tx, func(r db.Row) (*Recipient, error) {
		c := &Recipient{}
		err := r.Scan(&c.ID, &c.Org, &c.Name, &c.Seats)
		return c, err
	}, `SELECT pc.id, pc.org_id, o.name, COALESCE(o.seats, 0) FROM provider_clients pc JOIN organizations o ON o.id = pc.org_id
		WHERE `+fleet(staff)+` ORDER BY pc.id`, reaching(tx, staff)...)
}

// book finds clients by what people write to name them.
type book struct {
	ids   map[string]*Recipient
	names map[string][]*Recipient
}

func newBook(all []*Recipient) book {
	b := book{map[string]*Recipient{}, map[string][]*Recipient{}}
	for _, c := range all {
		b.ids[string(c.ID)], b.ids[string(c.Org)] = c, c
		b.names[folded(c.Name)] = append(b.names[folded(c.Name)], c)
	}
	return b
}

func folded(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// find gives the client, or says why there is no one.
func (b book) find(text string) (*Recipient, string) {
	if c := b.ids[folded(text)]; c != nil {
		return c, ""
	}
	switch named := b.names[folded(text)]; len(named) {
	case 0:
		return nil, "There is no client with this name or id."
	case 1:
		return named[0], ""
	default:
		return nil, "Several clients have this name. Write the id of the one that is meant."
	}
}

// inOrg is somebody, or something, in one of the clients.
type inOrg struct {
	org  id.Org
	name string
}

// known is what the clients have already, and what a list asks for.
type known struct {
	members map[inOrg]org.MemberStatus // by address
	groups  map[inOrg][]id.Group       // by name
	listed  map[inOrg]bool             // addresses on the list so far
}

// knownIn reads, besides, how many seats are in use. Three statements.
func knownIn(ctx context.Context, tx *db.Tx, into []*Recipient, list []Verdict) (*known, error) {
	orgs, emails := make([]id.Org, len(into)), make([]string, len(list))
	place := map[id.Org]*Recipient{}
	for i, c := range into {
		orgs[i], place[c.Org] = c.Org, c
	}
	for i, v := range list {
		emails[i] = v.Email
	}
	k := &known{map[inOrg]org.MemberStatus{}, map[inOrg][]id.Group{}, map[inOrg]bool{}}
	err := db.Each(ctx, tx, func(r db.Row) error {
		var of id.Org
		var taken int
		if err := r.Scan(&of, &taken); err != nil {
			return err
		}
		place[of].Taken = taken
		return nil
	}, `SELECT org_id, COUNT(*) FROM members WHERE status IN (0, 1, 2) AND `+db.Among(tx, "org_id", 1)+` GROUP BY org_id`, db.List(orgs))
	if err != nil {
		return nil, err
	}
	err = db.Each(ctx, tx, func(r db.Row) error {
		var who inOrg
		var status org.MemberStatus
		err := r.Scan(&who.org, &who.name, &status)
		k.members[who] = status
		return err
	}, `SELECT m.org_id, u.email, m.status FROM members m JOIN users u ON u.id = m.user_id WHERE `+db.Among(tx, "m.org_id", 1)+` AND `+db.Among(tx, "u.email", 2)+`
		UNION ALL SELECT m.org_id, m.email, m.status FROM members m WHERE `+db.Among(tx, "m.org_id", 1)+` AND `+db.Among(tx, "m.email", 2),
		db.List(orgs), db.List(emails))
	if err != nil {
		return nil, err
	}
	return k, db.Each(ctx, tx, func(r db.Row) error {
		var which inOrg
		var group id.Group
		err := r.Scan(&which.org, &group, &which.name)
		which.name = folded(which.name)
		k.groups[which] = append(k.groups[which], group)
		return err
	}, `SELECT org_id, id, name FROM groups WHERE `+db.Among(tx, "org_id", 1)+` ORDER BY id`, db.List(orgs))
}

// groupsNamed finds the groups of one client, or says which it has not.
func (k *known) groupsNamed(of id.Org, names []string) ([]id.Group, string) {
	var out []id.Group
	for _, name := range names {
		if strings.TrimSpace(name) == "" {
			continue
		}
		switch found := k.groups[inOrg{of, folded(name)}]; len(found) {
		case 0:
			return nil, fmt.Sprintf("This client has no group %q.", name)
		case 1:
			out = append(out, found[0])
		default:
			return nil, fmt.Sprintf("This client has several groups %q.", name)
		}
	}
	return out, ""
}
