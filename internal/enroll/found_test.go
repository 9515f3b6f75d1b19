package enroll_test

import (
	"testing"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/tenant"
)

func TestAnAccountCreatesAnOrganizationOfItsOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		user := w.stranger
		good := enroll.NewOrganization{
			New: tenant.New{
				Name: " Meadow Bakery ", BillingEmail: "Billing@example.com", Plan: tenant.EnterpriseAnnually,
				Keys: tenant.KeyPair{Public: dbtest.PublicKey, Private: privateKey},
			},
			Key: type4, Collection: type2,
		}
		for name, try := range map[string]func(in *enroll.NewOrganization){
			"a key of type 2":      func(in *enroll.NewOrganization) { in.Key = type2 },
			"no key pair":          func(in *enroll.NewOrganization) { in.Keys = tenant.KeyPair{} },
			"no name":              func(in *enroll.NewOrganization) { in.Name = "" },
			"a name of two lines":  func(in *enroll.NewOrganization) { in.Name = "a\nb" },
			"no billing address":   func(in *enroll.NewOrganization) { in.BillingEmail = "" },
			"an unknown plan":      func(in *enroll.NewOrganization) { in.Plan = 1 },
			"negative seats":       func(in *enroll.NewOrganization) { in.Seats = -1 },
			"a plain collection":   func(in *enroll.NewOrganization) { in.Collection = "Default" },
			"a type-0 private key": func(in *enroll.NewOrganization) { in.Keys.Private = "0.AAAA|AAAA" },
		} {
			in := good
			try(&in)
			if _, err := w.enroll.Found(w.as(user), user, in); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v, want a refusal", name, err)
			}
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM organizations`); n != 0 {
			t.Fatalf("%d organizations after refusals", n)
		}
		o, err := w.enroll.Found(w.as(user), user, good)
		w.fine("create", err)
		if o.Name != "Meadow Bakery" || o.BillingEmail != "billing@example.com" || o.Status != tenant.Created || !o.HasPrivateKey || o.Seats != 0 {
			t.Errorf("organization: %+v", o)
		}
		shared, err := w.orgs.ListShared(w.as(user), user)
		if err != nil || len(shared) != 1 || !shared[0].Share.Manage || shared[0].Name != type2 {
			t.Errorf("collections: %+v, %v", shared, err)
		}
		w.enroll.SelfService = false
		_, err = w.enroll.Found(w.as(user), user, good)
		w.refused("where providers create them", err, "Ask your provider")
	})
}
