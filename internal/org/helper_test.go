package org_test

import (
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/orgtest"
)

var (
	type2 = "2." + strings.Repeat("A", 22) + "==|" + strings.Repeat("A", 43) + "=|" + strings.Repeat("A", 43) + "="
	type4 = "4." + strings.Repeat("A", 342) + "=="
)

// Shared with the tests of the packages beside this one.
var (
	as, fine, absent, refused, events = orgtest.As, orgtest.Fine, orgtest.Absent, orgtest.Refused, orgtest.Events
	populate                          = orgtest.Populate
)

func service(t *testing.T, d *db.DB) *org.Service {
	t.Helper()
	return &org.Service{DB: d}
}
