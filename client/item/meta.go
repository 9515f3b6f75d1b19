package item

import (
	"time"

	"github.com/kastellan/kastellan/client/seal"
)

// The ids of the things an item belongs to.
type (
	ID           string
	OrgID        string
	FolderID     string
	CollectionID string
	AttachmentID string
)

// Type is the kind of an item.
type Type int

// The kinds; the numbers are those of the wire.
const (
	LoginType          Type = 1
	SecureNoteType     Type = 2
	CardType           Type = 3
	IdentityType       Type = 4
	SSHKeyType         Type = 5
	BankAccountType    Type = 6
	DriversLicenseType Type = 7
	PassportType       Type = 8
)

// Meta is what the server knows about an item in plain.
type Meta struct {
	ID             ID             `json:"id,omitempty"`
	Type           Type           `json:"type"`
	OrganizationID OrgID          `json:"organizationId,omitempty"`
	FolderID       FolderID       `json:"folderId,omitempty"`
	CollectionIDs  []CollectionID `json:"collectionIds,omitempty"`
	Favorite       bool           `json:"favorite"`
	Reprompt       int            `json:"reprompt"`
	Edit           bool           `json:"edit,omitempty"`
	ViewPassword   bool           `json:"viewPassword,omitempty"`
	CreationDate   time.Time      `json:"creationDate,omitzero"`
	RevisionDate   time.Time      `json:"revisionDate,omitzero"`
	DeletedDate    *time.Time     `json:"deletedDate,omitempty"`
	ArchivedDate   *time.Time     `json:"archivedDate,omitempty"`
	// Key is the item's own key, wrapped under the owner's; empty when the
	// texts are directly under the owner's key.
	Key seal.EncString `json:"key,omitempty"`
}

// Deleted reports whether the item is in the trash.
func (m Meta) Deleted() bool { return m.DeletedDate != nil }

// Cipher is an item as the server stores it.
type Cipher struct {
	Meta
	Content[seal.EncString]
	Attachments []Attachment[seal.EncString] `json:"attachments,omitempty"`
	// Data is only set by accounts of version 2, or holds the server's own copy.
	Data string `json:"data,omitempty"`
	// SealedBy names the owner's key, when the item was sealed here: a server that
	// knows a newer one refuses it, instead of keeping what nobody could open.
	SealedBy string `json:"-"`
}

// View is an item as a person sees it.
type View struct {
	Meta
	Content[string]
	Attachments []Attachment[string] `json:"attachments,omitempty"`
}
