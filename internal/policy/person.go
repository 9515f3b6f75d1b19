package policy

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// person is a member who has an account, with what policies look at.
type person struct {
	standing
	Member   id.Member
	User     id.User
	Email    string
	Name     string
	Culture  string
	Other    bool // has accepted or is confirmed in another organization
	Provider bool // belongs to some provider
	Enrolled bool // in account recovery
	Items    int  // of their own
	TwoStep  bool
}

// Effect is what a policy that is turned on does to one person.
type Effect string

// The effects.
const (
	Revoked       Effect = "revoked"       // suspended until they comply
	MustEnrol     Effect = "mustEnrol"     // asked to enroll in account recovery
	PersonalItems Effect = "personalItems" // keeps items of their own, and gets no new ones
)

// peopleOf reads the members who have accepted or are confirmed. Two statements.
func peopleOf(ctx context.Context, tx *db.Tx, organization id.Org) ([]person, error) {
	list, err := db.All(ctx, tx, func(r db.Row) (person, error) {
		var p person
		err := r.Scan(&p.Member, &p.User, &p.Email, &p.Name, &p.Culture, &p.Status, &p.Role, &p.Staff, &p.Other, &p.Provider, &p.Enrolled, &p.Items)
		return p, err
	}, `SELECT m.id, u.id, u.email, u.name, u.culture, m.status, m.type, `+staff("u.id")+`,
		EXISTS (SELECT 1 FROM members e WHERE e.user_id = u.id AND e.org_id <> m.org_id AND e.status IN (1, 2)),
		EXISTS (SELECT 1 FROM provider_users pu WHERE pu.user_id = u.id),
		m.recovery_key IS NOT NULL,
		(SELECT COUNT(*) FROM ciphers c WHERE c.user_id = u.id AND c.deleted_at IS NULL)
		FROM members m JOIN users u ON u.id = m.user_id WHERE m.org_id = $1 AND m.status IN (1, 2) ORDER BY u.email`, organization)
	if err != nil {
		return nil, err
	}
	users := make([]id.User, len(list))
	for i, p := range list {
		users[i] = p.User
	}
	secure, err := account.WithTwoStep(ctx, tx, users)
	for i := range list {
		list[i].TwoStep = secure[list[i].User]
	}
	return list, err
}

// affected is a person and what happens to them.
type affected struct {
	person
	Effect Effect
}

// affectedBy gives what turning a policy on does to whom. Whoever turns it on is
// spared being revoked, as nobody could undo it.
func affectedBy(t Type, people []person, actor id.User) []affected {
	k := kinds[t]
	if k.hits == nil {
		return nil
	}
	var out []affected
	for _, p := range people {
		if !k.bindsTo(p.standing) {
			continue
		}
		if e := k.hits(p); e != "" && (e != Revoked || p.User != actor) {
			out = append(out, affected{p, e})
		}
	}
	return out
}
