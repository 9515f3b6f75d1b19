package org

import (
	"context"
	"strings"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/mail"
)

// TellOwners writes to the confirmed owners of an organization that staff of its
// provider makes owners of these people: the organization's own have to hear of
// whoever comes to stand beside them. What owners do themselves is told to nobody.
// Call it before they are. At most two statements.
func TellOwners(ctx context.Context, tx *db.Tx, outbox *mail.Outbox, actor access.Org, addresses ...string) error {
	if outbox == nil || len(addresses) == 0 || actor.Provider == "" || (actor.Member != "" && actor.Role == access.Owner) {
		return nil
	}
	type owner struct{ email, culture, organization, provider string }
	owners, err := db.All(ctx, tx, func(r db.Row) (owner, error) {
		var o owner
		err := r.Scan(&o.email, &o.culture, &o.organization, &o.provider)
		return o, err
	}, `SELECT u.email, u.culture, o.name, p.name FROM members m JOIN users u ON u.id = m.user_id
		JOIN organizations o ON o.id = m.org_id JOIN providers p ON p.id = $2
		WHERE m.org_id = $1 AND m.status = 2 AND m.type = 0 ORDER BY u.email`, actor.ID, actor.Provider)
	if err != nil || len(owners) == 0 {
		return err
	}
	letters := make([]mail.Message, len(owners))
	for i, o := range owners {
		l := mail.OwnerMade{Organization: o.organization, Provider: o.provider, Person: strings.Join(addresses, ", "), Time: tx.Now}
		if letters[i], err = mail.Render(mail.LangOf(o.culture), o.email, l); err != nil {
			return err
		}
	}
	return outbox.Queue(ctx, tx, letters...)
}
