package enroll

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/policy"
)

// against tells which of the members the organization's policies, and those of
// their other organizations, keep out, and why. Who has no account yet is asked
// when they accept.
func against(ctx context.Context, tx *db.Tx, organization id.Org, members []org.Member) (map[id.Member]string, error) {
	var people []policy.Joining
	for _, m := range members {
		if m.User != "" {
			people = append(people, policy.Joining{User: m.User, Role: m.Role})
		}
	}
	if len(people) == 0 {
		return nil, nil
	}
	reasons, err := policy.CheckJoins(ctx, tx, organization, people)
	out := map[id.Member]string{}
	for _, m := range members {
		if m.User != "" && reasons[m.User] != "" {
			out[m.ID] = reasons[m.User]
		}
	}
	return out, err
}

// againstRestoring is against for those of the revoked who had accepted: who was
// invited is asked when they accept.
func againstRestoring(ctx context.Context, tx *db.Tx, organization id.Org, members []org.Member) (map[id.Member]string, error) {
	prior, err := org.PriorStatuses(ctx, tx, organization, memberIDs(members))
	if err != nil {
		return nil, err
	}
	var joined []org.Member
	for _, m := range members {
		if prior[m.ID] == org.Accepted || prior[m.ID] == org.Confirmed {
			joined = append(joined, m)
		}
	}
	return against(ctx, tx, organization, joined)
}

// enrolAlong leaves the user key of whoever accepts with the organization, where
// it offers account recovery. Where it enrols everybody, nobody comes in without.
func enrolAlong(ctx context.Context, tx *db.Tx, user id.User, m org.Member, key string) error {
	p, err := policy.RecoveryOf(ctx, tx, m.Org)
	switch {
	case err != nil:
		return err
	case !p.Enabled || (key == "" && !p.AutoEnroll):
		return nil
	case key == "":
		return fault.Field("resetPasswordKey", "This organization enrols everybody in account recovery, and your app did not say that you agree. Accept the invitation in the web app.")
	case !encstring.Encapsulated(key):
		return fault.Field("resetPasswordKey", "The key must be encrypted with the organization's public key (type 4).")
	}
	if err := org.SetRecoveryKey(ctx, tx, m.Org, m.ID, key); err != nil {
		return err
	}
	if err := account.Touch(ctx, tx, user); err != nil {
		return err
	}
	return event.Append(ctx, tx, event.Event{Type: event.MemberEnrolledRecovery, Org: m.Org, Member: m.ID, User: user})
}
