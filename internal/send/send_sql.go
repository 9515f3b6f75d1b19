package send

import (
	"context"
	"strings"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

const columns = `s.user_id, s.id, s.type, s.key, s.name, s.notes, s.text, s.hidden, s.file_id, s.file_name, COALESCE(s.file_size, 0) AS file_size, s.file,
	s.auth_type, s.password_hash, s.emails, COALESCE(s.max_access_count, 0) AS max_access_count, s.access_count, s.disabled, s.hide_email, s.created_at, s.revised_at,
	s.expires_at, s.deletes_at`

func (s *Send) targets(emails *string) []any {
	return []any{
		&s.User, &s.ID, &s.Type, &s.Key, &s.Name, db.Opt(&s.Notes), db.Opt(&s.Text), &s.Hidden, db.Opt(&s.FileID), db.Opt(&s.FileName), &s.FileSize, db.Opt(&s.Stored),
		&s.Auth, db.Opt(&s.Password), db.Opt(emails), &s.MaxAccesses, &s.Accesses, &s.Disabled, &s.HideEmail, db.Time(&s.CreatedAt), db.Time(&s.RevisedAt),
		db.Time(&s.ExpiresAt), db.Time(&s.DeletesAt),
	}
}

func scanSend(r db.Row) (s Send, err error) {
	emails := ""
	err = r.Scan(s.targets(&emails)...)
	s.Emails = splitEmails(emails)
	return s, err
}

// scanWithOwner reads the address and the language of the owner besides.
func scanWithOwner(r db.Row) (s Send, err error) {
	emails := ""
	err = r.Scan(append(s.targets(&emails), &s.OwnerEmail, db.Opt(&s.culture))...)
	s.Emails = splitEmails(emails)
	return s, err
}

func splitEmails(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

// Of reads all Sends of an account that are there. One statement.
func Of(ctx context.Context, tx *db.Tx, user id.User) ([]Send, error) {
	return db.All(ctx, tx, scanSend, `SELECT `+columns+` FROM sends s
		WHERE s.user_id = $1 AND (s.type = 0 OR s.file IS NOT NULL) ORDER BY s.created_at, s.id`, user)
}

// find reads a Send of an account; an announced one is absent.
func find(ctx context.Context, tx *db.Tx, user id.User, send id.Send) (Send, error) {
	return db.One(ctx, tx, scanSend, `SELECT `+columns+` FROM sends s
		WHERE s.user_id = $1 AND s.id = $2 AND (s.type = 0 OR s.file IS NOT NULL)`, user, send)
}

// findAny reads announced ones too.
func findAny(ctx context.Context, tx *db.Tx, user id.User, send id.Send) (Send, error) {
	return db.One(ctx, tx, scanSend, `SELECT `+columns+` FROM sends s WHERE s.user_id = $1 AND s.id = $2`, user, send)
}

// findLinked reads a Send for whoever has its link.
func findLinked(ctx context.Context, tx *db.Tx, send id.Send) (Send, error) {
	return db.One(ctx, tx, scanWithOwner, `SELECT `+columns+`, u.email, u.culture FROM sends s JOIN users u ON u.id = s.user_id WHERE s.id = $1`, send)
}

// findOpen reads a Send for whoever has its link, if it can be opened.
func findOpen(ctx context.Context, tx *db.Tx, send id.Send) (Send, error) {
	s, err := findLinked(ctx, tx, send)
	if err == nil && !s.there(tx.Now) {
		err = fault.Absent()
	}
	return s, err
}

func insert(ctx context.Context, tx *db.Tx, s Send) error {
	return db.Insert(ctx, tx, `INSERT INTO sends (user_id, id, type, key, name, notes, text, hidden, file_id, file_name, file_size, file, auth_type,
		password_hash, emails, max_access_count, access_count, disabled, hide_email, created_at, revised_at, expires_at, deletes_at)`, []any{
		s.User, s.ID, int(s.Type), s.Key, s.Name, db.Null(s.Notes), db.Null(s.Text), s.Hidden, db.Null(s.FileID), db.Null(s.FileName), db.Null(s.FileSize), nil, int(s.Auth),
		db.Null(s.Password), db.Null(strings.Join(s.Emails, ",")), db.Null(s.MaxAccesses), 0, s.Disabled, s.HideEmail, s.CreatedAt, s.RevisedAt, s.ExpiresAt, s.DeletesAt,
	})
}

// update writes what an owner may change. The count of accesses is not theirs.
func update(ctx context.Context, tx *db.Tx, s Send) error {
	return tx.ExecOne(ctx, `UPDATE sends SET key = $3, name = $4, notes = $5, text = $6, hidden = $7, auth_type = $8, password_hash = $9, emails = $10,
		max_access_count = $11, disabled = $12, hide_email = $13, revised_at = $14, expires_at = $15, deletes_at = $16 WHERE user_id = $1 AND id = $2`,
		s.User, s.ID, s.Key, s.Name, db.Null(s.Notes), db.Null(s.Text), s.Hidden, int(s.Auth), db.Null(s.Password), db.Null(strings.Join(s.Emails, ",")),
		db.Null(s.MaxAccesses), s.Disabled, s.HideEmail, s.RevisedAt, s.ExpiresAt, s.DeletesAt)
}

// count takes one of the accesses that are left. Without any the Send is absent.
func count(ctx context.Context, tx *db.Tx, s Send) error {
	return tx.ExecOne(ctx, `UPDATE sends SET access_count = access_count + 1, revised_at = CASE WHEN revised_at >= $3 THEN revised_at + 1000 ELSE $3 END
		WHERE user_id = $1 AND id = $2 AND (max_access_count IS NULL OR access_count < max_access_count)`, s.User, s.ID, tx.Now)
}

func remove(ctx context.Context, tx *db.Tx, user id.User, send id.Send) error {
	return tx.ExecOne(ctx, `DELETE FROM sends WHERE user_id = $1 AND id = $2`, user, send)
}

// forgetCodes ends the codes that were mailed for a Send.
func forgetCodes(ctx context.Context, tx *db.Tx, s Send) error {
	_, err := tx.Exec(ctx, `DELETE FROM send_codes WHERE user_id = $1 AND send_id = $2`, s.User, s.ID)
	return err
}
