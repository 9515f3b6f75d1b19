package baseline

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/tenant"
)

// What one baseline may have, and one provider.
const (
	maxDescription = 1000
	maxBaselines   = 200
)

// Edit is what a baseline shall be.
type Edit struct {
	Name        string
	Description string
	MayDeviate  bool
	Settings    map[string]bool
	Policies    []Wish
	LastKnown   time.Time // revision date of what was edited; zero when not said
}

// Wish is what a policy shall be, as it comes from outside.
type Wish struct {
	Type    int
	Enabled bool
	Data    json.RawMessage
}

// Create makes a baseline, which stands behind those that are there already.
func (s *Service) Create(ctx context.Context, user id.User, provider id.Provider, in Edit) (Counted, error) {
	return s.edit(ctx, user, provider, event.BaselineCreated, func(tx *db.Tx, list []Baseline) (id.Baseline, error) {
		if len(list) >= maxBaselines {
			return "", fault.Newf(fault.Invalid, "A provider has at most %d baselines.", maxBaselines)
		}
		b := Baseline{ID: id.New[id.Baseline](), Rank: 1}
		if len(list) > 0 {
			b.Rank = list[len(list)-1].Rank + 1
		}
		if err := in.apply(&b, list); err != nil {
			return "", err
		}
		return b.ID, insert(ctx, tx, provider, b)
	})
}

// Update changes a baseline. Clients stay as they are until it is applied.
func (s *Service) Update(ctx context.Context, user id.User, provider id.Provider, which id.Baseline, in Edit) (Counted, error) {
	return s.edit(ctx, user, provider, event.BaselineUpdated, func(tx *db.Tx, list []Baseline) (id.Baseline, error) {
		b, known := byID(list)[which]
		if !known {
			return "", fault.Absent()
		}
		if err := tenant.UpToDate(in.LastKnown, b.RevisedAt); err != nil {
			return "", err
		}
		if err := in.apply(&b, list); err != nil {
			return "", err
		}
		return which, update(ctx, tx, provider, b)
	})
}

// Delete removes a baseline. What it brought to clients stays there.
func (s *Service) Delete(ctx context.Context, user id.User, provider id.Provider, which id.Baseline) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		if err := remove(ctx, tx, provider, which); err != nil {
			return err
		}
		return event.Append(ctx, tx, event.Event{Type: event.BaselineDeleted, Provider: provider})
	})
}

// SetOrder says in which order baselines go before each other, where several
// reach a client by its tags. ids has to name all of them.
func (s *Service) SetOrder(ctx context.Context, user id.User, provider id.Provider, ids []id.Baseline) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		list, err := baselinesOf(ctx, tx, provider)
		if err != nil {
			return err
		}
		missing := byID(list)
		for _, b := range ids {
			delete(missing, b)
		}
		if len(missing) > 0 || len(ids) != len(list) {
			return fault.Field("ids", "The order has to name each baseline once. Somebody may have added or removed one meanwhile: load them again.")
		}
		if err := setRanks(ctx, tx, provider, ids); err != nil {
			return err
		}
		return event.Append(ctx, tx, event.Event{Type: event.BaselineUpdated, Provider: provider})
	})
}

// edit runs an admin's change of one baseline and gives what became of it.
func (s *Service) edit(ctx context.Context, user id.User, provider id.Provider, kind event.Type, change func(tx *db.Tx, list []Baseline) (id.Baseline, error)) (Counted, error) {
	var out Counted
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		staff, err := access.ToProviderAsAdmin(ctx, tx, user, provider)
		if err != nil {
			return err
		}
		list, err := baselinesOf(ctx, tx, provider)
		if err != nil {
			return err
		}
		which, err := change(tx, list)
		if err != nil {
			return err
		}
		if err := event.Append(ctx, tx, event.Event{Type: kind, Provider: provider}); err != nil {
			return err
		}
		out, err = find(ctx, tx, staff, which)
		return err
	})
	return out, err
}

// apply checks an edit and makes the baseline what it says. others are those of
// the provider.
func (in Edit) apply(b *Baseline, others []Baseline) (err error) {
	if b.Name, err = tenant.Name("name", in.Name); err != nil {
		return err
	}
	for _, o := range others {
		if o.ID != b.ID && strings.EqualFold(o.Name, b.Name) {
			return fault.Field("name", "There is a baseline of this name already.")
		}
	}
	if b.Description, err = paragraph("description", in.Description, maxDescription); err != nil {
		return err
	}
	b.MayDeviate = in.MayDeviate
	if b.Settings, err = checkedSettings(in.Settings); err != nil {
		return err
	}
	b.Policies, err = checkedPolicies(in.Policies)
	return err
}

// paragraph reads a text of several lines, which may be empty.
func paragraph(field, s string, limit int) (string, error) {
	s = strings.TrimSpace(s)
	odd := func(r rune) bool { return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) }
	if utf8.RuneCountInString(s) > limit || !utf8.ValidString(s) || strings.ContainsFunc(s, odd) {
		return "", fault.Field(field, fmt.Sprintf("This text has at most %d characters, and no control characters.", limit))
	}
	return s, nil
}

func checkedSettings(in map[string]bool) (map[string]bool, error) {
	out := map[string]bool{}
	for _, s := range settings {
		if v, given := in[s.name]; given {
			out[s.name] = v
		}
	}
	for name := range in {
		if _, known := out[name]; !known {
			return nil, fault.Field(string(SettingSubject(name)), "There is no such setting.")
		}
	}
	return out, nil
}

// checkedPolicies refuses wishes that could never be fulfilled. The names of
// fields begin with the subject: "policy:1.minLength".
func checkedPolicies(in []Wish) ([]Policy, error) {
	out := make([]Policy, 0, len(in))
	wanted := map[policy.Type]policy.Policy{}
	for _, w := range in {
		t := policy.Type(w.Type)
		text, err := policy.Check(t, w.Enabled, w.Data)
		if err != nil {
			return nil, about(PolicySubject(t), err)
		}
		if _, twice := wanted[t]; twice {
			return nil, fault.Field(string(PolicySubject(t)), "A baseline names each policy once.")
		}
		wanted[t] = policy.Policy{Type: t, Enabled: w.Enabled, Data: text}
		out = append(out, Policy{Type: t, Enabled: w.Enabled, Data: text})
	}
	conflicts, err := policy.Conflicts(wanted)
	if err != nil || len(conflicts) == 0 {
		return out, err
	}
	refusal := &fault.Error{Kind: fault.Invalid, Fields: map[string][]string{}}
	for _, p := range out {
		if why, bad := conflicts[p.Type]; bad {
			refusal.Fields[string(PolicySubject(p.Type))] = []string{why}
			if refusal.Msg == "" {
				refusal.Msg = why
			}
		}
	}
	return nil, refusal
}
