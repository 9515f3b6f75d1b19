package events

import (
	"github.com/kastellan/kastellan/internal/audit"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/wire"
)

// entryBody is an event as clients read it. What this server has no notion of
// is always null, because some clients insist on the member.
type entryBody struct {
	Object                 string    `json:"object"`
	Type                   int       `json:"type"`
	UserID                 *string   `json:"userId"`
	OrganizationID         *string   `json:"organizationId"`
	ProviderID             *string   `json:"providerId"`
	CipherID               *string   `json:"cipherId"`
	CollectionID           *string   `json:"collectionId"`
	GroupID                *string   `json:"groupId"`
	PolicyID               *string   `json:"policyId"`
	OrganizationUserID     *string   `json:"organizationUserId"`
	ProviderUserID         *string   `json:"providerUserId"`
	ProviderOrganizationID *string   `json:"providerOrganizationId"`
	ActingUserID           *string   `json:"actingUserId"`
	InstallationID         *string   `json:"installationId"`
	Date                   wire.Date `json:"date"`
	DeviceType             *int      `json:"deviceType"`
	IPAddress              *string   `json:"ipAddress"`
	SystemUser             *int      `json:"systemUser"`
	DomainName             *string   `json:"domainName"`
	SecretID               *string   `json:"secretId"`
	ProjectID              *string   `json:"projectId"`
	ServiceAccountID       *string   `json:"serviceAccountId"`
	GrantedServiceAccount  *string   `json:"grantedServiceAccountId"`
	SendID                 *string   `json:"sendId"`
}

func listOf(page event.Page) wire.List[entryBody] {
	data := make([]entryBody, len(page.Entries))
	for i, e := range page.Entries {
		data[i] = entryOf(e)
	}
	list := wire.ListOf(data)
	list.ContinuationToken = text(page.Next.Token())
	return list
}

// namedBody is our own addition: the name of who acted, also of those who have left.
type namedBody struct {
	entryBody
	ActingUserName *string `json:"actingUserName"`
}

func namedListOf(page audit.OrgPage) wire.List[namedBody] {
	data := make([]namedBody, len(page.Entries))
	for i, e := range page.Entries {
		data[i].entryBody = entryOf(e)
		if e.Provider == "" {
			data[i].ActingUserName = text(page.Names[e.Acting])
		}
	}
	list := wire.ListOf(data)
	list.ContinuationToken = text(page.Next.Token())
	return list
}

func entryOf(e event.Entry) entryBody {
	out := entryBody{
		Object: "event", Type: int(e.Type), UserID: text(e.User), OrganizationID: text(e.Org), ProviderID: text(e.Provider),
		CipherID: text(e.Cipher), CollectionID: text(e.Collection), GroupID: text(e.Group), PolicyID: text(e.Policy),
		OrganizationUserID: text(e.Member), ProviderUserID: text(e.ProviderUser), ProviderOrganizationID: text(e.ProviderClient),
		ActingUserID: text(e.Acting), Date: wire.Date(e.At), IPAddress: text(e.Addr), DomainName: text(e.Domain), SendID: text(e.Send),
	}
	if e.DeviceType >= 0 {
		out.DeviceType = &e.DeviceType
	}
	if system := int(e.System); system != 0 {
		out.SystemUser = &system
	}
	return out
}

// text is null for the empty value.
func text[T ~string](v T) *string {
	if v == "" {
		return nil
	}
	s := string(v)
	return &s
}
