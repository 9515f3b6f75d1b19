package access

import (
	"context"
	"slices"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// OwnKey stands, where acts ask for an account, for an organization that acts by
// its own API key. Which one that is, the request's authentication says; for a
// request of anybody else it is an account with no rights. It is not the id of
// an account, and not empty as the account of an invited member is.
const OwnKey id.User = "organization"

// IsProgram tells whether no account acts, but a program: OwnKey or ProviderKey.
func IsProgram(user id.User) bool { return user == OwnKey || user == ProviderKey }

// byOwnKey is ToOrgs for OwnKey: the organization of the request, if it is asked
// for.
func byOwnKey(ctx context.Context, tx *db.Tx, orgs []id.Org) ([]Org, error) {
	actor, _ := reqctx.ActorOf(ctx)
	if actor.Org == "" || !slices.Contains(orgs, actor.Org) {
		return nil, nil
	}
	return db.All(ctx, tx, func(r db.Row) (Org, error) {
		o := Org{ID: actor.Org, User: OwnKey, Role: NoRole, ByOwnKey: true}
		err := r.Scan(&o.Enabled, &o.AdminsAccessAll, &o.LimitCollectionCreation, &o.LimitCollectionDeletion,
			&o.LimitItemDeletion, &o.ProviderItemAccess)
		return o, err
	}, `SELECT enabled, admins_access_all, limit_collection_creation, limit_collection_deletion, limit_item_deletion, provider_item_access
		FROM organizations WHERE id = $1 AND enabled`, actor.Org)
}

// ownKeyCan: the key administers as an owner does, and opens nothing: it has no
// way to decrypt, and no business with ciphertext.
func (o Org) ownKeyCan(act Act) bool {
	switch act {
	case ReadAllItems, WriteAllItems, ImportItems, ExportItems, PurgeItems:
		return false
	default:
		return act >= SeeOrg && act < numberOfActs
	}
}
