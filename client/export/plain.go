package export

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/kastellan/kastellan/client/item"
)

// ErrEncrypted means that a file is encrypted and must be opened first.
var ErrEncrypted = errors.New("the export is encrypted")

// Plain is a vault outside its encryption: folders of a person, or collections of
// an organization, and the items.
type Plain struct {
	Encrypted   bool         `json:"encrypted"`
	Folders     []Folder     `json:"folders,omitempty"`
	Collections []Collection `json:"collections,omitempty"`
	Items       []item.View  `json:"items"`
}

// Folder is a folder of a person.
type Folder struct {
	ID   item.FolderID `json:"id"`
	Name string        `json:"name"`
}

// Collection is a collection of an organization.
type Collection struct {
	ID             item.CollectionID `json:"id"`
	OrganizationID item.OrgID        `json:"organizationId"`
	Name           string            `json:"name"`
	ExternalID     string            `json:"externalId,omitempty"`
}

// Write returns the file as text. Items in the trash stay behind, and so does what
// means nothing elsewhere: keys, checksums, attachments, rights.
func (p Plain) Write() ([]byte, error) {
	kept := make([]item.View, 0, len(p.Items))
	for _, view := range p.Items {
		if !view.Deleted() {
			kept = append(kept, portable(view))
		}
	}
	p.Items = kept
	text, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write export: %w", err)
	}
	return text, nil
}

func portable(v item.View) item.View {
	v.Key, v.Attachments, v.Edit, v.ViewPassword = "", nil, false, false
	if v.Login == nil {
		return v
	}
	login := *v.Login
	login.AutofillOnPageLoad, login.PasswordRevisionDate = nil, nil
	login.URIs = make([]item.URI[string], len(v.Login.URIs))
	for i, uri := range v.Login.URIs {
		login.URIs[i] = item.URI[string]{URI: uri.URI, Match: uri.Match}
	}
	v.Login = &login
	return v
}

// Read reads a plain export.
func Read(text []byte) (Plain, error) {
	var p Plain
	if err := json.Unmarshal(text, &p); err != nil {
		return Plain{}, fmt.Errorf("read export: %w", err)
	}
	if p.Encrypted {
		return Plain{}, ErrEncrypted
	}
	return p, nil
}
