package send

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"

	"github.com/kastellan/kastellan/internal/id"
)

// Type is the kind of a Send, by its number on the wire. It never changes.
type Type int

// The kinds.
const (
	Text Type = 0
	File Type = 1
)

// Auth is what a recipient has to show, by its number on the wire.
type Auth int

// What there is to show.
const (
	ByEmail    Auth = 0 // a code that is mailed to one of Emails
	ByPassword Auth = 1
	ByLink     Auth = 2 // nothing but the link
)

// Send is a Send as its owner sees it. Keys, names and texts are ciphertext.
type Send struct {
	ID   id.Send
	User id.User
	Content
	FileID     id.SendFile // of a file
	Auth       Auth
	Password   string   // slow hash of the clients' hash; only with ByPassword
	Emails     []string // normalised; only with ByEmail
	Accesses   int
	CreatedAt  time.Time
	RevisedAt  time.Time
	Stored     string // name of the file in the store; empty until all of it is there
	OwnerEmail string // only where recipients are answered
	culture    string // of the owner
}

// Content is what a client says about a Send, but for what recipients must show.
type Content struct {
	Type        Type
	Key         string // the seed under the user key
	Name        string // this and what follows is under the Send's key
	Notes       string
	Text        string // of a text
	Hidden      bool   // whether a text is covered at first
	FileName    string // of a file
	FileSize    int64  // of the ciphertext, in bytes: as announced, then as stored
	MaxAccesses int    // 0 for no limit
	Disabled    bool
	HideEmail   bool
	ExpiresAt   time.Time // zero for never
	DeletesAt   time.Time
}

// there reports whether a recipient may open it at a moment, whatever they show.
func (s Send) there(now time.Time) bool {
	full := s.MaxAccesses > 0 && s.Accesses >= s.MaxAccesses
	return s.open(now) && !full
}

// open is there, but for the number of accesses.
func (s Send) open(now time.Time) bool {
	over := !s.ExpiresAt.IsZero() && !now.Before(s.ExpiresAt)
	return s.kept(now) && !over
}

// kept reports whether its file may be fetched by an address that was given out.
func (s Send) kept(now time.Time) bool {
	return !s.Disabled && now.Before(s.DeletesAt) && (s.Type == Text || s.Stored != "")
}

// AccessID is what stands for the Send in its link: the bytes of its id, in the order in
// which .NET keeps them, as base64url.
func (s Send) AccessID() string {
	b, err := hex.DecodeString(strings.ReplaceAll(string(s.ID), "-", ""))
	if err != nil || len(b) != 16 {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(mixed(b))
}

// ParseAccessID reads what stands in a link.
func ParseAccessID(text string) (id.Send, bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(strings.TrimRight(text, "="))
	if err != nil || len(b) != 16 {
		return "", false
	}
	h := hex.EncodeToString(mixed(b))
	send, err := id.Parse[id.Send](h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:])
	return send, err == nil
}

// mixed turns the first three groups of an id around.
func mixed(b []byte) []byte {
	return []byte{b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]}
}
