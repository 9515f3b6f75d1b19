package send

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"math/big"
	"net/url"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/reqctx"
)

const (
	codeLasts    = 5 * time.Minute
	codeAttempts = 5
)

// checkCode asks for an address, then for the code that is mailed there, and gives the
// address that was proved. For an address that the Send is not for all happens as for
// the others, but that no mail goes out and no code is right.
func (s *Service) checkCode(ctx context.Context, of Send, in Shown) (string, error) {
	if in.Email == "" {
		return "", ErrNeedsEmail
	}
	email, err := account.Email(in.Email)
	if err != nil {
		return "", ErrNeedsCode // no Send is for what is no address
	}
	if in.Code == "" {
		if err := s.mailCode(ctx, of, email); err != nil {
			return "", err
		}
		return "", ErrNeedsCode
	}
	box := string(of.ID) + " " + email
	tries, err := s.try(ctx, of.ID, ratelimit.Try{Limit: perMailbox, Subject: box})
	if err != nil {
		return "", err
	}
	right, err := s.useCode(ctx, of, email, in.Code, tries)
	if err != nil {
		return "", err
	}
	if !right {
		failed(ctx, "code")
		return "", ErrNeedsCode
	}
	return email, nil
}

func (s *Service) mailCode(ctx context.Context, of Send, email string) error {
	tries := []ratelimit.Try{
		{Limit: mailsTo, Subject: string(of.ID) + " " + email}, {Limit: mailsOf, Subject: string(of.ID)},
		{Limit: mailsFrom, Subject: string(of.User) + " " + email}, // whoever makes many Sends for one mailbox does not fill it
	}
	if addr := reqctx.ClientOf(ctx).Addr; addr != "" {
		tries = append(tries, ratelimit.Try{Limit: mailRequest, Subject: addr})
	}
	if err := s.Limits.TakeAll(ctx, tries...); err != nil {
		return err
	}
	plain := newCode()
	to, listed := email, slices.Contains(of.Emails, email)
	if !listed {
		to = "nobody@invalid.example" // rendered all the same, for the time that it takes
	}
	letter, err := mail.Render(mail.LangOf(of.culture), to, s.letter(of, plain))
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		now, err := findOpen(ctx, tx, of.ID)
		if err != nil || marked(now) != marked(of) {
			return err // changed in this moment; what is asked for next says so
		}
		if err := storeCode(ctx, tx, of, email, s.codeHash(of, email, plain)); err != nil {
			return err
		}
		if !listed || s.Mail == nil {
			return nil
		}
		return s.Mail.Queue(ctx, tx, letter)
	})
}

func (s *Service) letter(of Send, code string) mail.SendCode {
	l := mail.SendCode{Code: code, Server: s.PublicURL}
	if u, err := url.Parse(s.PublicURL); err == nil && u.Host != "" {
		l.Server = u.Host
	}
	if !of.HideEmail {
		l.Sender = of.OwnerEmail
	}
	return l
}

// newCode makes six digits.
func newCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(err) // the system's source of randomness does not fail
	}
	return fmt.Sprintf("%06d", n)
}

// codeHash is keyed, since six digits are quickly guessed from a plain hash.
func (s *Service) codeHash(of Send, email, plain string) string {
	return hex.EncodeToString(s.Tokens.Mask("code for a Send", string(of.ID)+"\n"+email+"\n"+plain))
}

func storeCode(ctx context.Context, tx *db.Tx, of Send, email, hash string) error {
	_, err := tx.Exec(ctx, `INSERT INTO send_codes (user_id, send_id, email, code_hash, attempts, created_at, expires_at)
		VALUES ($1, $2, $3, $4, 0, $5, $6)
		ON CONFLICT (user_id, send_id, email) DO UPDATE SET code_hash = excluded.code_hash, attempts = 0,
			created_at = excluded.created_at, expires_at = excluded.expires_at`,
		of.User, of.ID, email, hash, tx.Now, tx.Now.Add(codeLasts))
	return err
}

// useCode compares a code with the stored one; a right one is used up. The attempt is
// counted, and committed, before the comparison.
func (s *Service) useCode(ctx context.Context, of Send, email, plain string, tries []ratelimit.Try) (bool, error) {
	hash := ""
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		hash, err = db.One(ctx, tx, db.Value[string], `UPDATE send_codes SET attempts = attempts + 1
			WHERE user_id = $1 AND send_id = $2 AND email = $3 AND attempts < $4 AND expires_at > $5 RETURNING code_hash`,
			of.User, of.ID, email, codeAttempts, tx.Now)
		return err
	})
	if err != nil && !fault.Is(err, fault.NotFound) {
		return false, err
	}
	got := s.codeHash(of, email, plain)
	same := subtle.ConstantTimeCompare([]byte(got), []byte(hash)) == 1
	if !same || !slices.Contains(of.Emails, email) {
		return false, nil
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := tx.ExecOne(ctx, `DELETE FROM send_codes WHERE user_id = $1 AND send_id = $2 AND email = $3 AND code_hash = $4`,
			of.User, of.ID, email, hash); err != nil {
			return err
		}
		return s.Limits.Refund(ctx, tx, tries...)
	})
	if fault.Is(err, fault.NotFound) {
		return false, nil // somebody else used it in this moment
	}
	return err == nil, err
}
