package provider

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// tagUses tells which of the clients that the staff reaches have which tag.
func tagUses(ctx context.Context, tx *db.Tx, staff access.Staff) (map[id.ProviderTag][]id.ProviderClient, error) {
	out := map[id.ProviderTag][]id.ProviderClient{}
	return out, db.Each(ctx, tx, func(r db.Row) error {
		var tag id.ProviderTag
		var client id.ProviderClient
		err := r.Scan(&tag, &client)
		out[tag] = append(out[tag], client)
		return err
	}, `SELECT ct.tag_id, ct.client_id FROM client_tags ct
		JOIN provider_clients pc ON pc.provider_id = ct.provider_id AND pc.id = ct.client_id
		WHERE ct.provider_id = $1 AND `+staff.Reaches(2)+` ORDER BY ct.tag_id, ct.client_id`, append([]any{staff.Provider}, staff.Reaching(tx)...)...)
}

// placedTag is a tag, and whether the staff reaches everything and so finds it
// without any client too.
type placedTag struct {
	Tag
	everywhere bool
}

func tagsOf(ctx context.Context, tx *db.Tx, staff access.Staff) ([]placedTag, error) {
	return db.All(ctx, tx, func(r db.Row) (placedTag, error) {
		var t placedTag
		err := r.Scan(&t.ID, &t.Name, &t.everywhere)
		return t, err
	}, `SELECT t.id, t.name, EXISTS (SELECT 1 FROM provider_users pu WHERE pu.provider_id = t.provider_id AND pu.id = $2
			AND (pu.type = 0 OR (NOT pu.assigned AND (pu.until IS NULL OR pu.until > $3))))
		FROM provider_tags t WHERE t.provider_id = $1 ORDER BY t.name, t.id`, staff.Provider, staff.ID, tx.Now)
}

// tagNames counts the provider's tags and tells whether another one than of has the
// name, in whatever case.
func tagNames(ctx context.Context, tx *db.Tx, provider id.Provider, of id.ProviderTag, name string) (all int, taken bool, err error) {
	return all, taken, db.Each(ctx, tx, func(r db.Row) error { return r.Scan(&all, &taken) },
		`SELECT COUNT(*), COUNT(CASE WHEN LOWER(name) = LOWER($3) AND id <> $2 THEN 1 END) > 0 FROM provider_tags WHERE provider_id = $1`,
		provider, of, name)
}

// tagsThere answers that all are absent when one of them is not the provider's.
func tagsThere(ctx context.Context, tx *db.Tx, provider id.Provider, tags []id.ProviderTag) error {
	found, err := countThings(ctx, tx, provider, nil, tags)
	if err == nil && found != len(tags) {
		err = fault.Absent()
	}
	return err
}

func insertTag(ctx context.Context, tx *db.Tx, provider id.Provider, t Tag) error {
	return db.Insert(ctx, tx, `INSERT INTO provider_tags (provider_id, id, name)`, []any{provider, t.ID, t.Name})
}

func renameTag(ctx context.Context, tx *db.Tx, provider id.Provider, tag id.ProviderTag, name string) error {
	return tx.ExecOne(ctx, `UPDATE provider_tags SET name = $3 WHERE provider_id = $1 AND id = $2`, provider, tag, name)
}

func deleteTag(ctx context.Context, tx *db.Tx, provider id.Provider, tag id.ProviderTag) error {
	return tx.ExecOne(ctx, `DELETE FROM provider_tags WHERE provider_id = $1 AND id = $2`, provider, tag)
}

func tagsOfClient(ctx context.Context, tx *db.Tx, provider id.Provider, client id.ProviderClient) ([]id.ProviderTag, error) {
	return db.All(ctx, tx, db.Value[id.ProviderTag], `SELECT tag_id FROM client_tags WHERE provider_id = $1 AND client_id = $2`, provider, client)
}

func replaceTags(ctx context.Context, tx *db.Tx, provider id.Provider, client id.ProviderClient, tags []id.ProviderTag) error {
	if _, err := tx.Exec(ctx, `DELETE FROM client_tags WHERE provider_id = $1 AND client_id = $2`, provider, client); err != nil {
		return err
	}
	rows := make([][]any, len(tags))
	for i, t := range tags {
		rows[i] = []any{provider, client, t}
	}
	return db.Insert(ctx, tx, `INSERT INTO client_tags (provider_id, client_id, tag_id)`, rows...)
}

// reachingBy are the service users whose reach hangs on one of the tags.
func reachingBy(ctx context.Context, tx *db.Tx, provider id.Provider, tags []id.ProviderTag) ([]User, error) {
	return db.All(ctx, tx, scanUser, selectUsers+`AND pu.type = 1 AND pu.assigned AND EXISTS (SELECT 1 FROM reach_tags rt
		WHERE rt.provider_id = pu.provider_id AND rt.provider_user_id = pu.id AND `+db.Among(tx, "rt.tag_id", 2)+`) ORDER BY pu.id`,
		provider, db.List(tags))
}
