package recovery

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// Why an account cannot be recovered by somebody.
const (
	msgSelf        = "You cannot recover your own account. Ask another administrator."
	msgAbove       = "You may not recover the account of a person with this role."
	msgMore        = "This member has permissions that you don't have yourself. Ask somebody who has them to recover the account."
	msgStaff       = "This person works for a provider, and only an admin of every such provider may recover the account. Service users recover service users of their own provider."
	msgNotEnrolled = "This person is not enrolled in account recovery."
)

// judge tells for each of the members why the actor may not recover the account;
// those who may be are not in the answer. An account is worth what it can reach:
// nobody takes over one that reaches further than their own. Staff of a provider
// reach all of its clients, so who works for one is recovered only by people of
// the same provider, and its admins by its admins. One statement.
func judge(ctx context.Context, tx *db.Tx, actor access.Org, members []org.Member) (map[id.Member]string, error) {
	users := make([]id.User, 0, len(members))
	for _, m := range members {
		if m.User != "" {
			users = append(users, m.User)
		}
	}
	serving, err := beyond(ctx, tx, actor.User, users)
	if err != nil {
		return nil, err
	}
	out := map[id.Member]string{}
	for _, m := range members {
		if reason := against(actor, m, serving[m.User]); reason != "" {
			out[m.ID] = reason
		}
	}
	return out, nil
}

func against(actor access.Org, m org.Member, beyond bool) string {
	switch {
	case m.User == actor.User:
		return msgSelf
	case !actor.MayRecover(m.Role):
		return msgAbove
	case m.Role == access.Custom && !actor.Holds(m.Permissions):
		return msgMore
	case beyond:
		return msgStaff
	case m.User == "" || m.Status == org.Invited || !m.Enrolled:
		return msgNotEnrolled
	}
	return ""
}

// beyond tells which of the accounts have a place at a provider that the actor
// does not stand above. A service user whose reach is limited stands above no
// colleague, whose account might reach further. Somebody invited there has accepted
// nothing and is none of its people; somebody accepted is about to be.
func beyond(ctx context.Context, tx *db.Tx, actor id.User, users []id.User) (map[id.User]bool, error) {
	out := map[id.User]bool{}
	list, err := db.All(ctx, tx, db.Value[id.User], `SELECT DISTINCT t.user_id FROM provider_users t
		WHERE `+db.Among(tx, "t.user_id", 2)+` AND NOT EXISTS (
			SELECT 1 FROM provider_users a WHERE a.provider_id = t.provider_id AND a.user_id = $1 AND a.status = 2
				AND (a.type = 0 OR (t.type <> 0 AND NOT a.assigned AND a.until IS NULL)))`,
		actor, db.List(users))
	for _, user := range list {
		out[user] = true
	}
	return out, err
}
