package send

import (
	"errors"
	"strings"

	"github.com/kastellan/kastellan/client/seal"
)

// ErrLink means that an address leads to no Send.
var ErrLink = errors.New("this is not the address of a Send")

// Link leads to a Send, and opens it.
type Link struct {
	Server   string // address of the web vault, without a slash at its end
	AccessID string
	Seed     seal.SendSeed // never sent to a server
}

// URL is the address that a recipient gets. Whoever has it can read the Send.
func (l Link) URL() string { return l.Server + "/#/send/" + l.AccessID + "/" + l.Seed.Link() }

// String tells which Send it is, and not how to read it.
func (l Link) String() string { return "Send " + l.AccessID + " on " + l.Server }

// GoString is String; %#v would print more otherwise.
func (l Link) GoString() string { return l.String() }

// ParseLink reads the address of a Send. As with other apps, only the last two
// parts of what follows # matter.
func ParseLink(address string) (Link, error) {
	server, fragment, found := strings.Cut(strings.TrimSpace(address), "#")
	parts := strings.Split(fragment, "/")
	if !found || server == "" || len(parts) < 2 {
		return Link{}, ErrLink
	}
	access, key := parts[len(parts)-2], parts[len(parts)-1]
	seed, err := seal.ParseSendSeed(key)
	if access == "" || err != nil {
		return Link{}, ErrLink
	}
	return Link{Server: strings.TrimRight(server, "/"), AccessID: access, Seed: seed}, nil
}
