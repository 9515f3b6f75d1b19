package client

import (
	"errors"
	"net/url"
	"strings"
)

// ErrLink means that a text is not one of the server's links.
var ErrLink = errors.New("not an invitation or set-up link")

// LinkKind is what a link is for.
type LinkKind int

// The kinds of links.
const (
	NoLink           LinkKind = iota
	OrganizationLink          // join an organization
	ProviderLink              // join a provider
	SetupLink                 // set up a pending provider
	RegistrationLink          // finish a registration
)

// Link is a link that the server gave or mailed to somebody. The token in it is a
// secret.
type Link struct {
	Kind             LinkKind
	Email            string
	Token            string
	OrganizationID   OrgID
	OrganizationName string
	MemberID         MemberID
	ProviderID       ProviderID
	ProviderName     string
	ProviderUserID   ProviderUserID
}

// ParseLink reads a link. What matters is behind the #; the server's address is
// not compared, since it may be known under several.
func ParseLink(text string) (Link, error) {
	_, fragment, found := strings.Cut(strings.TrimSpace(text), "#")
	if !found {
		return Link{}, ErrLink
	}
	path, query, _ := strings.Cut(fragment, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return Link{}, ErrLink
	}
	kinds := map[string]LinkKind{
		"accept-organization": OrganizationLink, "providers/accept-provider": ProviderLink,
		"providers/setup-provider": SetupLink, "finish-signup": RegistrationLink,
	}
	link := Link{
		Kind: kinds[strings.Trim(path, "/")], Email: values.Get("email"), Token: values.Get("token"),
		OrganizationID:   OrgID(values.Get("organizationId")),
		OrganizationName: values.Get("organizationName"),
		MemberID:         MemberID(values.Get("organizationUserId")),
		ProviderID:       ProviderID(values.Get("providerId")),
		ProviderName:     values.Get("providerName"),
		ProviderUserID:   ProviderUserID(values.Get("providerUserId")),
	}
	if link.Kind == NoLink || link.Token == "" {
		return Link{}, ErrLink
	}
	return link, nil
}

// String hides the token.
func (l Link) String() string { return "Link(redacted)" }

// GoString hides the token.
func (l Link) GoString() string { return "Link(redacted)" }
