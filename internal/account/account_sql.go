package account

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

const columns = `id, email, email_verified, name, hint, avatar_color, culture, password_hash,
	kdf_type, kdf_iterations, kdf_memory, kdf_parallelism, salt, user_key, user_key_id, public_key, private_key,
	security_stamp, api_key, force_password_reset, verify_devices, created_at, password_changed_at, revised_at`

func scan(r db.Row) (Account, error) {
	var a Account
	err := r.Scan(&a.ID, &a.Email, &a.EmailVerified, &a.Name, &a.Hint, db.Opt(&a.AvatarColor), &a.Culture, &a.PasswordHash,
		&a.KDF.Type, &a.KDF.Iterations, &a.KDF.Memory, &a.KDF.Parallelism, &a.Salt, &a.UserKey, db.Opt(&a.UserKeyID),
		db.Opt(&a.PublicKey), db.Opt(&a.PrivateKey), &a.Stamp, &a.APIKey, &a.ForcePasswordReset, &a.VerifyDevices,
		db.Time(&a.CreatedAt), db.Time(&a.PasswordChangedAt), db.Time(&a.RevisedAt))
	return a, err
}

// ByID reads an account.
func ByID(ctx context.Context, tx *db.Tx, user id.User) (Account, error) {
	return db.One(ctx, tx, scan, `SELECT `+columns+` FROM users WHERE id = $1`, user)
}

// ByEmail reads the account of a normalised address.
func ByEmail(ctx context.Context, tx *db.Tx, email string) (Account, error) {
	return db.One(ctx, tx, scan, `SELECT `+columns+` FROM users WHERE email = $1`, email)
}

func insert(ctx context.Context, tx *db.Tx, a Account) error {
	_, err := tx.Exec(ctx, `INSERT INTO users (`+columns+`, equivalent_domains, excluded_domains)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, '[]', '[]')`,
		a.ID, a.Email, a.EmailVerified, a.Name, a.Hint, db.Null(a.AvatarColor), a.Culture, a.PasswordHash,
		a.KDF.Type, a.KDF.Iterations, a.KDF.Memory, a.KDF.Parallelism, a.Salt, a.UserKey, db.Null(a.UserKeyID),
		db.Null(a.PublicKey), db.Null(a.PrivateKey), a.Stamp, a.APIKey, a.ForcePasswordReset, a.VerifyDevices,
		a.CreatedAt, a.PasswordChangedAt, a.RevisedAt)
	return err
}

// updateCredentials stores what password, e-mail and key-derivation changes set.
func updateCredentials(ctx context.Context, tx *db.Tx, a Account) error {
	return tx.ExecOne(ctx, `UPDATE users SET email = $2, email_verified = $3, hint = $4, password_hash = $5, kdf_type = $6,
		kdf_iterations = $7, kdf_memory = $8, kdf_parallelism = $9, salt = $10, user_key = $11, user_key_id = $12,
		force_password_reset = $13, password_changed_at = $14 WHERE id = $1`,
		a.ID, a.Email, a.EmailVerified, a.Hint, a.PasswordHash, a.KDF.Type,
		a.KDF.Iterations, a.KDF.Memory, a.KDF.Parallelism, a.Salt, a.UserKey, db.Null(a.UserKeyID),
		a.ForcePasswordReset, a.PasswordChangedAt)
}

func updateProfile(ctx context.Context, tx *db.Tx, user id.User, name, hint string) error {
	return tx.ExecOne(ctx, `UPDATE users SET name = $2, hint = $3 WHERE id = $1`, user, name, hint)
}

func updateAvatar(ctx context.Context, tx *db.Tx, user id.User, color string) error {
	return tx.ExecOne(ctx, `UPDATE users SET avatar_color = $2 WHERE id = $1`, user, db.Null(color))
}

func updateAPIKey(ctx context.Context, tx *db.Tx, user id.User, sealed []byte) error {
	return tx.ExecOne(ctx, `UPDATE users SET api_key = $2 WHERE id = $1`, user, sealed)
}

func updateVerifyDevices(ctx context.Context, tx *db.Tx, user id.User, on bool) error {
	return tx.ExecOne(ctx, `UPDATE users SET verify_devices = $2 WHERE id = $1`, user, on)
}

func updateEmailVerified(ctx context.Context, tx *db.Tx, user id.User) error {
	return tx.ExecOne(ctx, `UPDATE users SET email_verified = TRUE WHERE id = $1`, user)
}

// setKeys stores a key pair where there is none; 0 rows means that there is one.
func setKeys(ctx context.Context, tx *db.Tx, user id.User, public, private string) (int64, error) {
	return tx.Exec(ctx, `UPDATE users SET public_key = $2, private_key = $3 WHERE id = $1 AND public_key IS NULL AND private_key IS NULL`,
		user, public, private)
}

// rewrapPrivateKey stores the private key under another user key; the public key
// it belongs to must be the one that is stored.
func rewrapPrivateKey(ctx context.Context, tx *db.Tx, user id.User, pair KeyPair) error {
	return tx.ExecOne(ctx, `UPDATE users SET private_key = $3 WHERE id = $1 AND public_key = $2`, user, pair.Public, pair.Private)
}

// setKeyID stores the id of the user key where none is stored.
func setKeyID(ctx context.Context, tx *db.Tx, user id.User, keyID string) (int64, error) {
	return tx.Exec(ctx, `UPDATE users SET user_key_id = $2 WHERE id = $1 AND user_key_id IS NULL`, user, keyID)
}

func setStamp(ctx context.Context, tx *db.Tx, user id.User, stamp string) error {
	return tx.ExecOne(ctx, `UPDATE users SET security_stamp = $2 WHERE id = $1`, user, stamp)
}

// Remove deletes the rows of accounts, and with them everything that belongs to
// each alone. Whether that may be is decided by package offboard.
func Remove(ctx context.Context, tx *db.Tx, users ...id.User) error {
	push.Tell(ctx, tx, push.Message{Type: push.LogOut, Users: users})
	_, err := tx.Exec(ctx, `DELETE FROM users WHERE `+db.Among(tx, "id", 1), db.List(users))
	return err
}
