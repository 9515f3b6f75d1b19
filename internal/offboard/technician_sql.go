package offboard

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/provider"
)

// placesOf are the clients of the provider that somebody is a member of, or whose
// items they reach as staff. Invitations count, by the address that they went to.
func placesOf(ctx context.Context, tx *db.Tx, who provider.User) ([]place, error) {
	return db.All(ctx, tx, func(r db.Row) (place, error) {
		p := place{}
		var member id.Member
		m := org.Member{}
		err := r.Scan(&p.Client, &p.Org, &p.Name, db.Opt(&member), db.Opt(&m.User), &m.Status, &m.Role, &m.Permissions,
			&p.hadKey, &p.opens, &p.adminsAll, &p.lastOwner, &p.claimed, &p.all, &p.assigned)
		m.ID, m.Org = member, p.Org
		p.member = m
		return p, err
	}, `SELECT pc.id, o.id, o.name, m.id, m.user_id, COALESCE(m.status, 0), COALESCE(m.type, -1), COALESCE(m.permissions, 0),
			m.key IS NOT NULL, (o.provider_item_access AND pu.status = 2 AND `+access.InReach(5)+`), o.admins_access_all,
			COALESCE(m.status = 2 AND m.type = 0 AND NOT EXISTS (
				SELECT 1 FROM members x WHERE x.org_id = o.id AND x.status = 2 AND x.type = 0 AND x.id <> m.id), FALSE),
			COALESCE(m.status <> 0 AND EXISTS (SELECT 1 FROM `+org.Proved+` JOIN users u ON `+org.AtDomain+` WHERE d.org_id = o.id AND u.id = m.user_id), FALSE),
			(SELECT COUNT(*) FROM ciphers c WHERE c.org_id = o.id),
			(SELECT COUNT(DISTINCT cc.cipher_id) FROM collection_ciphers cc WHERE cc.org_id = o.id AND (
				EXISTS (SELECT 1 FROM collection_members cm WHERE cm.org_id = o.id AND cm.collection_id = cc.collection_id AND cm.member_id = m.id)
				OR EXISTS (SELECT 1 FROM group_members gm JOIN collection_groups cg ON cg.org_id = gm.org_id AND cg.group_id = gm.group_id
					WHERE gm.org_id = o.id AND gm.member_id = m.id AND cg.collection_id = cc.collection_id)))
		FROM provider_clients pc
		JOIN provider_users pu ON pu.provider_id = pc.provider_id AND pu.id = $2
		JOIN organizations o ON o.id = pc.org_id
		LEFT JOIN members m ON m.org_id = o.id AND (m.user_id = $3 OR m.email = $4)
		WHERE pc.provider_id = $1 AND (m.id IS NOT NULL OR (o.provider_item_access AND pu.status = 2 AND `+access.InReach(5)+`))
		ORDER BY o.name, o.id, m.id`, who.Provider, who.ID, string(who.User), who.Email, tx.Now)
}

func keysBy(ctx context.Context, tx *db.Tx, by id.Provider, user id.User) ([]provider.Key, error) {
	return db.All(ctx, tx, func(r db.Row) (provider.Key, error) {
		var k provider.Key
		err := r.Scan(&k.ID, &k.Name)
		return k, err
	}, `SELECT id, name FROM provider_keys WHERE provider_id = $1 AND created_by = $2 ORDER BY name, id`, by, user)
}
