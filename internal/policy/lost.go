package policy

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

// TwoStepLost suspends an account, which has no two-step login any more, in the
// organizations that ask for it. A constant number of statements for each of
// them.
func (s *Service) TwoStepLost(ctx context.Context, tx *db.Tx, user id.User) error {
	type place struct {
		person
		org  id.Org
		name string
		plan int
	}
	places, err := db.All(ctx, tx, func(r db.Row) (place, error) {
		p := place{person: person{User: user}}
		err := r.Scan(&p.org, &p.name, &p.plan, &p.Member, &p.Status, &p.Role, &p.Staff, &p.Email, &p.Culture)
		return p, err
	}, `SELECT o.id, o.name, o.plan_type, m.id, m.status, m.type, `+staff("$1")+`, u.email, u.culture
		FROM members m JOIN users u ON u.id = m.user_id
		JOIN organizations o ON o.id = m.org_id AND o.enabled
		JOIN policies p ON p.org_id = m.org_id AND p.type = $2 AND p.enabled
		WHERE m.user_id = $1 AND m.status IN (1, 2) ORDER BY o.id`, user, int(TwoStep))
	if err != nil {
		return err
	}
	for _, p := range places {
		if !planHasPolicies(p.plan) || !twoStep.bindsTo(p.standing) {
			continue
		}
		as := event.Event{System: event.SystemTwoStepDisabled}
		if err := s.suspend(ctx, tx, p.org, p.name, []person{p.person}, breaches[TwoStep], as); err != nil {
			return err
		}
	}
	return nil
}
