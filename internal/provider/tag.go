package provider

import (
	"context"
	"slices"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Tag is a word by which a provider sorts its clients. What people reach and which
// baseline governs can hang on it.
type Tag struct {
	ID      id.ProviderTag
	Name    string
	Clients []id.ProviderClient // that have it and that the caller reaches
}

// maxTags bounds the tags of one provider.
const maxTags = 500

// ListTags gives a provider's tags to its staff. Whoever does not reach all clients
// finds those of the clients that they reach. Three statements.
func (s *Service) ListTags(ctx context.Context, user id.User, provider id.Provider) ([]Tag, error) {
	var out []Tag
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		staff, err := access.ToFleet(ctx, tx, user, provider, false)
		if err != nil {
			return err
		}
		uses, err := tagUses(ctx, tx, staff)
		if err != nil {
			return err
		}
		all, err := tagsOf(ctx, tx, staff)
		out = nil
		for _, t := range all {
			t.Clients = uses[t.ID]
			if t.everywhere || len(t.Clients) > 0 {
				out = append(out, t.Tag)
			}
		}
		return err
	})
	return out, err
}

// CreateTag makes a tag.
func (s *Service) CreateTag(ctx context.Context, user id.User, provider id.Provider, name string) (Tag, error) {
	var out Tag
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		name, err := freeName(ctx, tx, provider, "", name)
		if err != nil {
			return err
		}
		out = Tag{ID: id.New[id.ProviderTag](), Name: name}
		return insertTag(ctx, tx, provider, out)
	})
	return out, err
}

// RenameTag gives a tag another name.
func (s *Service) RenameTag(ctx context.Context, user id.User, provider id.Provider, tag id.ProviderTag, name string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		if err := tagsThere(ctx, tx, provider, []id.ProviderTag{tag}); err != nil {
			return err
		}
		name, err := freeName(ctx, tx, provider, tag, name)
		if err != nil {
			return err
		}
		return renameTag(ctx, tx, provider, tag, name)
	})
}

// freeName is a valid name that no other tag of the provider has.
func freeName(ctx context.Context, tx *db.Tx, provider id.Provider, of id.ProviderTag, name string) (string, error) {
	name, err := tenant.Name("name", name)
	if err != nil {
		return "", err
	}
	all, taken, err := tagNames(ctx, tx, provider, of, name)
	switch {
	case err != nil:
		return "", err
	case taken:
		return "", fault.Field("name", "There is a tag with this name already.")
	case of == "" && all >= maxTags:
		return "", fault.Newf(fault.Invalid, "A provider has at most %d tags. Delete one that is not needed any more.", maxTags)
	}
	return name, nil
}

// DeleteTag takes a tag from all clients. Whoever reached clients by it alone
// reaches them no longer.
func (s *Service) DeleteTag(ctx context.Context, user id.User, provider id.Provider, tag id.ProviderTag) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		affected, err := reachingBy(ctx, tx, provider, []id.ProviderTag{tag})
		if err != nil {
			return err
		}
		if err := deleteTag(ctx, tx, provider, tag); err != nil {
			return err
		}
		return tellReached(ctx, tx, provider, affected)
	})
}

// TagClient replaces the tags of a client, and with them who reaches it.
func (s *Service) TagClient(ctx context.Context, user id.User, provider id.Provider, client id.ProviderClient, tags []id.ProviderTag) error {
	if len(tags) > 0 {
		var err error
		if tags, err = org.Bulk(tags); err != nil {
			return err
		}
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		if _, err := ClientByID(ctx, tx, provider, client); err != nil {
			return err
		}
		if err := tagsThere(ctx, tx, provider, tags); err != nil {
			return err
		}
		before, err := tagsOfClient(ctx, tx, provider, client)
		if err != nil {
			return err
		}
		changed := difference(before, tags)
		if len(changed) == 0 {
			return nil
		}
		if err := replaceTags(ctx, tx, provider, client, tags); err != nil {
			return err
		}
		affected, err := reachingBy(ctx, tx, provider, changed)
		if err != nil {
			return err
		}
		return tellReached(ctx, tx, provider, affected)
	})
}

// difference is what is in one of the lists only.
func difference(a, b []id.ProviderTag) []id.ProviderTag {
	count := map[id.ProviderTag]int{}
	for _, t := range append(append([]id.ProviderTag{}, a...), b...) {
		count[t]++
	}
	var out []id.ProviderTag
	for t, n := range count {
		if n == 1 {
			out = append(out, t)
		}
	}
	return out
}

// describeTags adds the tags of clients. One statement, however many.
func describeTags(ctx context.Context, tx *db.Tx, staff access.Staff, clients []Client) error {
	uses, err := tagUses(ctx, tx, staff)
	if err != nil {
		return err
	}
	of := map[id.ProviderClient][]id.ProviderTag{}
	for tag, list := range uses {
		for _, c := range list {
			of[c] = append(of[c], tag)
		}
	}
	for i := range clients {
		clients[i].Tags = of[clients[i].ID]
		slices.Sort(clients[i].Tags)
	}
	return nil
}
