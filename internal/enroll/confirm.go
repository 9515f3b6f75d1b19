package enroll

import (
	"cmp"
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/push"
)

// Key is a key for one person, encrypted with their public key: of an
// organization or provider, whose row R is.
type Key[R ~string] struct {
	Row R
	Key string
}

// PublicKey is the public key of somebody who waits to be confirmed.
type PublicKey[R ~string] struct {
	Row  R
	User id.User
	Key  string
}

func scanPublicKey[R ~string](r db.Row) (PublicKey[R], error) {
	var k PublicKey[R]
	err := r.Scan(&k.Row, &k.User, &k.Key)
	return k, err
}

// MemberPublicKeys gives the public keys of those among the members who have
// accepted and wait for confirmation.
func (s *Service) MemberPublicKeys(ctx context.Context, user id.User, organization id.Org, members []id.Member) ([]PublicKey[id.Member], error) {
	var out []PublicKey[id.Member]
	members, err := org.Bulk(members)
	if err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.Require(ctx, tx, user, organization, access.ManageMembers); err != nil {
			return err
		}
		if _, err := org.MembersByID(ctx, tx, organization, members); err != nil {
			return err
		}
		var err error
		out, err = db.All(ctx, tx, scanPublicKey[id.Member], `SELECT m.id, m.user_id, u.public_key FROM members m
			JOIN users u ON u.id = m.user_id AND u.public_key IS NOT NULL
			WHERE m.org_id = $1 AND m.status = 1 AND `+db.Among(tx, "m.id", 2)+` ORDER BY m.id`, organization, db.List(members))
		return err
	})
	return out, err
}

// unique checks keys and gives them by row; of two for one row the first counts.
func unique[R ~string](keys []Key[R]) (map[R]string, []R, error) {
	rows := make([]R, len(keys))
	byRow := map[R]string{}
	for i, k := range keys {
		if !encstring.Encapsulated(k.Key) {
			return nil, nil, fault.Field("key", "The key must be encrypted with the person's public key (type 4).")
		}
		rows[i] = k.Row
		if _, twice := byRow[k.Row]; !twice {
			byRow[k.Row] = k.Key
		}
	}
	rows, err := org.Bulk(rows)
	return byRow, rows, err
}

// ConfirmMembers gives accepted members the organization's key, and with it
// their rights. Who cannot be confirmed is left with a reason; nobody confirms
// themselves.
func (s *Service) ConfirmMembers(ctx context.Context, user id.User, organization id.Org, keys []Key[id.Member]) ([]org.Failure, error) {
	byRow, rows, err := unique(keys)
	if err != nil {
		return nil, err
	}
	var out []org.Failure
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, organization, access.ManageMembers)
		if err != nil {
			return err
		}
		found, err := org.MembersByID(ctx, tx, organization, rows)
		if err != nil {
			return err
		}
		var ready []org.Member
		broken, err := against(ctx, tx, organization, found)
		if err != nil {
			return err
		}
		ready, out = sort(found, func(m org.Member) string {
			reason := unconfirmable(m.Status)
			if reason == "" && m.User == user {
				reason = "Somebody else has to confirm you."
			}
			if reason == "" && !actor.MayHandle(m.Role) {
				reason = "Only an owner may confirm an owner."
			}
			return cmp.Or(reason, broken[m.ID])
		})
		for i, m := range ready {
			ready[i].Key = byRow[m.ID]
		}
		return s.confirm(ctx, tx, organization, actor.ActingProvider(), ready)
	})
	return out, err
}

// ConfirmMember is ConfirmMembers for one.
func (s *Service) ConfirmMember(ctx context.Context, user id.User, organization id.Org, key Key[id.Member]) error {
	return first(s.ConfirmMembers(ctx, user, organization, []Key[id.Member]{key}))
}

func unconfirmable(status org.MemberStatus) string {
	switch status {
	case org.Accepted:
		return ""
	case org.Confirmed:
		return "This person is confirmed already."
	case org.Invited, org.Staged:
		return "This person has not accepted the invitation yet."
	case org.Revoked:
	}
	return "This person cannot be confirmed."
}

func (s *Service) confirm(ctx context.Context, tx *db.Tx, organization id.Org, through id.Provider, ready []org.Member) error {
	if len(ready) == 0 {
		return nil
	}
	keys := map[id.Member]string{}
	events := make([]event.Event, len(ready))
	users := make([]id.User, len(ready))
	for i, m := range ready {
		keys[m.ID], users[i] = m.Key, m.User
		events[i] = event.Event{Type: event.MemberConfirmed, Org: organization, Provider: through, Member: m.ID, User: m.User}
	}
	if err := org.Confirm(ctx, tx, organization, keys); err != nil {
		return err
	}
	if err := event.Append(ctx, tx, events...); err != nil {
		return err
	}
	if err := account.TouchAs(ctx, tx, push.OrgKeysChanged, users...); err != nil || s.Outbox == nil {
		return err
	}
	name, err := orgName(ctx, tx, organization)
	if err != nil {
		return err
	}
	addresses := addressesOf(ready)
	known, err := cultures(ctx, tx, addresses)
	if err != nil {
		return err
	}
	letters := make([]mail.Message, len(addresses))
	for i, email := range addresses {
		if letters[i], err = mail.Render(mail.LangOf(known[email]), email, mail.OrgConfirmed{Organization: name, Link: s.link("vault")}); err != nil {
			return err
		}
	}
	return s.Outbox.Queue(ctx, tx, letters...)
}
