package overview

import (
	"context"
	"fmt"
	"math"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Wish is one line of a list of people who shall be invited, as somebody wrote it.
type Wish struct {
	Client string // its name, or the id of the link or of the organization
	Email  string
	Role   access.Role
	Groups []string // their names
}

// Verdict is what inviting that line would do.
type Verdict struct {
	Wish
	Of       *Recipient // nil when there is no such client
	GroupIDs []id.Group
	Already  *org.MemberStatus // of whoever is in the client already, and is passed over
	Error    string            // why it would not go; empty when it would
}

// Recipient is a client into which people shall be invited.
type Recipient struct {
	ID     id.ProviderClient
	Org    id.Org
	Name   string
	Seats  int // 0: unlimited
	Taken  int // seats in use now
	Wanted int // lines that ask for a seat, whether there is one or not
}

// Free is how many more people the client has seats for.
func (r Recipient) Free() int {
	if r.Seats == 0 {
		return math.MaxInt
	}
	return max(0, r.Seats-r.Taken)
}

// maxRows bounds a list: seats are counted over all of it.
const maxRows = 5000

// Check tells of every line of a list what inviting it would do, and changes
// nothing. A client that the staff does not reach is one that does not exist.
// Five statements.
func (s *Service) Check(ctx context.Context, user id.User, provider id.Provider, list []Wish) ([]Verdict, []*Recipient, error) {
	if len(list) == 0 || len(list) > maxRows {
		return nil, nil, fault.Field("rows", fmt.Sprintf("A list has 1 to %d rows.", maxRows))
	}
	var out []Verdict
	var into []*Recipient
	err := s.reading(ctx, user, provider, func(tx *db.Tx, staff access.Staff) error {
		all, err := recipientsOf(ctx, tx, staff)
		if err != nil {
			return err
		}
		out, into = addressed(list, all)
		k, err := knownIn(ctx, tx, into, out)
		if err != nil {
			return err
		}
		for i := range out {
			out[i].judge(k)
		}
		return nil
	})
	return out, into, err
}

// addressed finds the client of each line, and gives those that are named, in the
// order of the list.
func addressed(list []Wish, all []*Recipient) (out []Verdict, into []*Recipient) {
	book := newBook(all)
	seen := map[*Recipient]bool{}
	for _, w := range list {
		v := Verdict{Wish: w}
		v.Of, v.Error = book.find(w.Client)
		if v.Of != nil && !seen[v.Of] {
			seen[v.Of] = true
			into = append(into, v.Of)
		}
		if email, err := tenant.Address("email", w.Email); err == nil {
			v.Email = email
		} else if v.Error == "" {
			v.Error = err.Error()
		}
		out = append(out, v)
	}
	return out, into
}

// judge completes the verdict on one line, after those above it.
func (v *Verdict) judge(k *known) {
	if v.Error != "" {
		return
	}
	if v.Error = v.badRole(); v.Error != "" {
		return
	}
	if v.GroupIDs, v.Error = k.groupsNamed(v.Of.Org, v.Groups); v.Error != "" {
		return
	}
	who := inOrg{v.Of.Org, v.Email}
	if status, there := k.members[who]; there {
		v.Already = &status
		return
	}
	if k.listed[who] {
		v.Error = "This person stands on the list for this client more than once."
		return
	}
	k.listed[who] = true
	if v.Of.Wanted++; v.Of.Wanted > v.Of.Free() {
		v.Error = fmt.Sprintf("%d of %d seats of this client are in use, and the rows above take the rest. Assign more seats to it first.", v.Of.Taken, v.Of.Seats)
	}
}

func (v *Verdict) badRole() string {
	switch v.Role {
	case access.Owner, access.Admin, access.User:
		return ""
	case access.Custom:
		return "A custom role has permissions of its own, which a list cannot name. Invite as a user, and change the role afterwards."
	default:
		return "A member is an owner, an admin or a user."
	}
}
