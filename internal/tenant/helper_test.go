package tenant_test

import (
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/orgtest"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/token"
)

var (
	type2 = "2." + strings.Repeat("A", 22) + "==|" + strings.Repeat("A", 43) + "=|" + strings.Repeat("A", 43) + "="
	pair  = tenant.KeyPair{Public: dbtest.PublicKey, Private: type2}
)

// Shared with the tests of the packages beside this one.
var (
	as, fine, absent, refused, events = orgtest.As, orgtest.Fine, orgtest.Absent, orgtest.Refused, orgtest.Events
	populate                          = orgtest.Populate
)

func service(t *testing.T, d *db.DB) *tenant.Service {
	t.Helper()
	keeper, err := token.NewKeeper([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	return &tenant.Service{DB: d, Tokens: keeper}
}
