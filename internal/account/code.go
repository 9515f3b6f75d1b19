package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// What mailed codes are for. There is one at a time per purpose.
const (
	codeForAct    = "act"
	codeForEmail  = "email"
	codeForDevice = "device"
)

const (
	codeLifetime = 15 * time.Minute
	codeAttempts = 5
)

// newCode makes a code and what is stored of it. The target, such as the new
// address, is bound to it: for another target the code is wrong.
func (s *Service) newCode(user id.User, purpose, target string) (plain, stored string) {
	var b [8]byte
	rand.Read(b[:])
	plain = fmt.Sprintf("%06d", binary.BigEndian.Uint64(b[:])%1_000_000)
	return plain, s.codeHash(user, purpose, target, plain)
}

// codeHash is keyed, since six digits are quickly guessed from a plain hash.
func (s *Service) codeHash(user id.User, purpose, target, plain string) string {
	return hex.EncodeToString(s.Tokens.Mask("code for "+purpose, string(user)+"\n"+target+"\n"+plain))
}

func storeCode(ctx context.Context, tx *db.Tx, user id.User, purpose, target, hash string) error {
	_, err := tx.Exec(ctx, `INSERT INTO account_codes (user_id, purpose, target, code_hash, attempts, created_at, expires_at)
		VALUES ($1, $2, $3, $4, 0, $5, $6)
		ON CONFLICT (user_id, purpose) DO UPDATE SET target = excluded.target, code_hash = excluded.code_hash, attempts = 0,
			created_at = excluded.created_at, expires_at = excluded.expires_at`,
		user, purpose, target, hash, tx.Now, tx.Now.Add(codeLifetime))
	return err
}

// checkCode compares a code with the stored one. The attempt is counted, and
// committed, before the comparison. It answers the stored hash for useCode.
func (s *Service) checkCode(ctx context.Context, user id.User, purpose, target, plain string) (hash string, right bool, err error) {
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		hash, err = db.One(ctx, tx, db.Value[string], `UPDATE account_codes SET attempts = attempts + 1
			WHERE user_id = $1 AND purpose = $2 AND attempts < $3 AND expires_at > $4 RETURNING code_hash`,
			user, purpose, codeAttempts, tx.Now)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	got := s.codeHash(user, purpose, target, plain)
	return hash, subtle.ConstantTimeCompare([]byte(got), []byte(hash)) == 1, nil
}

// useCode makes a code that was right good for this one act.
func useCode(ctx context.Context, tx *db.Tx, user id.User, purpose, hash string) error {
	err := tx.ExecOne(ctx, `DELETE FROM account_codes WHERE user_id = $1 AND purpose = $2 AND code_hash = $3`, user, purpose, hash)
	if fault.Is(err, fault.NotFound) {
		return errWrongSecret
	}
	return err
}
