package policy

import (
	"time"

	"github.com/kastellan/kastellan/internal/id"
)

// Type is a kind of policy, by its number on the wire.
type Type int

// The types.
const (
	TwoStep             Type = 0
	MasterPasswordRules Type = 1
	Generator           Type = 2
	SingleOrg           Type = 3
	RequireSSO          Type = 4
	DataOwnership       Type = 5
	DisableSend         Type = 6
	SendOptions         Type = 7
	AccountRecovery     Type = 8
	Timeout             Type = 9
	NoPersonalExport    Type = 10
	ActivateAutofill    Type = 11
	SSOLogIn            Type = 12
	NoFamilies          Type = 13
	NoPIN               Type = 14
	ItemTypes           Type = 15
	URIMatch            Type = 16
	Autotype            Type = 17
	AutoConfirm         Type = 18
	ClaimedDomains      Type = 19
	Banner              Type = 20
	SendControls        Type = 21
	FillAssist          Type = 22

	numberOfTypes = 23
)

// Types are all types, by their numbers.
func Types() []Type {
	out := make([]Type, numberOfTypes)
	for i := range out {
		out[i] = Type(i)
	}
	return out
}

// Known tells whether there is such a type.
func (t Type) Known() bool { return t >= 0 && t < numberOfTypes }

// String is the type's name as sentences for people use it.
func (t Type) String() string {
	if !t.Known() {
		return "unknown"
	}
	return kinds[t].name
}

// Policy is one policy of one organization.
type Policy struct {
	ID      id.Policy // none while it was never saved
	Org     id.Org
	Type    Type
	Enabled bool
	// Data is a JSON object with the members that the type has; "{}" without any.
	Data      string
	CreatedAt time.Time
	RevisedAt time.Time
	// Fixed says that the policy cannot be turned off or on now, whatever its data.
	Fixed bool
}

const noData = "{}"

// HasData tells whether there is anything in Data.
func (p Policy) HasData() bool { return p.Data != "" && p.Data != noData }
