//go:build compat

package compat

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client"
)

// testExportOrg lets the owner export the organization: the client asks the server
// for it and decrypts it itself.
func testExportOrg(t *testing.T, b *bw, org client.OrgID) {
	out := decode[struct {
		Collections []map[string]any `json:"collections"`
		Items       []map[string]any `json:"items"`
	}](t, b.must(t, "export", "--organizationid", string(org), "--format", "json", "--raw"))
	if diff := cmp.Diff([]string{"Everyone", "Network"}, sorted(names(out.Collections))); diff != "" {
		t.Errorf("collections (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Firewall", "Was private"}, sorted(names(out.Items))); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}
