package org_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/org"
)

func TestAnAccountCreatesAnOrganizationOfItsOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, user := service(t, d), dbtest.Account(t, d, "a@example.com")
		good := org.New{Name: " Meadow Bakery ", BillingEmail: "Billing@example.com", Plan: org.EnterpriseAnnually, Keys: pair, Collection: type2}
		for name, try := range map[string]func(in *org.New, key *string){
			"a key of type 2":      func(_ *org.New, key *string) { *key = type2 },
			"no key pair":          func(in *org.New, _ *string) { in.Keys = org.KeyPair{} },
			"no name":              func(in *org.New, _ *string) { in.Name = "" },
			"a name of two lines":  func(in *org.New, _ *string) { in.Name = "a\nb" },
			"no billing address":   func(in *org.New, _ *string) { in.BillingEmail = "" },
			"an unknown plan":      func(in *org.New, _ *string) { in.Plan = 1 },
			"negative seats":       func(in *org.New, _ *string) { in.Seats = -1 },
			"a plain collection":   func(in *org.New, _ *string) { in.Collection = "Default" },
			"a type-0 private key": func(in *org.New, _ *string) { in.Keys.Private = "0.AAAA|AAAA" },
		} {
			in, key := good, type4
			try(&in, &key)
			if _, err := s.Create(as(t, user), user, in, key); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v, want a refusal", name, err)
			}
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM organizations`); n != 0 {
			t.Fatalf("%d organizations after refusals", n)
		}
		o, err := s.Create(as(t, user), user, good, type4)
		fine(t, "create", err)
		if o.Name != "Meadow Bakery" || o.BillingEmail != "billing@example.com" || o.Status != org.Created || !o.HasPrivateKey || o.Seats != 0 {
			t.Errorf("organization: %+v", o)
		}
		shared, err := s.ListShared(as(t, user), user)
		if err != nil || len(shared) != 1 || !shared[0].Share.Manage || shared[0].Name != type2 {
			t.Errorf("collections: %+v, %v", shared, err)
		}
		s.SelfService = false
		_, err = s.Create(as(t, user), user, good, type4)
		refused(t, "where providers create them", err, "Ask your provider")
	})
}

func TestSettingsAreForOwnersAndStaff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		p := populate(t, d, dbtest.Columns{"status": 2, "private_key": nil, "public_key": nil})
		for name, user := range p.account {
			_, err := s.Find(as(t, user), user, p.org)
			_, changing := s.Update(as(t, user), user, p.org, org.Change{Name: "Renamed by " + name})
			if name == "owner" || name == "staff" {
				fine(t, name, err)
				fine(t, name, changing)
				continue
			}
			absent(t, name, err)
			absent(t, name, changing)
		}
		owner, staff := p.account["owner"], p.account["staff"]
		p.heard(t, d)
		_, err := s.Update(as(t, owner), owner, p.org, org.Change{BillingEmail: "elsewhere@example.com"})
		refused(t, "an owner of a managed client moves the bills", err, "your provider")
		_, err = s.Update(as(t, owner), owner, p.org, org.Change{Name: "New", BillingEmail: "billing@example.com"})
		fine(t, "an owner sends the address unchanged", err)
		if diff := cmp.Diff([]string{"admin", "manager", "owner", "staff", "user"}, p.heard(t, d)); diff != "" {
			t.Errorf("who heard of the name (-want +got):\n%s", diff)
		}
		o, err := s.Update(as(t, staff), staff, p.org, org.Change{BillingEmail: "elsewhere@example.com"})
		if err != nil || o.BillingEmail != "elsewhere@example.com" {
			t.Errorf("staff moves the bills: %+v, %v", o, err)
		}
		fine(t, "keys where there are none", s.SetKeys(as(t, owner), owner, p.org, pair))
		refused(t, "keys where there are some", s.SetKeys(as(t, owner), owner, p.org, pair), "already")
		for name, user := range p.account {
			key, err := s.FindPublicKey(as(t, user), user, p.org)
			if strings.Contains(" stranger revoked ", " "+name+" ") {
				absent(t, name+" asks for the public key", err)
			} else if err != nil || key != pair.Public {
				t.Errorf("%s: %q, %v", name, key, err)
			}
		}
	})
}
