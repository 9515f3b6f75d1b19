package tenant_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/tenant"
)

func TestSettingsAreForOwnersAndStaff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		p := populate(t, d, dbtest.Columns{"status": 2, "private_key": nil, "public_key": nil})
		for name, user := range p.Account {
			_, err := s.Find(as(t, user), user, p.Org)
			_, changing := s.Update(as(t, user), user, p.Org, tenant.Change{Name: "Renamed by " + name})
			if name == "owner" || name == "staff" {
				fine(t, name, err)
				fine(t, name, changing)
				continue
			}
			absent(t, name, err)
			absent(t, name, changing)
		}
		owner, staff := p.Account["owner"], p.Account["staff"]
		p.Heard(t, d)
		_, err := s.Update(as(t, owner), owner, p.Org, tenant.Change{BillingEmail: "elsewhere@example.com"})
		refused(t, "an owner of a managed client moves the bills", err, "your provider")
		_, err = s.Update(as(t, owner), owner, p.Org, tenant.Change{Name: "New", BillingEmail: "billing@example.com"})
		fine(t, "an owner sends the address unchanged", err)
		if diff := cmp.Diff([]string{"admin", "manager", "owner", "staff", "user"}, p.Heard(t, d)); diff != "" {
			t.Errorf("who heard of the name (-want +got):\n%s", diff)
		}
		o, err := s.Update(as(t, staff), staff, p.Org, tenant.Change{BillingEmail: "elsewhere@example.com"})
		if err != nil || o.BillingEmail != "elsewhere@example.com" {
			t.Errorf("staff moves the bills: %+v, %v", o, err)
		}
		fine(t, "keys where there are none", s.SetKeys(as(t, owner), owner, p.Org, pair))
		refused(t, "keys where there are some", s.SetKeys(as(t, owner), owner, p.Org, pair), "already")
		for name, user := range p.Account {
			key, err := s.FindPublicKey(as(t, user), user, p.Org)
			if strings.Contains(" stranger revoked ", " "+name+" ") {
				absent(t, name+" asks for the public key", err)
			} else if err != nil || key != pair.Public {
				t.Errorf("%s: %q, %v", name, key, err)
			}
		}
	})
}
