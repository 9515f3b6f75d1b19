package provider

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// Handover is what a provider hands over when it lets go of a client: who stays,
// and what the provider had there.
type Handover struct {
	Client
	Owners   []Person // the client's own, confirmed
	Members  Standing
	Policies []int    // types of those that are on
	Domains  []string // claimed
	Staff    []Technician
	Keys     []string // names of the API keys that reach it
	Baseline string   // name of the one that governs; empty for none
	At       time.Time
}

// Person is somebody in a report.
type Person struct{ Name, Email string }

// Technician is one of the provider's people who reach a client.
type Technician struct {
	Person
	Admin bool
}

// Standing counts the members of an organization by their state.
type Standing struct{ Invited, Accepted, Confirmed, Revoked, Staged int }

// Blocked says why the client cannot be let go; empty when it can.
func (h Handover) Blocked() string {
	if len(h.Owners) == 0 {
		return "Nobody of the organization itself is a confirmed owner. Confirm one first: without the provider nobody else could administer it."
	}
	return ""
}

// FindHandover tells admins what letting go of a client would hand over.
func (s *Service) FindHandover(ctx context.Context, user id.User, provider id.Provider, client id.ProviderClient) (Handover, error) {
	var out Handover
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		var err error
		out, err = handoverOf(ctx, tx, provider, client)
		return err
	})
	return out, err
}

func handoverOf(ctx context.Context, tx *db.Tx, provider id.Provider, client id.ProviderClient) (Handover, error) {
	c, err := ClientByID(ctx, tx, provider, client)
	if err != nil {
		return Handover{}, err
	}
	h := Handover{Client: c, At: tx.Now}
	if h.Owners, err = ownersOf(ctx, tx, c.Org); err != nil {
		return h, err
	}
	if h.Members, err = standingOf(ctx, tx, c.Org); err != nil {
		return h, err
	}
	if h.Policies, err = db.All(ctx, tx, db.Value[int], `SELECT type FROM policies WHERE org_id = $1 AND enabled ORDER BY type`, c.Org); err != nil {
		return h, err
	}
	if h.Domains, err = db.All(ctx, tx, db.Value[string], `SELECT name FROM claimed_domains WHERE org_id = $1 AND verified_at IS NOT NULL ORDER BY name`, c.Org); err != nil {
		return h, err
	}
	if h.Staff, err = techniciansOf(ctx, tx, c); err != nil {
		return h, err
	}
	if h.Keys, err = keyNames(ctx, tx, c); err != nil {
		return h, err
	}
	h.Baseline, err = baselineName(ctx, tx, c)
	return h, err
}

func ownersOf(ctx context.Context, tx *db.Tx, org id.Org) ([]Person, error) {
	return db.All(ctx, tx, func(r db.Row) (Person, error) {
		var p Person
		err := r.Scan(&p.Name, &p.Email)
		return p, err
	}, `SELECT COALESCE(u.name, ''), u.email FROM members m JOIN users u ON u.id = m.user_id
		WHERE m.org_id = $1 AND m.status = 2 AND m.type = 0 ORDER BY u.email`, org)
}

func standingOf(ctx context.Context, tx *db.Tx, org id.Org) (Standing, error) {
	return db.One(ctx, tx, func(r db.Row) (Standing, error) {
		var n Standing
		err := r.Scan(&n.Invited, &n.Accepted, &n.Confirmed, &n.Revoked, &n.Staged)
		return n, err
	}, `SELECT COUNT(CASE WHEN status = 0 THEN 1 END), COUNT(CASE WHEN status = 1 THEN 1 END), COUNT(CASE WHEN status = 2 THEN 1 END),
		COUNT(CASE WHEN status = -1 THEN 1 END), COUNT(CASE WHEN status = 3 THEN 1 END) FROM members WHERE org_id = $1`, org)
}

func techniciansOf(ctx context.Context, tx *db.Tx, c Client) ([]Technician, error) {
	return db.All(ctx, tx, func(r db.Row) (Technician, error) {
		var t Technician
		err := r.Scan(&t.Name, &t.Email, &t.Admin)
		return t, err
	}, `SELECT COALESCE(u.name, ''), u.email, pu.type = 0 FROM provider_clients pc
		JOIN provider_users pu ON pu.provider_id = pc.provider_id AND pu.status = 2 AND `+access.InReach(3)+`
		JOIN users u ON u.id = pu.user_id WHERE pc.provider_id = $1 AND pc.id = $2 ORDER BY u.email`, c.Provider, c.ID, tx.Now)
}

func keyNames(ctx context.Context, tx *db.Tx, c Client) ([]string, error) {
	return db.All(ctx, tx, db.Value[string], `SELECT k.name FROM provider_keys k
		WHERE k.provider_id = $1 AND (k.expires_at IS NULL OR k.expires_at > $3) AND (k.all_clients OR EXISTS (
			SELECT 1 FROM provider_key_clients kc WHERE kc.provider_id = k.provider_id AND kc.key_id = k.id AND kc.client_id = $2))
		ORDER BY k.name`, c.Provider, c.ID, tx.Now)
}

// baselineName is that of the client's own baseline, or else of the first among
// those of its tags.
func baselineName(ctx context.Context, tx *db.Tx, c Client) (string, error) {
	names, err := db.All(ctx, tx, db.Value[string], `SELECT b.name FROM baselines b
		LEFT JOIN baseline_clients bc ON bc.provider_id = b.provider_id AND bc.baseline_id = b.id AND bc.client_id = $2
		WHERE b.provider_id = $1 AND (bc.client_id IS NOT NULL OR EXISTS (
			SELECT 1 FROM baseline_tags bt JOIN client_tags ct ON ct.provider_id = bt.provider_id AND ct.tag_id = bt.tag_id
			WHERE bt.provider_id = b.provider_id AND bt.baseline_id = b.id AND ct.client_id = $2))
		ORDER BY CASE WHEN bc.client_id IS NULL THEN 1 ELSE 0 END, b.rank, b.id LIMIT 1`, c.Provider, c.ID)
	if err != nil || len(names) == 0 {
		return "", err
	}
	return names[0], nil
}
