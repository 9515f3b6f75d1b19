package content

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/kastellan/kastellan/internal/fault"
)

// MaxStored bounds what is stored of one item, in characters.
const MaxStored = 500_000

// Fragment checks the content of an item of type t and gives its stored form:
// the members of a JSON object, without braces. What belongs to other types is
// dropped.
func (c Content) Fragment(t Type) (string, error) {
	c, err := c.only(t)
	if err != nil {
		return "", err
	}
	if err := check("", reflect.ValueOf(&c).Elem()); err != nil {
		return "", err
	}
	if c.Name == nil && c.Data == nil {
		return "", fault.Field("name", "An item needs a name.")
	}
	b, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("write content: %w", err)
	}
	if len(b) > MaxStored {
		return "", fault.Field("data", fmt.Sprintf("The item is too large: encrypted, it may have %d characters.", MaxStored))
	}
	return string(b[1 : len(b)-1]), nil
}

// only keeps the one part that belongs to the type, and refuses an item without
// it: clients fail on one, and with it on the whole vault.
func (c Content) only(t Type) (Content, error) {
	kept := c
	kept.Login, kept.SecureNote, kept.Card, kept.Identity = nil, nil, nil, nil
	kept.SSHKey, kept.BankAccount, kept.DriversLicense, kept.Passport = nil, nil, nil, nil
	there := false
	switch t {
	case LoginType:
		kept.Login, there = c.Login, c.Login != nil
	case SecureNoteType:
		kept.SecureNote, there = c.SecureNote, c.SecureNote != nil
	case CardType:
		kept.Card, there = c.Card, c.Card != nil
	case IdentityType:
		kept.Identity, there = c.Identity, c.Identity != nil
	case SSHKeyType:
		kept.SSHKey, there = c.SSHKey, c.SSHKey != nil
	case BankAccountType:
		kept.BankAccount, there = c.BankAccount, c.BankAccount != nil
	case DriversLicenseType:
		kept.DriversLicense, there = c.DriversLicense, c.DriversLicense != nil
	case PassportType:
		kept.Passport, there = c.Passport, c.Passport != nil
	default:
		return c, fault.Field("type", fmt.Sprintf("Items of type %d are not known to this server.", t))
	}
	if !there && c.Data == nil {
		return c, fault.Field("type", "The item lacks the part that belongs to its type.")
	}
	return kept, nil
}
