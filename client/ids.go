package client

import "github.com/kastellan/kastellan/client/item"

// The ids of an item and of what it belongs to.
type (
	ItemID       = item.ID
	OrgID        = item.OrgID
	FolderID     = item.FolderID
	CollectionID = item.CollectionID
	AttachmentID = item.AttachmentID
)

// The other ids. A member is a person in an organization, a provider user one in
// a provider; both exist before the person has an account. A client id names the
// tie between a provider and an organization, not the organization.
type (
	UserID         string
	MemberID       string
	GroupID        string
	ProviderID     string
	ProviderUserID string
	ClientID       string
	DomainID       string
)
