package provider

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Client is an organization that a provider manages, by their link.
type Client struct {
	ID       id.ProviderClient
	Provider id.Provider
	Org      id.Org
	Name     string
	Key      string // the organization's key under the provider's
	Plan     tenant.Plan
	Seats    int // 0: unlimited
	Occupied int // invited, accepted and confirmed members
	Users    int // confirmed members
	Status   tenant.Status
	Enabled  bool
	Tags     []id.ProviderTag

	RevisedAt time.Time // of the organization
}

// Remaining is the number of seats that are free.
func (c Client) Remaining() int { return c.Seats - c.Occupied }

// ListClients gives the clients to those of the provider's staff who reach them.
// Three statements.
func (s *Service) ListClients(ctx context.Context, user id.User, provider id.Provider) ([]Client, error) {
	var out []Client
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		staff, err := access.ToFleet(ctx, tx, user, provider, false)
		if err != nil {
			return err
		}
		if out, err = ReachedClients(ctx, tx, staff); err != nil {
			return err
		}
		return describeTags(ctx, tx, staff, out)
	})
	return out, err
}

// EditClient is what a client shall be.
type EditClient struct {
	Name      string
	Seats     int
	LastKnown time.Time // revision date of what was edited; zero when not said
}

// UpdateClient renames a client and assigns its seats.
func (s *Service) UpdateClient(ctx context.Context, user id.User, provider id.Provider, client id.ProviderClient, in EditClient) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		staff, _, err := access.ToClient(ctx, tx, user, provider, client, true)
		if err != nil {
			return err
		}
		c, err := ClientByID(ctx, tx, provider, client)
		if err != nil {
			return err
		}
		if err := tenant.UpToDate(in.LastKnown, c.RevisedAt); err != nil {
			return err
		}
		if in.Seats != c.Seats {
			if err := mayAssign(ctx, tx, staff, c, in.Seats); err != nil {
				return err
			}
		}
		if err := tenant.SetNameAndSeats(ctx, tx, c.Org, in.Name, in.Seats); err != nil {
			return err
		}
		if err := event.Append(ctx, tx, event.Event{Type: event.OrgUpdated, Org: c.Org, Provider: staff.Provider}); err != nil {
			return err
		}
		return tenant.TouchAll(ctx, tx, c.Org, push.Message{Type: push.OrganizationsChanged})
	})
}

const selectClients = `SELECT pc.id, pc.provider_id, pc.org_id, o.name, pc.key, o.plan_type, COALESCE(o.seats, 0), o.status, o.enabled, o.revised_at,
	COUNT(CASE WHEN m.status IN (0, 1, 2) THEN 1 END), COUNT(CASE WHEN m.status = 2 THEN 1 END)
	FROM provider_clients pc
	JOIN organizations o ON o.id = pc.org_id
	LEFT JOIN members m ON m.org_id = pc.org_id
	WHERE pc.provider_id = $1 `

const groupClients = ` GROUP BY pc.id, pc.provider_id, pc.org_id, o.name, pc.key, o.plan_type, o.seats, o.status, o.enabled, o.revised_at ORDER BY o.name, pc.id`

func scanClient(r db.Row) (Client, error) {
	var c Client
	var plan int
	err := r.Scan(&c.ID, &c.Provider, &c.Org, &c.Name, &c.Key, &plan, &c.Seats, &c.Status, &c.Enabled, db.Time(&c.RevisedAt), &c.Occupied, &c.Users)
	c.Plan, _ = tenant.PlanOf(plan)
	return c, err
}

// ReachedClients are the clients that the staff reaches, by name.
func ReachedClients(ctx context.Context, tx *db.Tx, staff access.Staff) ([]Client, error) {
	return db.All(ctx, tx, scanClient, selectClients+`AND `+staff.Reaches(2)+groupClients, append([]any{staff.Provider}, staff.Reaching(tx)...)...)
}

// ClientByID reads one client of a provider.
func ClientByID(ctx context.Context, tx *db.Tx, provider id.Provider, client id.ProviderClient) (Client, error) {
	return db.One(ctx, tx, scanClient, selectClients+`AND pc.id = $2`+groupClients, provider, client)
}

// InsertClient links an organization to a provider. key is the organization's key
// under the provider's.
func InsertClient(ctx context.Context, tx *db.Tx, provider id.Provider, organization id.Org, key string) (id.ProviderClient, error) {
	link := id.New[id.ProviderClient]()
	return link, db.Insert(ctx, tx, `INSERT INTO provider_clients (provider_id, id, org_id, key, created_at, revised_at)`,
		[]any{provider, link, organization, key, tx.Now, tx.Now})
}
