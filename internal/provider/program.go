package provider

import (
	"context"
	"slices"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// FindSelf tells a program whose it is, and what its own API key is good for.
func (s *Service) FindSelf(ctx context.Context) (Provider, Key, error) {
	var p Provider
	var k Key
	actor, _ := reqctx.ActorOf(ctx)
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		staff, err := access.ToFleet(ctx, tx, access.ProviderKey, actor.Provider, false)
		if err != nil {
			return err
		}
		if p, err = byID(ctx, tx, staff.Provider); err != nil {
			return err
		}
		keys, err := keysOf(ctx, tx, staff.Provider)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(keys, func(k Key) bool { return k.ID == staff.Key })
		if i < 0 {
			return fault.Absent()
		}
		k = keys[i]
		return nil
	})
	return p, k, err
}

// ClientOrg is the organization of a client in the reach of whoever asks, and
// whether they may change something there when write is asked for.
func (s *Service) ClientOrg(ctx context.Context, user id.User, provider id.Provider, client id.ProviderClient, write bool) (id.Org, error) {
	var out id.Org
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		_, out, err = access.ToClient(ctx, tx, user, provider, client, write)
		return err
	})
	return out, err
}

// FindClient gives one client to those of the provider's staff, and programs, who
// reach it.
func (s *Service) FindClient(ctx context.Context, user id.User, provider id.Provider, client id.ProviderClient) (Client, error) {
	var out Client
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		staff, _, err := access.ToClient(ctx, tx, user, provider, client, false)
		if err != nil {
			return err
		}
		c, err := ClientByID(ctx, tx, provider, client)
		if err != nil {
			return err
		}
		found := []Client{c}
		err = describeTags(ctx, tx, staff, found)
		out = found[0]
		return err
	})
	return out, err
}
