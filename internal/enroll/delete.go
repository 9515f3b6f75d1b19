package enroll

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// DeleteAccounts deletes accounts on behalf of an organization, and tells why some
// of them cannot go; see package offboard.
type DeleteAccounts func(ctx context.Context, tx *db.Tx, users []id.User, by id.Org) (refused map[id.User]string, err error)

// DeleteMembers deletes the whole accounts of members that the organization has
// claimed. Who cannot be deleted is left with a reason.
func (s *Service) DeleteMembers(ctx context.Context, user id.User, organization id.Org, members []id.Member) ([]org.Failure, error) {
	members, err := org.Bulk(members)
	if err != nil {
		return nil, err
	}
	var out []org.Failure
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, organization, access.ManageMembers)
		if err != nil {
			return err
		}
		found, err := org.MembersByID(ctx, tx, organization, members)
		if err != nil {
			return err
		}
		claimed, err := org.Claimed(ctx, tx, organization, accountsOf(found))
		if err != nil {
			return err
		}
		var ready []org.Member
		ready, out = sort(found, func(m org.Member) string {
			switch {
			case m.User == user:
				return "You cannot delete your own account here."
			case !actor.MayHandle(m.Role):
				return msgAbove
			case org.HasMore(actor, m):
				return org.MsgHasMore
			case m.Status == org.Invited || m.User == "":
				return "This person has no account in the organization yet. Remove the invitation instead."
			case !claimed[m.User]:
				return "This account does not belong to a domain of the organization. Remove the member instead."
			}
			return ""
		})
		refused, err := s.deleteAll(ctx, tx, actor, ready)
		for i, f := range out {
			if why := refused[f.Member]; why != "" {
				out[i].Reason = why
			}
		}
		return err
	})
	return out, err
}

// DeleteMember is DeleteMembers for one.
func (s *Service) DeleteMember(ctx context.Context, user id.User, organization id.Org, member id.Member) error {
	return first(s.DeleteMembers(ctx, user, organization, []id.Member{member}))
}

func (s *Service) deleteAll(ctx context.Context, tx *db.Tx, actor access.Org, members []org.Member) (map[id.Member]string, error) {
	if len(members) == 0 {
		return nil, nil
	}
	why, err := s.Delete(ctx, tx, accountsOf(members), actor.ID)
	if err != nil {
		return nil, err
	}
	refused := map[id.Member]string{}
	var gone []org.Member
	for _, m := range members {
		if why[m.User] == "" {
			gone = append(gone, m)
		} else {
			refused[m.ID] = why[m.User]
		}
	}
	return refused, event.Append(ctx, tx, mark(event.MemberAccountDeleted, actor, gone)...)
}

// accountsOf are the accounts of those members who have one.
func accountsOf(members []org.Member) []id.User {
	var out []id.User
	for _, m := range members {
		if m.User != "" {
			out = append(out, m.User)
		}
	}
	return out
}
