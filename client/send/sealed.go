package send

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/kastellan/kastellan/client/seal"
)

// sealed is a Send on the wire, to the server and from it.
type sealed struct {
	ID          ID              `json:"id,omitempty"`
	AccessID    string          `json:"accessId,omitempty"`
	Type        Type            `json:"type"`
	Auth        Auth            `json:"authType"`
	Name        seal.EncString  `json:"name"`
	Notes       *seal.EncString `json:"notes"`
	Key         seal.EncString  `json:"key"`
	Text        *sealedText     `json:"text"`
	File        *sealedFile     `json:"file"`
	FileLength  int             `json:"fileLength,omitempty"`
	MaxAccesses *int            `json:"maxAccessCount"`
	Accesses    int             `json:"accessCount,omitempty"`
	Password    *string         `json:"password"`
	Emails      *string         `json:"emails"`
	Disabled    bool            `json:"disabled"`
	HideEmail   bool            `json:"hideEmail"`
	Deletion    time.Time       `json:"deletionDate"`
	Expiration  *time.Time      `json:"expirationDate"`
	Revision    time.Time       `json:"revisionDate,omitzero"`
}

type sealedText struct {
	Text   *seal.EncString `json:"text"`
	Hidden bool            `json:"hidden"`
}

type sealedFile struct {
	ID   string         `json:"id,omitempty"`
	Name seal.EncString `json:"fileName"`
	Size string         `json:"size,omitempty"`
}

func (f sealedFile) open(key seal.Key) (Attached, error) {
	name, err := key.DecryptText(f.Name)
	size, _ := strconv.ParseInt(f.Size, 10, 64) // only shown to people
	return Attached{ID: f.ID, Name: name, Size: size}, err
}

// errBoth keeps what the server would have to decide.
var errBoth = errors.New("a Send asks for a password or for a code by e-mail, not for both")

// seal encrypts a Send under its seed, and the seed under its owner's key.
func (s Send) seal(owner seal.Key) (sealed, error) {
	if s.Password != "" && len(s.Emails) > 0 {
		return sealed{}, errBoth
	}
	key := s.seed.Key()
	out := sealed{
		ID: s.ID, Type: s.Type, Auth: s.auth(), Name: key.EncryptText(s.Name), Key: owner.WrapSeed(s.seed),
		Disabled: s.Disabled, HideEmail: s.HideEmail, Deletion: s.Deletion,
	}
	if s.Notes != "" {
		out.Notes = new(key.EncryptText(s.Notes))
	}
	if s.Type == File {
		out.File = &sealedFile{ID: s.File.ID, Name: key.EncryptText(s.File.Name)}
	} else {
		out.Text = &sealedText{Text: new(key.EncryptText(s.Text)), Hidden: s.Hidden}
	}
	if s.MaxAccesses > 0 {
		out.MaxAccesses = &s.MaxAccesses
	}
	if s.Password != "" {
		out.Password = new(s.seed.PasswordHash(s.Password))
	}
	if len(s.Emails) > 0 {
		out.Emails = new(strings.ToLower(strings.Join(s.Emails, ",")))
	}
	if !s.Expiration.IsZero() {
		out.Expiration = &s.Expiration
	}
	return out, nil
}

// open decrypts a Send for its owner.
func (s sealed) open(owner seal.Key) (Send, error) {
	seed, err := owner.UnwrapSeed(s.Key)
	if err != nil {
		return Send{}, fmt.Errorf("key of Send %s: %w", s.ID, err)
	}
	out, err := s.read(seed)
	if err != nil {
		return Send{}, fmt.Errorf("Send %s: %w", s.ID, err)
	}
	if s.MaxAccesses != nil {
		out.MaxAccesses = *s.MaxAccesses
	}
	if s.Emails != nil && *s.Emails != "" {
		out.Emails = strings.Split(*s.Emails, ",")
	}
	return out, nil
}

// read decrypts what is under the seed.
func (s sealed) read(seed seal.SendSeed) (Send, error) {
	out := Send{
		ID: s.ID, AccessID: s.AccessID, Type: s.Type, Auth: s.Auth, Accesses: s.Accesses,
		Disabled: s.Disabled, HideEmail: s.HideEmail, Deletion: s.Deletion, Revision: s.Revision, seed: seed,
	}
	key, errs := seed.Key(), [4]error{}
	out.Name, errs[0] = key.DecryptText(s.Name)
	if s.Notes != nil {
		out.Notes, errs[1] = key.DecryptText(*s.Notes)
	}
	if s.Text != nil && s.Text.Text != nil {
		out.Text, errs[2] = key.DecryptText(*s.Text.Text)
		out.Hidden = s.Text.Hidden
	}
	if s.File != nil {
		out.File, errs[3] = s.File.open(key)
	}
	if s.Expiration != nil {
		out.Expiration = *s.Expiration
	}
	return out, errors.Join(errs[:]...)
}
