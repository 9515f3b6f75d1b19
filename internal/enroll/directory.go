package enroll

import (
	"context"
	"fmt"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// Import is what a directory says about the people of an organization.
type Import struct {
	Groups  []ImportGroup
	Members []ImportMember
	// Overwrite removes the members that came from a directory and are in it no more.
	Overwrite bool
	// Large lifts the limit that keeps a slip in the connector's settings from
	// inviting a whole town.
	Large bool
	// Stage takes new people in without inviting them, until somebody does.
	Stage bool
}

// ImportGroup is a group of a directory, with all of its members.
type ImportGroup struct {
	Name       string
	ExternalID string
	Members    []string // external ids
}

// ImportMember is a person of a directory.
type ImportMember struct {
	Email      string // people without one are passed over, unless Deleted
	ExternalID string
	Deleted    bool
}

const mostImported = 2000

// check reads the import into its canonical form.
func (in *Import) check() error {
	var people []ImportMember
	living := 0
	seen := map[string]bool{}
	for _, m := range in.Members {
		var err error
		if m.ExternalID, err = externalID("members", m.ExternalID); err != nil {
			return err
		}
		if seen[m.ExternalID] || (!m.Deleted && m.Email == "") {
			continue // some directories name a person twice
		}
		seen[m.ExternalID] = true
		if !m.Deleted {
			living++
			if m.Email, err = account.Email(m.Email); err != nil {
				return fault.Field("members.email", fmt.Sprintf("The address of %.100q is not valid.", m.ExternalID))
			}
		}
		people = append(people, m)
	}
	in.Members = people
	groups := map[string]bool{}
	for i := range in.Groups {
		g := &in.Groups[i]
		var err error
		if g.ExternalID, err = externalID("groups", g.ExternalID); err != nil {
			return err
		}
		if groups[g.ExternalID] {
			return fault.Field("groups.externalId", "Two groups have the same external id.")
		}
		groups[g.ExternalID] = true
		if g.Name, err = org.GroupName("groups.name", g.Name); err != nil {
			return err
		}
	}
	if !in.Large && (living > mostImported || len(in.Groups) > mostImported) {
		return fault.Newf(fault.Invalid, "At most %d people and %d groups can be imported, unless the connector is set to large imports.", mostImported, mostImported)
	}
	return nil
}

func externalID(list, s string) (string, error) {
	s, err := org.ExternalID(list+".externalId", s)
	if err == nil && s == "" {
		err = fault.Field(list+".externalId", "An external id is missing.")
	}
	return s, err
}

// ImportDirectory makes members and groups what a directory says, all of it or
// nothing. The same import again changes nothing and writes to nobody. Owners
// are never removed: a directory must not be able to lock an organization.
func (s *Service) ImportDirectory(ctx context.Context, user id.User, organization id.Org, in Import) error {
	if err := in.check(); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, organization, access.ManageMembers)
		if err != nil {
			return err
		}
		if !actor.Can(access.ManageGroups) {
			return fault.Absent()
		}
		known, err := org.DirectoryOf(ctx, tx, organization)
		if err != nil {
			return err
		}
		plan := planPeople(in, known.Members)
		if err := s.importPeople(ctx, tx, user, actor, plan); err != nil {
			return err
		}
		return importGroups(ctx, tx, actor, in.Groups, known.Groups, plan)
	})
}

// people is what an import does to the members.
type people struct {
	gone       []org.Member
	linked     map[id.Member]string // those who get another external id, the new ones too
	fresh      []org.Member
	byExternal map[string]org.Member // everybody whom the directory knows, after the import
}

// planPeople compares the import with the members that there are. Whom no
// external id finds, the address does: a person whose id in the directory has
// changed stays the same person.
func planPeople(in Import, members []org.DirectoryMember) people {
	p := people{linked: map[id.Member]string{}, byExternal: map[string]org.Member{}}
	wanted, deleted := map[string]bool{}, map[string]bool{}
	addressed := map[string]string{}
	for _, m := range in.Members {
		if m.Deleted {
			deleted[m.ExternalID] = true
			continue
		}
		wanted[m.ExternalID] = true
		if _, twice := addressed[m.Email]; !twice {
			addressed[m.Email] = m.ExternalID
		}
	}
	for _, m := range members {
		if wanted[m.ExternalID] {
			p.byExternal[m.ExternalID] = m.Member
		}
	}
	present := map[string]bool{}
	for _, m := range members {
		again, named := addressed[m.Email]
		_, taken := p.byExternal[again]
		switch {
		case m.ExternalID != "" && wanted[m.ExternalID]:
		case named && !taken && !deleted[m.ExternalID]:
			p.linked[m.ID], p.byExternal[again] = again, m.Member
		case m.ExternalID != "" && m.Role != access.Owner && (deleted[m.ExternalID] || in.Overwrite):
			p.gone = append(p.gone, m.Member)
			continue
		case m.ExternalID != "": // a large directory comes in parts, its groups last
			p.byExternal[m.ExternalID] = m.Member
		}
		present[m.Email] = true
	}
	for _, m := range in.Members {
		if _, there := p.byExternal[m.ExternalID]; m.Deleted || there || present[m.Email] {
			continue
		}
		present[m.Email] = true
		fresh := org.Member{ID: id.New[id.Member](), Email: m.Email, Status: org.Invited, Role: access.User}
		if in.Stage {
			fresh.Status = org.Staged
		}
		p.fresh = append(p.fresh, fresh)
		p.linked[fresh.ID], p.byExternal[m.ExternalID] = m.ExternalID, fresh
	}
	return p
}

// importPeople removes first, so that seats become free for those who come.
func (s *Service) importPeople(ctx context.Context, tx *db.Tx, by id.User, actor access.Org, p people) error {
	if err := org.Dismiss(ctx, tx, actor, p.gone); err != nil {
		return err
	}
	for i := range p.fresh {
		p.fresh[i].Org = actor.ID
	}
	if err := s.takeIn(ctx, tx, by, actor, p.fresh); err != nil {
		return err
	}
	return org.SetExternalIDs(ctx, tx, actor.ID, p.linked)
}

// takeIn writes new members: invited, as far as there are seats, or staged, for
// which it takes none. All of them are one or the other.
func (s *Service) takeIn(ctx context.Context, tx *db.Tx, by id.User, actor access.Org, fresh []org.Member) error {
	if len(fresh) == 0 {
		return nil
	}
	if fresh[0].Status == org.Staged {
		if err := org.InsertMembers(ctx, tx, fresh...); err != nil {
			return err
		}
		return event.Append(ctx, tx, mark(event.MemberStaged, actor, fresh)...)
	}
	if err := checkSeats(ctx, tx, actor, len(fresh)); err != nil {
		return err
	}
	return s.invite(ctx, tx, by, actor.ActingProvider(), fresh)
}

// importGroups makes the groups and who is in them.
func importGroups(ctx context.Context, tx *db.Tx, actor access.Org, groups []ImportGroup, known []org.DirectoryGroup, p people) error {
	byExternal := map[string]org.DirectoryGroup{}
	for _, g := range known {
		byExternal[g.ExternalID] = g
	}
	var fresh []org.DirectoryGroup
	var events []event.Event
	names := map[id.Group]string{}
	var in, out []org.InGroup
	as := event.Event{Org: actor.ID, Provider: actor.ActingProvider()}
	for _, g := range groups {
		have, there := byExternal[g.ExternalID]
		switch {
		case !there:
			have = org.DirectoryGroup{ID: id.New[id.Group](), Name: g.Name, ExternalID: g.ExternalID}
			fresh = append(fresh, have)
			as.Type, as.Group = event.GroupCreated, have.ID
			events = append(events, as)
		case have.Name != g.Name:
			names[have.ID] = g.Name
			as.Type, as.Group = event.GroupUpdated, have.ID
			events = append(events, as)
		}
		more, less := membership(have, g.Members, p)
		in, out = append(in, more...), append(out, less...)
	}
	if err := org.InsertDirectoryGroups(ctx, tx, actor.ID, fresh); err != nil {
		return err
	}
	if err := org.RenameGroups(ctx, tx, actor.ID, names); err != nil {
		return err
	}
	return regroup(ctx, tx, actor, in, out, p, events)
}

// membership compares who shall be in a group with who is.
func membership(have org.DirectoryGroup, externalIDs []string, p people) (in, out []org.InGroup) {
	want := map[id.Member]bool{}
	for _, externalID := range externalIDs {
		m, known := p.byExternal[externalID]
		if !known || want[m.ID] {
			continue
		}
		want[m.ID] = true
		if !have.Members[m.ID] {
			in = append(in, org.InGroup{Group: have.ID, Member: m.ID})
		}
	}
	removed := map[id.Member]bool{}
	for _, m := range p.gone {
		removed[m.ID] = true
	}
	for member := range have.Members {
		if !want[member] && !removed[member] {
			out = append(out, org.InGroup{Group: have.ID, Member: member})
		}
	}
	return in, out
}

// regroup writes who is in which group, an event for each person that it is
// about, and tells those of them who have a vault to fetch.
func regroup(ctx context.Context, tx *db.Tx, actor access.Org, in, out []org.InGroup, p people, events []event.Event) error {
	if len(in)+len(out) > 0 {
		changed := map[id.Member]bool{}
		for _, pair := range append(append([]org.InGroup{}, in...), out...) {
			changed[pair.Member] = true
		}
		ids := make([]id.Member, 0, len(changed))
		for member := range changed {
			ids = append(ids, member)
		}
		if err := org.Regroup(ctx, tx, actor.ID, in, out); err != nil {
			return err
		}
		members, err := org.MembersByID(ctx, tx, actor.ID, ids)
		if err != nil {
			return err
		}
		var users []id.User
		for _, m := range members {
			events = append(events, event.Event{Type: event.MemberUpdatedGroups, Org: actor.ID, Provider: actor.ActingProvider(), Member: m.ID, User: m.User})
			if m.Status == org.Confirmed {
				users = append(users, m.User)
			}
		}
		if err := account.Touch(ctx, tx, users...); err != nil {
			return err
		}
	}
	return event.Append(ctx, tx, events...)
}
