package access

import (
	"context"
	"strconv"
	"strings"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// ProviderKey stands, where acts ask for an account, for a program that acts by an
// API key of a provider. Which one that is, the request's authentication says.
// Like OwnKey it is not the id of an account.
const ProviderKey id.User = "provider"

// Staff is who administers a provider's clients: a confirmed person of the
// provider, or one of its API keys.
type Staff struct {
	ID       id.ProviderUser // of a person
	Key      id.ProviderKey  // or of a key
	Provider id.Provider
	User     id.User
	Admin    bool // otherwise a service user, or a key
	MayWrite bool // false for keys that only read
	// AllClients is set for admins, and for keys that are for all clients.
	AllClients bool
}

// The condition by which the provider user pu reaches the client pc at the moment
// $now: admins all, service users while their time lasts, those with assigned
// clients only these. Whatever asks which clients somebody serves asks by it.
const inReach = `(pu.type = 0 OR ((pu.until IS NULL OR pu.until > $now) AND (NOT pu.assigned
	OR EXISTS (SELECT 1 FROM reach_clients rc WHERE rc.provider_id = pu.provider_id AND rc.provider_user_id = pu.id
		AND rc.client_id = pc.id AND (rc.until IS NULL OR rc.until > $now))
	OR EXISTS (SELECT 1 FROM reach_tags rt JOIN client_tags ct ON ct.provider_id = rt.provider_id AND ct.tag_id = rt.tag_id
		WHERE rt.provider_id = pu.provider_id AND rt.provider_user_id = pu.id AND ct.client_id = pc.id
		AND (rt.until IS NULL OR rt.until > $now)))))`

// InReach is that condition, with the moment as parameter number now.
func InReach(now int) string {
	return strings.ReplaceAll(inReach, "$now", "$"+strconv.Itoa(now))
}

// keyInReach is the condition by which the API key k reaches the client pc.
func keyInReach(now int) string {
	return strings.ReplaceAll(`((k.expires_at IS NULL OR k.expires_at > $now) AND (k.all_clients
	OR EXISTS (SELECT 1 FROM provider_key_clients kc WHERE kc.provider_id = k.provider_id AND kc.key_id = k.id AND kc.client_id = pc.id)))`,
		"$now", "$"+strconv.Itoa(now))
}

// Reaches is the condition that the staff reaches the client pc: a row of
// provider_clients. Its two parameters, from number n on, are what Reaching gives.
func (s Staff) Reaches(n int) string {
	who := "$" + strconv.Itoa(n)
	if s.Key != "" {
		return `EXISTS (SELECT 1 FROM provider_keys k WHERE k.provider_id = pc.provider_id AND k.id = ` + who + ` AND ` + keyInReach(n+1) + `)`
	}
	return `EXISTS (SELECT 1 FROM provider_users pu WHERE pu.provider_id = pc.provider_id AND pu.id = ` + who + ` AND ` + InReach(n+1) + `)`
}

// Reaching are the parameters of Reaches.
func (s Staff) Reaching(tx *db.Tx) []any {
	if s.Key != "" {
		return []any{s.Key, tx.Now}
	}
	return []any{s.ID, tx.Now}
}

// ToProvider reads whether an account is confirmed staff of an enabled provider,
// and whether it is an admin there. It answers fault.Absent otherwise, and for
// API keys: see ToFleet.
func ToProvider(ctx context.Context, tx *db.Tx, user id.User, provider id.Provider) (Staff, error) {
	return db.One(ctx, tx, func(r db.Row) (Staff, error) {
		s := Staff{Provider: provider, User: user, MayWrite: true}
		var kind int
		err := r.Scan(&s.ID, &kind)
		s.Admin = kind == 0
		s.AllClients = s.Admin
		return s, err
	}, `SELECT pu.id, pu.type FROM provider_users pu JOIN providers p ON p.id = pu.provider_id
		WHERE pu.provider_id = $1 AND pu.user_id = $2 AND pu.status = 2 AND p.enabled AND p.status <> 0`, provider, user)
}

// ToProviderAsAdmin is ToProvider for provider admins only.
func ToProviderAsAdmin(ctx context.Context, tx *db.Tx, user id.User, provider id.Provider) (Staff, error) {
	s, err := ToProvider(ctx, tx, user, provider)
	if err == nil && !s.Admin {
		err = fault.Absent()
	}
	return s, err
}

// ToProviderRecord is ToProvider for the provider's own record and bills: the
// admins of a suspended provider still get at these, to settle things.
func ToProviderRecord(ctx context.Context, tx *db.Tx, user id.User, provider id.Provider) (Staff, error) {
	s, err := ToProvider(ctx, tx, user, provider)
	if !fault.Is(err, fault.NotFound) {
		return s, err
	}
	return db.One(ctx, tx, func(r db.Row) (Staff, error) {
		s := Staff{Provider: provider, User: user, Admin: true}
		err := r.Scan(&s.ID)
		return s, err
	}, `SELECT pu.id FROM provider_users pu JOIN providers p ON p.id = pu.provider_id
		WHERE pu.provider_id = $1 AND pu.user_id = $2 AND pu.status = 2 AND pu.type = 0 AND NOT p.enabled AND p.status <> 0`, provider, user)
}

// ToFleet is ToProvider for what an API key may do too: reading, and with write
// what changes something. A key that only reads is told so.
func ToFleet(ctx context.Context, tx *db.Tx, user id.User, provider id.Provider, write bool) (Staff, error) {
	if user != ProviderKey {
		return ToProvider(ctx, tx, user, provider)
	}
	actor, _ := reqctx.ActorOf(ctx)
	if actor.Provider != provider {
		return Staff{}, fault.Absent()
	}
	s, err := db.One(ctx, tx, func(r db.Row) (Staff, error) {
		s := Staff{Provider: provider, User: user, Key: actor.ProviderKey}
		err := r.Scan(&s.MayWrite, &s.AllClients)
		return s, err
	}, `SELECT k.may_write, k.all_clients FROM provider_keys k JOIN providers p ON p.id = k.provider_id
		WHERE k.provider_id = $1 AND k.id = $2 AND (k.expires_at IS NULL OR k.expires_at > $3) AND p.enabled AND p.status <> 0`,
		provider, actor.ProviderKey, tx.Now)
	if err == nil && write && !s.MayWrite {
		err = fault.New(fault.Forbidden, "This API key may only read.")
	}
	return s, err
}

// ToClient is ToFleet for one client, which is absent outside the reach.
func ToClient(ctx context.Context, tx *db.Tx, user id.User, provider id.Provider, client id.ProviderClient, write bool) (Staff, id.Org, error) {
	s, err := ToFleet(ctx, tx, user, provider, write)
	if err != nil {
		return Staff{}, "", err
	}
	org, err := db.One(ctx, tx, db.Value[id.Org], `SELECT pc.org_id FROM provider_clients pc
		WHERE pc.provider_id = $1 AND pc.id = $2 AND `+s.Reaches(3), append([]any{provider, client}, s.Reaching(tx)...)...)
	return s, org, err
}

// byProviderKey is ToOrgs for ProviderKey: those of the organizations that the
// key of the request reaches.
func byProviderKey(ctx context.Context, tx *db.Tx, orgs []id.Org) ([]Org, error) {
	actor, _ := reqctx.ActorOf(ctx)
	if actor.ProviderKey == "" {
		return nil, nil
	}
	return db.All(ctx, tx, func(r db.Row) (Org, error) {
		o := Org{User: ProviderKey, Role: NoRole, ByProviderKey: true}
		err := r.Scan(&o.ID, &o.Enabled, &o.AdminsAccessAll, &o.LimitCollectionCreation, &o.LimitCollectionDeletion,
			&o.LimitItemDeletion, &o.ProviderItemAccess, &o.Provider, &o.KeyMayWrite)
		return o, err
	}, `SELECT o.id, o.enabled, o.admins_access_all, o.limit_collection_creation, o.limit_collection_deletion, o.limit_item_deletion,
		       o.provider_item_access, k.provider_id, k.may_write
		FROM organizations o
		JOIN provider_clients pc ON pc.org_id = o.id
		JOIN providers p ON p.id = pc.provider_id AND p.enabled AND p.status <> 0
		JOIN provider_keys k ON k.provider_id = p.id AND k.id = $1
		WHERE `+keyInReach(2)+` AND `+db.Among(tx, "o.id", 3), actor.ProviderKey, tx.Now, db.List(orgs))
}

// providerKeyCan: a key administers as staff does, or only looks. It opens
// nothing, and what proves who somebody is stays with people: it recovers no
// account and, beyond its settings, does not manage the organization itself.
func (o Org) providerKeyCan(act Act) bool {
	switch act {
	case SeeOrg, ReadMembers, ReadGroups, ReadEvents, ReadReports, SeeCollections, SeeCollectionAccess:
		return true
	case ManageMembers, ManageGroups, ManagePolicies, ChangeSettings, GiveToMembers, GiveToGroups:
		return o.KeyMayWrite
	default:
		return false
	}
}
