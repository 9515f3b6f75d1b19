package provider

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// typeOf is the number of a provider user's type.
func typeOf(admin bool) int {
	if admin {
		return 0
	}
	return 1
}

// InsertUsers writes new people of a provider.
func InsertUsers(ctx context.Context, tx *db.Tx, people ...User) error {
	var rows [][]any
	for _, u := range people {
		var email any
		if u.User == "" {
			email = u.Email
		}
		rows = append(rows, []any{
			u.Provider, u.ID, db.Null(u.User), email, db.Null(u.Key), int(u.Status), typeOf(u.Admin), u.Reach.Assigned, u.Reach.Until, tx.Now, tx.Now,
		})
	}
	return db.Insert(ctx, tx, `INSERT INTO provider_users (provider_id, id, user_id, email, key, status, type, assigned, until, created_at, revised_at)`, rows...)
}

const selectUsers = `SELECT pu.id, pu.provider_id, pu.user_id, COALESCE(u.email, pu.email, ''), COALESCE(u.name, ''), pu.status, pu.type, pu.assigned, pu.until
	FROM provider_users pu LEFT JOIN users u ON u.id = pu.user_id WHERE pu.provider_id = $1 `

func scanUser(r db.Row) (User, error) {
	var u User
	var kind int
	err := r.Scan(&u.ID, &u.Provider, db.Opt(&u.User), &u.Email, &u.Name, &u.Status, &kind, &u.Reach.Assigned, db.Time(&u.Reach.Until))
	u.Admin = kind == 0
	return u, err
}

func usersOf(ctx context.Context, tx *db.Tx, provider id.Provider) ([]User, error) {
	return db.All(ctx, tx, scanUser, selectUsers+`ORDER BY 4, pu.id`, provider)
}

// UsersByID reads people of one provider. When one of them is not in it, all are absent.
func UsersByID(ctx context.Context, tx *db.Tx, provider id.Provider, who []id.ProviderUser) ([]User, error) {
	found, err := db.All(ctx, tx, scanUser, selectUsers+`AND `+db.Among(tx, "pu.id", 2)+` ORDER BY pu.id`, provider, db.List(who))
	if err == nil && len(found) != len(who) {
		err = fault.Absent()
	}
	return found, err
}

// KnownAddresses tells which of the addresses belong to somebody of the provider.
func KnownAddresses(ctx context.Context, tx *db.Tx, provider id.Provider, addresses []string) (map[string]bool, error) {
	known := map[string]bool{}
	rows, err := db.All(ctx, tx, db.Value[string], `SELECT COALESCE(u.email, pu.email) FROM provider_users pu LEFT JOIN users u ON u.id = pu.user_id
		WHERE pu.provider_id = $1 AND `+db.Among(tx, "COALESCE(u.email, pu.email)", 2), provider, db.List(addresses))
	for _, a := range rows {
		known[a] = true
	}
	return known, err
}

// Accept ties an invited person to the account that the invitation was for.
func Accept(ctx context.Context, tx *db.Tx, provider id.Provider, who id.ProviderUser, user id.User) error {
	return tx.ExecOne(ctx, `UPDATE provider_users SET user_id = $3, email = NULL, status = 1, revised_at = $4
		WHERE provider_id = $1 AND id = $2 AND status = 0`, provider, who, user, tx.Now)
}

var confirmUsers = db.By(
	`UPDATE provider_users SET key = j.value, status = 2, revised_at = $3 FROM json_each($2) j
	WHERE provider_users.provider_id = $1 AND provider_users.id = j.key AND provider_users.status = 1`,
	`UPDATE provider_users SET key = j.value, status = 2, revised_at = $3 FROM jsonb_each_text($2::jsonb) j
	WHERE provider_users.provider_id = $1 AND provider_users.id = j.key AND provider_users.status = 1`)

// Confirm gives accepted people the provider's key, each under their own public
// key, and with it their rights. keys must not be empty.
func Confirm(ctx context.Context, tx *db.Tx, provider id.Provider, keys map[id.ProviderUser]string) error {
	n, err := tx.Exec(ctx, confirmUsers.In(tx), provider, db.Map(keys), tx.Now)
	if err == nil && int(n) != len(keys) {
		err = fault.New(fault.Conflict, "Somebody changed these people at the same time. Load the list again.")
	}
	return err
}

func setType(ctx context.Context, tx *db.Tx, provider id.Provider, who id.ProviderUser, admin bool) error {
	return tx.ExecOne(ctx, `UPDATE provider_users SET type = $3, revised_at = $4 WHERE provider_id = $1 AND id = $2`,
		provider, who, typeOf(admin), tx.Now)
}

func deleteUsers(ctx context.Context, tx *db.Tx, provider id.Provider, who []id.ProviderUser) error {
	_, err := tx.Exec(ctx, `DELETE FROM provider_users WHERE provider_id = $1 AND `+db.Among(tx, "id", 2), provider, db.List(who))
	return err
}

func deleteInvited(ctx context.Context, tx *db.Tx, provider id.Provider) error {
	_, err := tx.Exec(ctx, `DELETE FROM provider_users WHERE provider_id = $1 AND status = 0`, provider)
	return err
}

func countAdmins(ctx context.Context, tx *db.Tx, provider id.Provider, without []id.ProviderUser) (int, error) {
	return db.One(ctx, tx, db.Value[int], `SELECT COUNT(*) FROM provider_users
		WHERE provider_id = $1 AND status = 2 AND type = 0 AND NOT (`+db.Among(tx, "id", 2)+`)`, provider, db.List(without))
}
