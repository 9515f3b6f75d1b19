package send

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
)

// allowed holds a Send that is to be stored to what the organizations of its owner allow.
func allowed(ctx context.Context, tx *db.Tx, s Send) error {
	r, err := policy.SendRules(ctx, tx, s.User)
	if err != nil {
		return err
	}
	switch {
	case r.Disabled:
		return fault.New(fault.Invalid, "Your organization does not allow Sends. You can delete those that you have.")
	case r.Types != nil && !slices.Contains(r.Types, int(s.Type)):
		return fault.Field("type", "Your organization does not allow Sends of this type.")
	case r.MustShowEmail && s.HideEmail:
		return fault.Field("hideEmail", "Your organization requires Sends to show your e-mail address.")
	case r.Access >= policy.WithPassword && s.Auth == ByLink:
		return fault.Field("authType", wants[r.Access])
	case r.Access == policy.SpecificPeople && s.Auth != ByEmail:
		return fault.Field("authType", wants[r.Access])
	case r.DeletionHours > 0 && s.DeletesAt.After(s.CreatedAt.Add(time.Duration(r.DeletionHours)*time.Hour+drift)):
		return fault.Field("deletionDate", fmt.Sprintf("Your organization requires Sends to be deleted at most %d hours after they were made.", r.DeletionHours))
	}
	return allowedDomains(r.Domains, s.Emails)
}

var wants = map[policy.SendAccess]string{
	policy.WithPassword:   "Your organization requires Sends to have a password, or to be for specific e-mail addresses.",
	policy.SpecificPeople: "Your organization requires Sends to be for specific e-mail addresses.",
}

func allowedDomains(domains, emails []string) error {
	if domains == nil {
		return nil
	}
	for _, email := range emails {
		if _, domain, _ := strings.Cut(email, "@"); !slices.Contains(domains, domain) {
			return fault.Field("emails", "Your organization allows Sends to these domains only: "+strings.Join(domains, ", ")+".")
		}
	}
	return nil
}

// mayBeFile refuses files of accounts whose address nobody has proved, where that can be
// asked for.
func (s *Service) mayBeFile(ctx context.Context, tx *db.Tx, user id.User) error {
	if s.Mail == nil {
		return nil
	}
	a, err := account.ByID(ctx, tx, user)
	if err == nil && !a.EmailVerified {
		err = fault.New(fault.Invalid, "Please confirm your e-mail address first: files can be sent after that.")
	}
	return err
}
