package push

import (
	"time"

	"github.com/kastellan/kastellan/internal/id"
)

// Type is the kind of a message, by the numbers that official apps know.
type Type int

// The kinds.
const (
	CipherUpdated             Type = 0
	CipherCreated             Type = 1
	CipherDeleted             Type = 2 // for good
	FolderDeleted             Type = 3
	CiphersChanged            Type = 4 // many at once: apps fetch everything
	VaultChanged              Type = 5 // anything else that a sync shows
	OrgKeysChanged            Type = 6 // one came to an organization, or left it, or has another role
	FolderCreated             Type = 7
	FolderUpdated             Type = 8
	SettingsChanged           Type = 10 // of the account
	LogOut                    Type = 11
	SendCreated               Type = 12
	SendUpdated               Type = 13
	SendDeleted               Type = 14
	AuthRequested             Type = 15 // a log-in waits for approval
	AuthAnswered              Type = 16
	OrganizationsChanged      Type = 17
	OrgStatusChanged          Type = 18
	CollectionSettingsChanged Type = 19
	PolicyChanged             Type = 25
)

// Reason says why apps are logged out; some of them stay logged in for some reasons.
type Reason int

// The reasons. Without one every app logs out.
const (
	KDFChanged Reason = iota
	KeyRotated
)

// Message is one thing that happened, for the people whom it concerns. Which members
// count depends on the type; see Payload.
type Message struct {
	Type  Type
	Users []id.User
	// Device narrows LogOut to one installation's row; empty for all of the account's.
	Device id.Device `json:",omitempty"`
	// Context is the installation that caused the message, by the identifier that it chose.
	// It ignores the message, having seen the answer to its own request.
	Context string `json:",omitempty"`
	Date    time.Time

	ID          string          `json:",omitempty"` // of the cipher, folder, Send or auth request
	Org         id.Org          `json:",omitempty"`
	Collections []id.Collection `json:",omitempty"` // of the item, that each of Users may see
	Reason      *Reason         `json:",omitempty"`
	Enabled     bool            `json:",omitempty"` // of OrgStatusChanged
	Limits      *Limits         `json:",omitempty"` // of CollectionSettingsChanged
	Policy      *Policy         `json:",omitempty"` // of PolicyChanged
}

// Limits are the settings that CollectionSettingsChanged tells.
type Limits struct{ CollectionCreation, CollectionDeletion, ItemDeletion bool }

// Policy is what PolicyChanged tells: the whole of it, since apps store it as it comes.
type Policy struct {
	ID      id.Policy
	Type    int
	Enabled bool
	Data    map[string]any
}
