package enroll

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// RestoreMembers gives revoked members back what they were, as far as seats and
// policies allow. Who cannot be restored is left with a reason.
func (s *Service) RestoreMembers(ctx context.Context, user id.User, organization id.Org, members []id.Member) ([]org.Failure, error) {
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
		seats, err := seatsOf(ctx, tx, organization)
		if err != nil {
			return err
		}
		broken, err := againstRestoring(ctx, tx, organization, found)
		if err != nil {
			return err
		}
		free := seats.free()
		var ready []org.Member
		ready, out = sort(found, func(m org.Member) string {
			switch {
			case m.User == user:
				return "You cannot restore yourself."
			case !actor.MayHandle(m.Role):
				return msgAbove
			case org.HasMore(actor, m):
				return org.MsgHasMore
			case m.Status != org.Revoked:
				return "This person is not revoked."
			case broken[m.ID] != "":
				return broken[m.ID]
			case free == 0:
				return seats.full(actor, 1).Error()
			}
			free--
			return ""
		})
		return readmit(ctx, tx, actor, ready)
	})
	return out, err
}

// RestoreMember is RestoreMembers for one.
func (s *Service) RestoreMember(ctx context.Context, user id.User, organization id.Org, member id.Member) error {
	return first(s.RestoreMembers(ctx, user, organization, []id.Member{member}))
}

func readmit(ctx context.Context, tx *db.Tx, actor access.Org, members []org.Member) error {
	if len(members) == 0 {
		return nil
	}
	if err := org.Readmit(ctx, tx, actor.ID, memberIDs(members)); err != nil {
		return err
	}
	if err := event.Append(ctx, tx, mark(event.MemberRestored, actor, members)...); err != nil {
		return err
	}
	return touch(ctx, tx, members)
}
