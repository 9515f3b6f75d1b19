package item

import (
	"time"

	"github.com/kastellan/kastellan/client/seal"
)

// Request is the body by which an item is created or replaced. Only a Cipher can
// become one.
type Request struct {
	ID             ID             `json:"id,omitempty"`
	Type           Type           `json:"type"`
	OrganizationID OrgID          `json:"organizationId,omitempty"`
	FolderID       FolderID       `json:"folderId,omitempty"`
	Favorite       bool           `json:"favorite"`
	Reprompt       int            `json:"reprompt"`
	Key            seal.EncString `json:"key,omitempty"`
	Content[seal.EncString]
	Attachments       map[AttachmentID]AttachmentRequest `json:"attachments2,omitempty"`
	ArchivedDate      *time.Time                         `json:"archivedDate,omitempty"`
	LastKnownRevision *time.Time                         `json:"lastKnownRevisionDate,omitempty"`
	KeyID             string                             `json:"encryptedByKeyId,omitempty"`
}

// AttachmentRequest renames a file, or wraps its key again.
type AttachmentRequest struct {
	FileName seal.EncString `json:"fileName"`
	Key      seal.EncString `json:"key,omitempty"`
}

// Request returns the body for c.
func (c Cipher) Request() Request {
	request := Request{
		ID: c.ID, Type: c.Type, OrganizationID: c.OrganizationID, FolderID: c.FolderID, Favorite: c.Favorite,
		Reprompt: c.Reprompt, Key: c.Key, Content: c.Content, ArchivedDate: c.ArchivedDate, KeyID: c.SealedBy,
	}
	if !c.RevisionDate.IsZero() {
		request.LastKnownRevision = &c.RevisionDate
	}
	for _, attachment := range c.Attachments {
		if request.Attachments == nil {
			request.Attachments = make(map[AttachmentID]AttachmentRequest)
		}
		request.Attachments[attachment.ID] = AttachmentRequest{FileName: attachment.FileName, Key: attachment.Key}
	}
	return request
}
