package access_test

import (
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// TestAnOrganizationsKeyReachesThatOrganizationAlone tries the key on its own and
// on other organizations, and its name without the key.
func TestAnOrganizationsKeyReachesThatOrganizationAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		org, foreign := dbtest.Org(t, d, nil), dbtest.Org(t, d, nil)
		disabled := dbtest.Org(t, d, dbtest.Columns{"enabled": false})
		account := dbtest.Account(t, d, "somebody@example.com")
		dbtest.Member(t, d, org, "", 0, 0) // an invited owner has no account
		for _, v := range []struct {
			name  string
			actor reqctx.Actor
			user  id.User
			org   id.Org
			want  bool
		}{
			{"its own", reqctx.Actor{Org: org}, access.OwnKey, org, true},
			{"another", reqctx.Actor{Org: org}, access.OwnKey, foreign, false},
			{"a disabled one", reqctx.Actor{Org: disabled}, access.OwnKey, disabled, false},
			{"the name without the key", reqctx.Actor{User: account}, access.OwnKey, org, false},
			{"the name without anything", reqctx.Actor{}, access.OwnKey, org, false},
			{"the key under an account's name", reqctx.Actor{Org: org}, account, org, false},
			{"the key under no name", reqctx.Actor{Org: org}, "", org, false},
		} {
			ctx := reqctx.WithActor(t.Context(), v.actor)
			err := d.View(ctx, func(tx *db.Tx) error {
				o, err := access.Require(ctx, tx, v.user, v.org, access.ManageMembers)
				if err == nil && (!o.MayHandle(access.Owner) || o.ActingProvider() != "" || !o.CanEdit(access.Collection{})) {
					t.Errorf("%s: the key may less than an owner", v.name)
				}
				for _, act := range []access.Act{access.ReadAllItems, access.WriteAllItems, access.ImportItems, access.ExportItems, access.PurgeItems} {
					if o.Can(act) {
						t.Errorf("%s: the key may do %d, which is about items", v.name, act)
					}
				}
				return err
			})
			if (err == nil) != v.want {
				t.Errorf("%s: %v, want a right: %v", v.name, err, v.want)
			}
		}
	})
}
