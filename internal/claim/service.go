package claim

import (
	"context"
	"crypto/rand"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Domain is a domain that an organization claims.
type Domain struct {
	ID         id.ClaimedDomain
	Org        id.Org
	Name       string
	TXT        string // what its TXT record must hold
	CreatedAt  time.Time
	VerifiedAt time.Time // zero until it is proved
	CheckedAt  time.Time // zero until it was looked for
	NextCheck  time.Time
	Checks     int
	// FirstMissing is since when the record of a proved domain is not there; zero
	// while it is.
	FirstMissing time.Time
}

// Proved tells whether the organization has shown that the domain is its own.
func (d Domain) Proved() bool { return !d.VerifiedAt.IsZero() }

// Resolver looks for TXT records; net.Resolver is one.
type Resolver interface {
	LookupTXT(ctx context.Context, name string) ([]string, error)
}

// Service keeps claimed domains.
type Service struct {
	DB        *db.DB
	DNS       Resolver // nil for the machine's own
	Limits    *ratelimit.Limiter
	Outbox    *mail.Outbox // nil on a server without mail
	PublicURL string       // in front of every link
	// Proved is told, in the same transaction, that an organization has proved a
	// domain, and how to log what follows; nil when nobody wants to know.
	Proved func(ctx context.Context, tx *db.Tx, org id.Org, as event.Event) error
}

// The rhythm: asked every twelve hours. While it waits, reminded of after three
// days and given up after seven; once proved, ended after seven days without the
// record.
const (
	between  = 12 * time.Hour
	reminder = 72 * time.Hour
	patience = 7 * 24 * time.Hour
)

// maxDomains bounds how many domains one organization can make the server ask for.
const maxDomains = 100

// looks bounds how often one organization makes the server ask DNS by hand.
var looks = ratelimit.Limit{Name: "domain checks of organization", Burst: 20, Every: time.Minute}

const (
	msgOthers = "The domain is not available to be claimed."
	msgTwice  = "The organization has claimed this domain already."
	msgProved = "The domain has been verified already."
	msgPlan   = "Claimed domains are part of the Enterprise plan."
)

// List gives the domains of an organization to those who manage them, and to
// those whose policies speak of them.
func (s *Service) List(ctx context.Context, user id.User, of id.Org) ([]Domain, error) {
	var out []Domain
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		o, err := access.ToOrg(ctx, tx, user, of)
		if err != nil {
			return err
		}
		if !o.Can(access.ManageDomains) && !o.Can(access.ManagePolicies) {
			return fault.Absent()
		}
		out, err = listOf(ctx, tx, of)
		return err
	})
	return out, err
}

// Find gives one domain.
func (s *Service) Find(ctx context.Context, user id.User, of id.Org, domain id.ClaimedDomain) (Domain, error) {
	var out Domain
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.Require(ctx, tx, user, of, access.ManageDomains); err != nil {
			return err
		}
		var err error
		out, err = byID(ctx, tx, of, domain)
		return err
	})
	return out, err
}

// Add begins to claim a domain: the answer holds what its TXT record must hold.
func (s *Service) Add(ctx context.Context, user id.User, of id.Org, raw string) (Domain, error) {
	var out Domain
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, of, access.ManageDomains)
		if err != nil {
			return err
		}
		if err := planAllows(ctx, tx, of); err != nil {
			return err
		}
		name, err := Name(raw)
		if err != nil {
			return err
		}
		if err := mayAdd(ctx, tx, of, name); err != nil {
			return err
		}
		out = Domain{ID: id.New[id.ClaimedDomain](), Org: of, Name: name, TXT: newTXT(), CreatedAt: tx.Now, NextCheck: tx.Now.Add(between)}
		if err := insert(ctx, tx, out); err != nil {
			return err
		}
		return event.Append(ctx, tx, event.Event{Type: event.DomainAdded, Org: of, Provider: actor.ActingProvider(), Domain: name})
	})
	return out, err
}

func planAllows(ctx context.Context, tx *db.Tx, of id.Org) error {
	number, err := db.One(ctx, tx, db.Value[int], `SELECT plan_type FROM organizations WHERE id = $1`, of)
	if err != nil {
		return err
	}
	if plan, _ := tenant.PlanOf(number); !plan.Enterprise() {
		return fault.New(fault.Forbidden, msgPlan)
	}
	return nil
}

func mayAdd(ctx context.Context, tx *db.Tx, of id.Org, name string) error {
	list, err := listOf(ctx, tx, of)
	if err != nil {
		return err
	}
	switch {
	case slices.ContainsFunc(list, func(d Domain) bool { return d.Name == name }):
		return fault.New(fault.Conflict, msgTwice)
	case len(list) >= maxDomains:
		return fault.Newf(fault.Invalid, "An organization can claim %d domains.", maxDomains)
	}
	return notOthers(ctx, tx, of, name)
}

// notOthers refuses a domain that another organization has proved.
func notOthers(ctx context.Context, tx *db.Tx, of id.Org, name string) error {
	n, err := db.One(ctx, tx, db.Value[int], `SELECT COUNT(*) FROM claimed_domains WHERE name = $1 AND verified_at IS NOT NULL AND org_id <> $2`, name, of)
	if err == nil && n > 0 {
		return fault.New(fault.Conflict, msgOthers)
	}
	return err
}

// newTXT is what nobody can guess: "bw=" is what the clients' help tells to look for.
func newTXT() string { return "bw=" + strings.ToLower(rand.Text() + rand.Text())[:44] }

// Remove gives a domain up. Its members' accounts are their own again.
func (s *Service) Remove(ctx context.Context, user id.User, of id.Org, domain id.ClaimedDomain) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, of, access.ManageDomains)
		if err != nil {
			return err
		}
		d, err := byID(ctx, tx, of, domain)
		if err != nil {
			return err
		}
		return remove(ctx, tx, d, event.Event{Provider: actor.ActingProvider()})
	})
}

func remove(ctx context.Context, tx *db.Tx, d Domain, as event.Event) error {
	if err := drop(ctx, tx, d); err != nil {
		return err
	}
	as.Type, as.Org, as.Domain = event.DomainRemoved, d.Org, d.Name
	if err := event.Append(ctx, tx, as); err != nil || !d.Proved() {
		return err
	}
	return tenant.TouchAll(ctx, tx, d.Org, push.Message{Type: push.OrganizationsChanged})
}

// dns is the resolver to ask.
func (s *Service) dns() Resolver {
	if s.DNS != nil {
		return s.DNS
	}
	return net.DefaultResolver
}
