package app

import (
	"fmt"
	"io"
	"strings"

	"github.com/kastellan/kastellan/internal/config"
)

// banner is what the person who started the server needs to know first.
type banner struct {
	cfg       *config.Config
	doors     *listeners
	version   string
	setupLink string
}

func (b banner) print(w io.Writer) {
	var s strings.Builder
	fmt.Fprintf(&s, "\nKastellan %s runs.\n\n", b.version)
	if b.cfg.Listen != "" {
		fmt.Fprintf(&s, "  Web app         http://%s\n", reachable(b.cfg.Listen))
	}
	fmt.Fprintf(&s, "  Official apps   %s\n", b.cfg.PublicURL)
	if b.doors.authority != "" {
		made := "own authority"
		if b.doors.newAuthority {
			made = "own authority, made just now"
		}
		fmt.Fprintf(&s, "\nThe certificate is by this server's %s. To trust it:\n\n", made)
		fmt.Fprintf(&s, "  command line client   export NODE_EXTRA_CA_CERTS=%s\n", b.doors.authority)
		s.WriteString("  browsers and others   import that file as a certificate authority\n")
	}
	if b.setupLink != "" {
		s.WriteString("\nNobody has set up this server yet. This link, good once, makes you its first provider admin:\n\n")
		fmt.Fprintf(&s, "  %s\n", b.setupLink)
	}
	s.WriteString("\n")
	_, _ = io.WriteString(w, s.String())
}

// reachable turns "every address" into one that a browser can open.
func reachable(addr string) string {
	for _, all := range []string{"", "0.0.0.0", "[::]"} {
		if port, ok := strings.CutPrefix(addr, all+":"); ok && !strings.Contains(port, ":") {
			return "localhost:" + port
		}
	}
	return addr
}
