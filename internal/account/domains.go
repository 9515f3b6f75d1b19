package account

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

// EquivalentDomains are the domains that an account treats as one when it looks
// for a log-in: its own groups, and the known ones that it has not excluded.
type EquivalentDomains struct {
	Own    [][]string
	Global []GlobalDomains
}

// GlobalDomains is a group of domains that every account starts with.
type GlobalDomains struct {
	Type     int
	Domains  []string
	Excluded bool
}

// DomainsOf reads the equivalent domains of an account.
func DomainsOf(ctx context.Context, tx *db.Tx, user id.User) (EquivalentDomains, error) {
	var own, excluded string
	_, err := db.One(ctx, tx, func(r db.Row) (struct{}, error) {
		return struct{}{}, r.Scan(&own, &excluded)
	}, `SELECT equivalent_domains, excluded_domains FROM users WHERE id = $1`, user)
	if err != nil {
		return EquivalentDomains{}, err
	}
	var out EquivalentDomains
	var types []int
	if err := json.Unmarshal([]byte(own), &out.Own); err != nil {
		return out, fmt.Errorf("read equivalent domains: %w", err)
	}
	if err := json.Unmarshal([]byte(excluded), &types); err != nil {
		return out, fmt.Errorf("read excluded domains: %w", err)
	}
	out.Global = make([]GlobalDomains, len(global))
	for i, g := range global {
		out.Global[i] = GlobalDomains{Type: g.Type, Domains: g.Domains, Excluded: slices.Contains(types, g.Type)}
	}
	return out, nil
}

// EquivalentDomains reads them in a transaction of its own.
func (s *Service) EquivalentDomains(ctx context.Context, user id.User) (d EquivalentDomains, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		d, err = DomainsOf(ctx, tx, user)
		return err
	})
	return d, err
}

const (
	maxGroups  = 500
	maxDomains = 100
)

// SetEquivalentDomains replaces the account's own groups and the list of excluded ones.
// Types that are not known are dropped: they exclude nothing.
func (s *Service) SetEquivalentDomains(ctx context.Context, user id.User, own [][]string, excluded []int) (d EquivalentDomains, err error) {
	groups, err := cleanGroups(own)
	if err != nil {
		return d, err
	}
	types := []int{}
	for _, g := range global {
		if slices.Contains(excluded, g.Type) {
			types = append(types, g.Type)
		}
	}
	ownText, err := json.Marshal(groups)
	if err != nil {
		return d, err
	}
	typesText, err := json.Marshal(types)
	if err != nil {
		return d, err
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		err := tx.ExecOne(ctx, `UPDATE users SET equivalent_domains = $2, excluded_domains = $3 WHERE id = $1`, user, string(ownText), string(typesText))
		if err != nil {
			return err
		}
		if err := TouchAs(ctx, tx, push.SettingsChanged, user); err != nil {
			return err
		}
		d, err = DomainsOf(ctx, tx, user)
		return err
	})
	return d, err
}

// Unlike host names elsewhere, these may be wildcards of an app ("androidapp://…").
var domainForm = regexp.MustCompile(`^[\p{L}\p{N}._:/-]{1,255}$`)

func cleanGroups(groups [][]string) ([][]string, error) {
	if len(groups) > maxGroups {
		return nil, fault.Field("equivalentDomains", "There may be at most 500 groups of domains.")
	}
	out := [][]string{}
	for _, group := range groups {
		if len(group) > maxDomains {
			return nil, fault.Field("equivalentDomains", "A group may have at most 100 domains.")
		}
		clean := []string{}
		for _, domain := range group {
			domain = strings.ToLower(strings.TrimSpace(domain))
			if domain == "" {
				continue
			}
			if !domainForm.MatchString(domain) {
				return nil, fault.Field("equivalentDomains", "A domain in the list is not valid.")
			}
			clean = append(clean, domain)
		}
		if len(clean) > 0 {
			out = append(out, clean)
		}
	}
	return out, nil
}
