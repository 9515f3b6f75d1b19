package policy

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Save turns a policy on or off, or changes its data, with everything that comes
// of it.
func (s *Service) Save(ctx context.Context, user id.User, organization id.Org, t Type, in Change) (Policy, error) {
	var out Policy
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, organization, access.ManagePolicies)
		if err != nil {
			return err
		}
		d, err := decide(ctx, tx, actor, t, in)
		if err != nil {
			return err
		}
		out = d.saved
		return s.carryOut(ctx, tx, d, event.Event{Provider: actor.ActingProvider()})
	})
	return out, err
}

// TurnOn turns a policy on that follows from another act, without asking who may;
// as names the actor in the log. It changes nothing when it is on already.
func (s *Service) TurnOn(ctx context.Context, tx *db.Tx, organization id.Org, t Type, as event.Event) error {
	rows, err := rowsOf(ctx, tx, organization)
	if err != nil || rows[t].Enabled {
		return err
	}
	d, err := decide(ctx, tx, access.Org{ID: organization}, t, Change{Enabled: true, Data: []byte(rows[t].Data)})
	if err != nil {
		return err
	}
	return s.carryOut(ctx, tx, d, as)
}

// Preview is what saving would do.
type Preview struct {
	BlockedBy string // why nothing would be saved; empty when it would
	People    []Affected
}

// Affected is a member, and what happens to them.
type Affected struct {
	Member id.Member
	Name   string
	Email  string
	Effect Effect
}

// Preview tells what saving would do, and does nothing.
func (s *Service) Preview(ctx context.Context, user id.User, organization id.Org, t Type, in Change) (Preview, error) {
	var out Preview
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, organization, access.ManagePolicies)
		if err != nil {
			return err
		}
		d, err := decide(ctx, tx, actor, t, in)
		if fault.Is(err, fault.Invalid) {
			out = Preview{BlockedBy: err.Error()}
			return nil
		}
		out = previewOf(d)
		return err
	})
	return out, err
}

// carryOut does what was decided. as carries the provider or the system in whose
// name it happens.
func (s *Service) carryOut(ctx context.Context, tx *db.Tx, d decision, as event.Event) error {
	if err := save(ctx, tx, d.rows); err != nil {
		return err
	}
	events := make([]event.Event, len(d.rows))
	for i, p := range d.rows {
		events[i] = as
		events[i].Type, events[i].Org, events[i].Policy = event.PolicyUpdated, d.org, p.ID
	}
	if err := event.Append(ctx, tx, events...); err != nil {
		return err
	}
	if err := tenant.TouchAll(ctx, tx, d.org); err != nil {
		return err
	}
	var revoked, asked []person
	for _, a := range d.hit {
		switch a.Effect {
		case Revoked:
			revoked = append(revoked, a.person)
		case MustEnrol:
			asked = append(asked, a.person)
		case PersonalItems:
		}
	}
	if err := s.askToEnroll(ctx, tx, d.name, asked); err != nil {
		return err
	}
	if err := s.suspend(ctx, tx, d.org, d.name, revoked, breaches[d.saved.Type], as); err != nil {
		return err
	}
	return tellMembers(ctx, tx, d) // who was suspended has no policies any more
}

// tellMembers tells the members' apps what the policies are now.
func tellMembers(ctx context.Context, tx *db.Tx, d decision) error {
	users, err := db.All(ctx, tx, db.Value[id.User], `SELECT user_id FROM members WHERE org_id = $1 AND status = 2`, d.org)
	if err != nil {
		return err
	}
	for _, p := range d.rows {
		told := push.Policy{ID: p.ID, Type: int(p.Type), Enabled: p.Enabled}
		if p.HasData() {
			if err := json.Unmarshal([]byte(p.Data), &told.Data); err != nil {
				return fmt.Errorf("read a policy's data: %w", err)
			}
		}
		push.Tell(ctx, tx, push.Message{Type: push.PolicyChanged, Users: users, Org: d.org, Policy: &told})
	}
	return nil
}

// breach is how it shows that somebody was suspended because of a policy.
type breach struct {
	why    org.RevocationReason
	event  event.Type
	letter mail.PolicyBroken
}

var breaches = map[Type]breach{
	TwoStep:   {org.RevokedTwoStep, event.MemberRevokedTwoStep, mail.TwoStepPolicy},
	SingleOrg: {org.RevokedSingleOrg, event.MemberRevokedSingleOrg, mail.SingleOrgPolicy},
}

// suspend shuts people out of an organization and tells them.
func (s *Service) suspend(ctx context.Context, tx *db.Tx, organization id.Org, name string, people []person, b breach, as event.Event) error {
	if len(people) == 0 {
		return nil
	}
	members, users, events := make([]id.Member, len(people)), make([]id.User, len(people)), make([]event.Event, len(people))
	for i, p := range people {
		members[i], users[i], events[i] = p.Member, p.User, as
		events[i].Type, events[i].Org, events[i].Member, events[i].User = b.event, organization, p.Member, p.User
	}
	if err := org.Suspend(ctx, tx, organization, members, b.why); err != nil {
		return err
	}
	if err := event.Append(ctx, tx, events...); err != nil {
		return err
	}
	if err := account.TouchAs(ctx, tx, push.OrgKeysChanged, users...); err != nil {
		return err
	}
	return s.post(ctx, tx, people, mail.OrgRevoked{Organization: name, Policy: b.letter})
}

// askToEnroll tells members that the organization will be able to open their
// accounts once they agree: nobody is enrolled silently.
func (s *Service) askToEnroll(ctx context.Context, tx *db.Tx, name string, people []person) error {
	return s.post(ctx, tx, people, mail.OrgRecoveryOn{Organization: name})
}

// post queues one letter to several people, each in their language, when the
// server sends any.
func (s *Service) post(ctx context.Context, tx *db.Tx, people []person, l mail.Letter) error {
	if s.Outbox == nil || len(people) == 0 {
		return nil
	}
	letters := make([]mail.Message, len(people))
	for i, p := range people {
		var err error
		if letters[i], err = mail.Render(mail.LangOf(p.Culture), p.Email, l); err != nil {
			return err
		}
	}
	return s.Outbox.Queue(ctx, tx, letters...)
}
