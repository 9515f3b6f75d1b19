package push

import (
	"slices"

	"github.com/kastellan/kastellan/internal/id"
)

// Field is a member of what apps are told.
type Field struct {
	Name  string
	Value any // nil, bool, int, string, []string, map[string]any, time.Time, Fields
}

// Fields are members in their order, with the names that official servers use.
type Fields []Field

// Personal reports whether the payload differs between the people whom a message is for.
func (m Message) Personal() bool {
	switch m.Type {
	case CipherUpdated, CipherCreated, CipherDeleted:
		return m.Org == ""
	case OrgStatusChanged, CollectionSettingsChanged, PolicyChanged:
		return false
	default:
		return true
	}
}

// Payload is what the message says to one of its people.
func (m Message) Payload(to id.User) Fields {
	switch m.Type {
	case CipherUpdated, CipherCreated, CipherDeleted:
		return m.item(to)
	case FolderDeleted, FolderCreated, FolderUpdated, SendCreated, SendUpdated, SendDeleted:
		return Fields{{"Id", m.ID}, {"UserId", string(to)}, {"RevisionDate", m.Date}}
	case AuthRequested, AuthAnswered:
		return Fields{{"Id", m.ID}, {"UserId", string(to)}}
	case LogOut:
		return m.logOut(to)
	case OrgStatusChanged:
		return Fields{{"OrganizationId", string(m.Org)}, {"Enabled", m.Enabled}}
	case CollectionSettingsChanged:
		return m.settings()
	case PolicyChanged:
		return Fields{{"OrganizationId", string(m.Org)}, {"Policy", m.policy()}}
	default:
		return Fields{{"UserId", string(to)}, {"Date", m.Date}}
	}
}

// item names the owner: apps take those of an organization by their collections, and
// those without by the account.
func (m Message) item(to id.User) Fields {
	if m.Org == "" {
		return Fields{{"Id", m.ID}, {"UserId", string(to)}, {"OrganizationId", nil}, {"CollectionIds", nil}, {"RevisionDate", m.Date}}
	}
	collections := make([]string, len(m.Collections))
	for i, c := range m.Collections {
		collections[i] = string(c)
	}
	slices.Sort(collections)
	return Fields{{"Id", m.ID}, {"UserId", nil}, {"OrganizationId", string(m.Org)}, {"CollectionIds", collections}, {"RevisionDate", m.Date}}
}

// logOut has no member Reason when there is none: to apps any value of it is a reason.
func (m Message) logOut(to id.User) Fields {
	fields := Fields{{"UserId", string(to)}, {"Date", m.Date}}
	if m.Reason != nil {
		fields = append(fields, Field{"Reason", int(*m.Reason)})
	}
	return fields
}

func (m Message) settings() Fields {
	var l Limits
	if m.Limits != nil {
		l = *m.Limits
	}
	return Fields{{"OrganizationId", string(m.Org)}, {"LimitCollectionCreation", l.CollectionCreation},
		{"LimitCollectionDeletion", l.CollectionDeletion}, {"LimitItemDeletion", l.ItemDeletion}}
}

// policy has members in small letters: apps store it as it comes, and read these.
func (m Message) policy() Fields {
	var p Policy
	if m.Policy != nil {
		p = *m.Policy
	}
	var data any
	if p.Data != nil {
		data = p.Data
	}
	return Fields{{"id", string(p.ID)}, {"organizationId", string(m.Org)}, {"type", p.Type}, {"data", data},
		{"enabled", p.Enabled}, {"revisionDate", m.Date}}
}
