package tenant

import (
	"context"
	"crypto/rand"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/token"
)

// APIKeyPurpose is what the key of an organization is sealed for.
const APIKeyPurpose = "organization api key"

// APIKey is what programs of an organization log in with, as client
// "organization.<id>".
type APIKey struct {
	Key       string // empty where only its age was asked for
	RevisedAt time.Time
}

// sealedAPIKey makes a new key: more than 2^148 possibilities, so that no slow
// hash is needed to compare them.
func sealedAPIKey(tokens *token.Keeper, org id.Org) []byte {
	return tokens.Seal(APIKeyPurpose, string(org), []byte(rand.Text()+rand.Text()[:4]))
}

// ShowAPIKey shows the key to owners who prove to be there.
func (s *Service) ShowAPIKey(ctx context.Context, user id.User, org id.Org, secret account.Secret) (APIKey, error) {
	var out APIKey
	err := s.proven(ctx, user, org, secret, func(tx *db.Tx, _ access.Org) (err error) {
		out, err = s.openAPIKey(ctx, tx, org)
		return err
	})
	return out, err
}

// RotateAPIKey replaces the key. Tokens that were got with the old one end at once.
func (s *Service) RotateAPIKey(ctx context.Context, user id.User, org id.Org, secret account.Secret) (APIKey, error) {
	var out APIKey
	err := s.proven(ctx, user, org, secret, func(tx *db.Tx, actor access.Org) error {
		err := tx.ExecOne(ctx, `UPDATE organizations SET api_key = $2, api_key_at = $3 WHERE id = $1`, org, sealedAPIKey(s.Tokens, org), tx.Now)
		if err != nil {
			return err
		}
		if err := event.Append(ctx, tx, event.Event{Type: event.OrgUpdated, Org: org, Provider: actor.ActingProvider()}); err != nil {
			return err
		}
		out, err = s.openAPIKey(ctx, tx, org)
		return err
	})
	return out, err
}

// FindAPIKeyAge tells owners how old the key is, without the key.
func (s *Service) FindAPIKeyAge(ctx context.Context, user id.User, org id.Org) (APIKey, error) {
	var out APIKey
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.Require(ctx, tx, user, org, access.ManageOrg); err != nil {
			return err
		}
		k, err := apiKeyOf(ctx, tx, org)
		out.RevisedAt = k.at
		return err
	})
	return out, err
}

func (s *Service) openAPIKey(ctx context.Context, tx *db.Tx, org id.Org) (APIKey, error) {
	k, err := apiKeyOf(ctx, tx, org)
	if err != nil {
		return APIKey{}, err
	}
	plain, err := s.Tokens.Open(APIKeyPurpose, string(org), k.sealed)
	return APIKey{Key: string(plain), RevisedAt: k.at}, err
}

type storedKey struct {
	sealed []byte
	at     time.Time
}

func apiKeyOf(ctx context.Context, tx *db.Tx, org id.Org) (storedKey, error) {
	return db.One(ctx, tx, func(r db.Row) (storedKey, error) {
		var k storedKey
		err := r.Scan(&k.sealed, db.Time(&k.at))
		return k, err
	}, `SELECT api_key, COALESCE(api_key_at, created_at) FROM organizations WHERE id = $1`, org)
}

// proven runs an act that only owners may do, and only with their secret. Whoever
// is none is told nothing about the secret.
func (s *Service) proven(ctx context.Context, user id.User, org id.Org, secret account.Secret, act func(tx *db.Tx, actor access.Org) error) error {
	if err := s.Allow(ctx, user, org, access.ManageOrg); err != nil {
		return err
	}
	proof, err := s.Check(ctx, user, secret)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := proof.Holds(ctx, tx); err != nil {
			return err
		}
		actor, err := access.Require(ctx, tx, user, org, access.ManageOrg)
		if err != nil {
			return err
		}
		return act(tx, actor)
	})
}
