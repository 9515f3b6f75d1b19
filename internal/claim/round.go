package claim

import (
	"context"
	"errors"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/tenant"
)

// atOnce is how many domains one round takes at a time.
const atOnce = 100

// Round looks for the records of all domains that are due. Each node may run it:
// a domain is due for one of them only.
func (s *Service) Round(ctx context.Context) error {
	var failures []error
	for {
		due, err := s.take(ctx)
		if err != nil || len(due) == 0 {
			return errors.Join(append(failures, err)...)
		}
		for _, d := range due {
			if err := s.settle(ctx, d); err != nil {
				failures = append(failures, err)
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// take reserves domains that are due, so that nobody else looks for them too.
func (s *Service) take(ctx context.Context) ([]Domain, error) {
	var due []Domain
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		if due, err = listDue(ctx, tx); err != nil || len(due) == 0 {
			return err
		}
		return postpone(ctx, tx, due)
	})
	return due, err
}

// settle looks for one record and does what follows.
func (s *Service) settle(ctx context.Context, d Domain) error {
	found, answered := s.look(ctx, d)
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		now, err := byID(ctx, tx, d.Org, d.ID)
		if err != nil || now.Proved() != d.Proved() {
			return err
		}
		if now.Proved() {
			return s.again(ctx, tx, now, found, answered)
		}
		plan := planAllows(ctx, tx, d.Org)
		if plan != nil && !fault.Is(plan, fault.Forbidden) {
			return plan
		}
		as, before := event.Event{System: event.SystemDomainVerification}, now.CheckedAt
		proved := found && plan == nil // the plan may have become a smaller one
		err = s.record(ctx, tx, &now, proved, as)
		if fault.Is(err, fault.Conflict) {
			return remove(ctx, tx, now, as) // another organization was first
		}
		if err != nil || proved {
			return err
		}
		switch age := tx.Now.Sub(now.CreatedAt); {
		case age >= patience:
			return remove(ctx, tx, now, as)
		case age >= reminder && before.Sub(now.CreatedAt) < reminder:
			return s.remind(ctx, tx, now)
		}
		return nil
	})
	if fault.Is(err, fault.NotFound) {
		return nil // somebody gave it up meanwhile
	}
	return err
}

// again records what DNS said about a domain that was proved before. Domains
// change hands: whoever has not shown the record for a week in a row has it no
// more, and with it the accounts of its addresses. While DNS does not answer,
// nothing is decided.
func (s *Service) again(ctx context.Context, tx *db.Tx, d Domain, found, answered bool) error {
	if !answered {
		return nil
	}
	d.CheckedAt, d.NextCheck, d.Checks = tx.Now, tx.Now.Add(between), d.Checks+1
	switch {
	case found:
		d.FirstMissing = time.Time{}
	case d.FirstMissing.IsZero():
		d.FirstMissing = tx.Now
	case tx.Now.Sub(d.FirstMissing) >= patience:
		return s.end(ctx, tx, d)
	}
	return update(ctx, tx, d)
}

// end takes the proof away. The domain waits again, and goes with the next round
// unless its record is back by then.
func (s *Service) end(ctx context.Context, tx *db.Tx, d Domain) error {
	d.VerifiedAt, d.FirstMissing = time.Time{}, time.Time{}
	if err := update(ctx, tx, d); err != nil {
		return err
	}
	as := event.Event{Type: event.DomainNotVerified, System: event.SystemDomainVerification, Org: d.Org, Domain: d.Name}
	if err := event.Append(ctx, tx, as); err != nil {
		return err
	}
	if err := s.tellEnded(ctx, tx, d); err != nil {
		return err
	}
	return tenant.TouchAll(ctx, tx, d.Org, push.Message{Type: push.OrganizationsChanged})
}
