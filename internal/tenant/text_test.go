package tenant_test

import (
	"testing"

	"github.com/kastellan/kastellan/internal/tenant"
)

func TestNamesAreShownAsTheyAre(t *testing.T) {
	for name, want := range map[string]bool{
		"Corner Bakery": true, "Bäckerei Müller & Söhne": true, "مخبز": true, "<b>Bakery</b>": true, "Bakery\r\nBcc: x@example.com": false,
		"Bakery\x1b[2J": false, "Bakery\u202eyrekaB": false, "Bakery\x00": false, "Bakery\tEast": false, "Bakery\xff": false,
	} {
		if _, err := tenant.Name("name", name); (err == nil) != want {
			t.Errorf("name %q: %v", name, err)
		}
		if _, err := tenant.BusinessName(name); (err == nil) != want {
			t.Errorf("business name %q: %v", name, err)
		}
	}
}
