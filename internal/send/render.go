package send

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/kastellan/kastellan/internal/tenant"
)

type body struct {
	Object         string    `json:"object"`
	ID             string    `json:"id"`
	AccessID       string    `json:"accessId"`
	Type           Type      `json:"type"`
	AuthType       Auth      `json:"authType"`
	Name           string    `json:"name"`
	Notes          *string   `json:"notes"`
	Text           *TextPart `json:"text"`
	File           *FilePart `json:"file"`
	Key            string    `json:"key"`
	MaxAccessCount *int      `json:"maxAccessCount"`
	AccessCount    int       `json:"accessCount"`
	// Password is null or not: apps show no more than that there is one.
	Password       *string `json:"password"`
	Emails         *string `json:"emails"`
	Disabled       bool    `json:"disabled"`
	HideEmail      bool    `json:"hideEmail"`
	RevisionDate   stamp   `json:"revisionDate"`
	ExpirationDate stamp   `json:"expirationDate"`
	DeletionDate   stamp   `json:"deletionDate"`
}

// TextPart is what the wire object of a text holds.
type TextPart struct {
	Text   string `json:"text"`
	Hidden bool   `json:"hidden"`
}

// FilePart is what the wire object of a file holds.
type FilePart struct {
	ID       string `json:"id"`
	FileName string `json:"fileName"`
	Size     string `json:"size"` // a text, as clients expect
	SizeName string `json:"sizeName"`
}

// stamp is a moment as clients read it, or null.
type stamp time.Time

func (s stamp) MarshalJSON() ([]byte, error) {
	t := time.Time(s)
	if t.IsZero() {
		return []byte("null"), nil
	}
	return t.UTC().AppendFormat(nil, `"2006-01-02T15:04:05.000000Z"`), nil
}

// MarshalJSON gives the object that the owner's apps read, here and in their sync.
func (s Send) MarshalJSON() ([]byte, error) {
	b := body{
		Object: "send", ID: string(s.ID), AccessID: s.AccessID(), Type: s.Type, AuthType: s.Auth, Name: s.Name, Notes: text(s.Notes), Key: s.Key,
		AccessCount: s.Accesses, Emails: text(strings.Join(s.Emails, ",")), Disabled: s.Disabled, HideEmail: s.HideEmail,
		RevisionDate: stamp(s.RevisedAt), ExpirationDate: stamp(s.ExpiresAt), DeletionDate: stamp(s.DeletesAt),
	}
	b.Text, b.File = s.Parts()
	if s.MaxAccesses > 0 {
		b.MaxAccessCount = &s.MaxAccesses
	}
	if s.Auth == ByPassword {
		b.Password = text("set")
	}
	return json.Marshal(b)
}

// Parts are the two parts of which a Send has one.
func (s Send) Parts() (*TextPart, *FilePart) {
	if s.Type == File {
		return nil, &FilePart{string(s.FileID), s.FileName, strconv.FormatInt(s.FileSize, 10), tenant.Readable(s.FileSize)}
	}
	return &TextPart{s.Text, s.Hidden}, nil
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
