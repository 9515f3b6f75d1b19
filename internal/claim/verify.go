package claim

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/tenant"
)

// lookTime is how long DNS may take.
const lookTime = 10 * time.Second

// Verify looks for the TXT record now. A domain whose record is not there is
// answered as it is: still waiting.
func (s *Service) Verify(ctx context.Context, user id.User, of id.Org, domain id.ClaimedDomain) (Domain, error) {
	d, err := s.Find(ctx, user, of, domain)
	if err != nil {
		return Domain{}, err
	}
	if d.Proved() {
		return Domain{}, fault.New(fault.Conflict, msgProved)
	}
	if err := s.Limits.Take(ctx, looks, string(of)); err != nil {
		return Domain{}, err
	}
	found, _ := s.look(ctx, d)
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, of, access.ManageDomains)
		if err != nil {
			return err
		}
		if err := planAllows(ctx, tx, of); err != nil {
			return err
		}
		if d, err = byID(ctx, tx, of, domain); err != nil {
			return err
		}
		if d.Proved() {
			return fault.New(fault.Conflict, msgProved)
		}
		return s.record(ctx, tx, &d, found, event.Event{Provider: actor.ActingProvider()})
	})
	return d, err
}

// look asks DNS, outside of any transaction. Without an answer a record is not
// found, but it is not known to be missing either.
func (s *Service) look(ctx context.Context, d Domain) (found, answered bool) {
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	// The dot at the end keeps the machine's search domains out.
	records, err := s.dns().LookupTXT(ctx, d.Name+".")
	unknown, ok := errors.AsType[*net.DNSError](err)
	answered = err == nil || (ok && unknown.IsNotFound)
	if !answered {
		slog.WarnContext(ctx, "DNS did not answer for a claimed domain", "domain", d.Name, "error", err)
	}
	return slices.ContainsFunc(records, func(r string) bool { return strings.TrimSpace(r) == d.TXT }), answered
}

// record writes what DNS has answered.
func (s *Service) record(ctx context.Context, tx *db.Tx, d *Domain, found bool, as event.Event) error {
	as.Org, as.Domain = d.Org, d.Name
	d.CheckedAt, d.Checks = tx.Now, d.Checks+1
	if !found {
		d.NextCheck = tx.Now.Add(between)
		if err := update(ctx, tx, *d); err != nil {
			return err
		}
		as.Type = event.DomainNotVerified
		return event.Append(ctx, tx, as)
	}
	if err := notOthers(ctx, tx, d.Org, d.Name); err != nil {
		return err
	}
	d.VerifiedAt, d.NextCheck = tx.Now, tx.Now.Add(between)
	if err := update(ctx, tx, *d); err != nil {
		return err
	}
	as.Type = event.DomainVerified
	if err := event.Append(ctx, tx, as); err != nil {
		return err
	}
	if s.Proved != nil {
		if err := s.Proved(ctx, tx, d.Org, event.Event{Provider: as.Provider, System: as.System}); err != nil {
			return err
		}
	}
	if err := s.tellClaimed(ctx, tx, *d); err != nil {
		return err
	}
	return tenant.TouchAll(ctx, tx, d.Org, push.Message{Type: push.OrganizationsChanged})
}
