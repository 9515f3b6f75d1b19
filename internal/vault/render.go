package vault

import (
	"strconv"
	"time"

	"github.com/kastellan/kastellan/internal/id"
)

// AppendJSON appends the item's wire object. All variants of it that clients
// know are subsets of this one, and they ignore what they do not expect.
func (c *Cipher) AppendJSON(b []byte) []byte {
	b = append(b, `{"object":"cipherDetails","id":"`...)
	b = append(b, c.ID...)
	b = append(b, `","organizationId":`...)
	b = appendID(b, c.Org)
	b = append(b, `,"folderId":`...)
	b = appendID(b, c.Folder)
	b = append(b, `,"type":`...)
	b = strconv.AppendInt(b, int64(c.Type), 10)
	b = appendFlag(b, `,"favorite":`, c.Favorite)
	b = appendFlag(b, `,"edit":`, c.Grant.Write)
	b = appendFlag(b, `,"viewPassword":`, c.Grant.ViewPassword)
	b = appendFlag(b, `,"permissions":{"delete":`, c.Grant.Delete)
	b = appendFlag(b, `,"restore":`, c.Grant.Delete)
	b = appendFlag(b, `},"organizationUseTotp":`, c.Org != "")
	b = append(b, `,"collectionIds":[`...)
	b = append(b, c.collections...)
	b = append(b, `],"creationDate":`...)
	b = appendDate(b, c.CreatedAt)
	b = append(b, `,"revisionDate":`...)
	b = appendDate(b, c.RevisedAt)
	b = append(b, `,"deletedDate":`...)
	b = appendDate(b, c.DeletedAt)
	b = append(b, `,"archivedDate":`...)
	b = appendDate(b, c.ArchivedAt)
	// Clients crash on an object here; a list or null is fine.
	b = append(b, `,"attachments":`...)
	if len(c.attachments) == 0 {
		b = append(b, `null`...)
	}
	b = append(b, c.attachments...)
	b = append(b, ',')
	b = append(b, c.Data...)
	return append(b, '}')
}

// MarshalJSON is AppendJSON for encoding/json.
func (c *Cipher) MarshalJSON() ([]byte, error) { return c.AppendJSON(nil), nil }

func appendID[T id.Org | id.Folder](b []byte, v T) []byte {
	if v == "" {
		return append(b, "null"...)
	}
	b = append(b, '"')
	b = append(b, v...)
	return append(b, '"')
}

func appendFlag(b []byte, name string, v bool) []byte {
	return strconv.AppendBool(append(b, name...), v)
}

// appendDate writes a moment as wire.Stamp does, or null.
func appendDate(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(b, "null"...)
	}
	return t.UTC().AppendFormat(b, `"2006-01-02T15:04:05.000000Z"`)
}
