package overview

import (
	"context"
	"strconv"
	"strings"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

func namesOf(ctx context.Context, tx *db.Tx, staff access.Staff) (map[id.ProviderClient]string, error) {
	names := map[id.ProviderClient]string{}
	err := db.Each(ctx, tx, func(r db.Row) error {
		var client id.ProviderClient
		var name string
		err := r.Scan(&client, &name)
		names[client] = name
		return err
	}, `SELECT pc.id, o.name FROM provider_clients pc JOIN organizations o ON o.id = pc.org_id WHERE `+fleet(staff), reaching(tx, staff)...)
	return names, err
}

// peopleOf reads those whom a search asks for, in no order.
func peopleOf(ctx context.Context, tx *db.Tx, staff access.Staff, in Search) ([]Person, error) {
	query := `SELECT pc.id, m.org_id, m.id, m.user_id, COALESCE(u.email, m.email, ''), COALESCE(u.name, ''), m.status, m.type, m.revised_at
		FROM provider_clients pc JOIN members m ON m.org_id = pc.org_id LEFT JOIN users u ON u.id = m.user_id WHERE ` + fleet(staff)
	args := reaching(tx, staff)
	if len(in.Clients) > 0 {
		args = append(args, db.List(in.Clients))
		query += ` AND ` + db.Among(tx, "pc.id", len(args))
	}
	query += amongNumbers("m.status", in.Statuses) + amongNumbers("m.type", in.Roles)
	if in.TwoStep != nil {
		not := ""
		if !*in.TwoStep {
			not = "NOT "
		}
		query += ` AND ` + not + `EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = m.user_id)`
	}
	out, words := []Person{}, wordsOf(in.Text)
	err := db.Each(ctx, tx, func(r db.Row) error {
		var p Person
		err := r.Scan(&p.Client, &p.Org, &p.Member, db.Opt(&p.User), &p.Email, &p.Name, &p.Status, &p.Role, db.Time(&p.RevisedAt))
		if err == nil && words.in(p) {
			out = append(out, p)
		}
		return err
	}, query, args...)
	return out, err
}

// amongNumbers is the condition that a column has one of the numbers, which stand
// in the statement themselves; none ask for nothing.
func amongNumbers[T ~int](column string, numbers []T) string {
	if len(numbers) == 0 {
		return ""
	}
	text := make([]string, len(numbers))
	for i, n := range numbers {
		text[i] = strconv.Itoa(int(n))
	}
	return ` AND ` + column + ` IN (` + strings.Join(text, ", ") + `)`
}
