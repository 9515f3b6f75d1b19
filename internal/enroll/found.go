package enroll

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/tenant"
)

// NewOrganization is what it takes to found an organization.
type NewOrganization struct {
	tenant.New
	Key        string // the organization's key under the founder's public key
	Collection string // name of the first collection, encrypted; may be empty
}

// Found makes an organization whose confirmed owner is the caller.
func (s *Service) Found(ctx context.Context, user id.User, in NewOrganization) (tenant.Organization, error) {
	if !s.SelfService {
		return tenant.Organization{}, fault.New(fault.Forbidden, "On this server organizations are created by a provider. Ask your provider for one.")
	}
	if !encstring.Encapsulated(in.Key) {
		return tenant.Organization{}, fault.Field("key", "The organization's key must be encrypted with your public key (type 4).")
	}
	var out tenant.Organization
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := policy.FoundingForbidden(ctx, tx, user); err != nil {
			return err
		}
		organization, err := tenant.Insert(ctx, tx, s.Tokens, in.New, tenant.Created)
		if err != nil {
			return err
		}
		if err := foundedBy(ctx, tx, user, organization, in); err != nil {
			return err
		}
		out, err = tenant.ByID(ctx, tx, organization)
		return err
	})
	return out, err
}

// foundedBy makes the founder the owner, with the first collection.
func foundedBy(ctx context.Context, tx *db.Tx, user id.User, organization id.Org, in NewOrganization) error {
	owner := org.Member{ID: id.New[id.Member](), Org: organization, User: user, Key: in.Key, Status: org.Confirmed, Role: access.Owner}
	if in.Collection != "" {
		collection, err := org.InsertCollection(ctx, tx, organization, in.Collection)
		if err != nil {
			return err
		}
		owner.Access = []org.Access{{Collection: collection, Manage: true}}
	}
	if err := org.InsertMembers(ctx, tx, owner); err != nil {
		return err
	}
	if err := event.Append(ctx, tx, event.Event{Type: event.MemberConfirmed, Org: organization, Member: owner.ID, User: user}); err != nil {
		return err
	}
	return account.TouchAs(ctx, tx, push.OrgKeysChanged, user)
}
