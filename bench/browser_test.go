//go:build bench

package bench

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/client/seal"
	"github.com/kastellan/kastellan/compat/realserver"
)

// measureBrowser opens the web app in Chromium with 5,000 items that it can really decrypt.
func measureBrowser(t *testing.T, s *realserver.Server, figures *table) {
	u := newUser(t, s, "browser@example.test")
	fillVault(t, u, 5000)
	out := runBrowser(t, "browser.mjs", s.URL(), u.email, u.password)
	var measured struct {
		FirstLoad int64
		Unlock    float64
	}
	if err := json.Unmarshal(out, &measured); err != nil {
		t.Fatalf("browser printed %q: %v", out, err)
	}
	figures.add(row{"First load of the log-in page", bytes(measured.FirstLoad), "", "", "150 kB"})
	limit := median(5, func() {
		if _, err := seal.NewMasterKey(u.password, seal.Salt(u.email), seal.DefaultKDF); err != nil {
			t.Fatal(err)
		}
	})
	figures.times("Unlock to list, 5,000 items, Chromium", time.Duration(measured.Unlock*float64(time.Millisecond)), limit,
		"PBKDF2 with 600,000 rounds", "")
}

// runBrowser runs a script that drives Chromium, and gives what it printed.
func runBrowser(t *testing.T, script string, args ...string) []byte {
	cmd := exec.CommandContext(t.Context(), "node", append([]string{script}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", script, err, out)
	}
	return out
}

func fillVault(t *testing.T, u *user, n int) {
	api, err := client.New(u.server.URL(), u.server.HTTP)
	if err != nil {
		t.Fatal(err)
	}
	session, err := api.Login(t.Context(), client.Credentials{Email: u.email, Password: u.password})
	if err != nil {
		t.Fatal(err)
	}
	items := make([]item.View, n)
	for i := range items {
		items[i].Type = item.LoginType
		items[i].Name = fmt.Sprintf("Item %04d", i)
		items[i].Login = &item.Login[string]{Username: "user@example.test", Password: "an invented password"}
	}
	if err := session.Import(t.Context(), client.Import{Items: items}); err != nil {
		t.Fatal(err)
	}
}
