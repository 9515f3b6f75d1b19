package account

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
)

// Prelogin is what a client needs before it can derive anything.
type Prelogin struct {
	KDF  encstring.KDF
	Salt string
}

// Prelogin answers for any address. For an unknown one it makes up settings that
// an account could have, always the same ones.
func (s *Service) Prelogin(ctx context.Context, rawEmail string) (Prelogin, error) {
	email := Normalize(rawEmail)
	if !Searchable(email) {
		return Prelogin{}, fault.Field("email", badEmail)
	}
	answer := Prelogin{KDF: s.plausible(email), Salt: email}
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		a, err := ByEmail(ctx, tx, email)
		if err == nil {
			answer = Prelogin{KDF: a.KDF, Salt: a.Salt}
		}
		return err
	})
	if fault.Is(err, fault.NotFound) {
		err = nil
	}
	return answer, err
}

// plausible picks among settings that real accounts have, about as often: nearly
// all keep the default, some choose Argon2id as clients propose it.
func (s *Service) plausible(email string) encstring.KDF {
	argon := func(iterations, memory, parallelism int) encstring.KDF {
		return encstring.KDF{Type: encstring.Argon2id, Iterations: iterations, Memory: &memory, Parallelism: &parallelism}
	}
	switch b := s.Tokens.Mask("prelogin", email)[0]; {
	case b < 200:
		return encstring.DefaultKDF()
	case b < 228:
		return argon(6, 32, 4)
	case b < 248:
		return argon(3, 64, 4)
	}
	return encstring.KDF{Type: encstring.PBKDF2, Iterations: 1_000_000}
}
