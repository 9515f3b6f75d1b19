package policy

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// disableSend and sendOptions are what older clients know of sendControls.
var (
	disableSend = kind{name: "Remove Send", free: ownersAndAdmins}
	sendOptions = kind{
		name: "Send options", free: ownersAndAdmins,
		read: func(d *data, _ bool) { d.flag("disableHideEmail") },
	}
)

// sendControls: what members may send, to whom and for how long.
var sendControls = kind{
	name: "Send controls", free: ownersAndAdmins,
	read: func(d *data, _ bool) {
		d.flag("disableSend", "disableHideEmail")
		d.whole("whoCanAccess", int(Anybody), int(SpecificPeople))
		if d.line("allowedDomains", 1000) != "" && d.out["whoCanAccess"] != int(SpecificPeople) {
			d.fail("allowedDomains", "Domains can only be given when Sends are for specific people.")
		}
		d.whole("deletionHours", 1, 31*24)
		d.sendTypes()
	},
}

// sendTypes reads the types of Sends that are allowed, by their numbers.
func (d *data) sendTypes() {
	const name, limit = "allowedSendTypes", 20
	var list []int
	if !d.take(name, &list, "a list of whole numbers") {
		return
	}
	for _, n := range list {
		if n < 0 || n >= limit {
			d.fail(name, "One of the types of Sends is not known.")
			return
		}
	}
	if len(list) > limit {
		d.fail(name, "The list of types of Sends is too long.")
		return
	}
	d.out[name] = list
}

// SendAccess is for whom a Send may be, by its number on the wire.
type SendAccess int

// The kinds of access; each is stricter than those before.
const (
	Anybody SendAccess = iota
	WithPassword
	SpecificPeople
)

// Sends is what an account may do with Sends. The zero value allows everything.
type Sends struct {
	Disabled      bool
	MustShowEmail bool
	Access        SendAccess
	Domains       []string // to whose addresses alone Sends may go; nil for any
	DeletionHours int      // that a Send lives at most; 0 for no limit
	Types         []int    // that are allowed; nil for any
}

type sendData struct {
	DisableSend      bool       `json:"disableSend,omitempty"`
	DisableHideEmail bool       `json:"disableHideEmail,omitempty"`
	WhoCanAccess     SendAccess `json:"whoCanAccess,omitempty"`
	AllowedDomains   string     `json:"allowedDomains,omitempty"`
	DeletionHours    int        `json:"deletionHours,omitempty"`
	AllowedSendTypes []int      `json:"allowedSendTypes,omitempty"`
}

// SendRules gives what an account may do with Sends: of all organizations that
// bind it, the strictest of each. One statement.
func SendRules(ctx context.Context, tx *db.Tx, user id.User) (Sends, error) {
	var out Sends
	list, err := binding(ctx, tx, user, SendControls)
	for _, p := range list {
		var d sendData
		if err := stored(p, &d); err != nil {
			return Sends{}, err
		}
		out = out.with(d)
	}
	return out, err
}

func (s Sends) with(d sendData) Sends {
	s.Disabled = s.Disabled || d.DisableSend
	s.MustShowEmail = s.MustShowEmail || d.DisableHideEmail
	s.Access = max(s.Access, d.WhoCanAccess)
	s.Domains = common(s.Domains, domainList(d.AllowedDomains))
	s.Types = common(s.Types, d.AllowedSendTypes)
	if d.DeletionHours > 0 && (s.DeletionHours == 0 || d.DeletionHours < s.DeletionHours) {
		s.DeletionHours = d.DeletionHours
	}
	return s
}

func domainList(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.ToLower(strings.TrimSpace(part)); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// common is what two lists allow together, where nil allows everything.
func common[T comparable](a, b []T) []T {
	if a == nil || b == nil {
		return append(a, b...)
	}
	out := []T{}
	for _, x := range a {
		for _, y := range b {
			if x == y {
				out = append(out, x)
			}
		}
	}
	return out
}

// inSync gives the rows that follow from a saved one, so that the two older
// types and their successor always say the same.
func inSync(saved Policy, rows map[Type]Policy) ([]Policy, error) {
	switch saved.Type {
	case SendControls:
		return olderSends(saved, rows)
	case DisableSend, SendOptions:
		next, err := newerSends(saved, rows)
		return []Policy{next}, err
	default:
		return nil, nil
	}
}

func olderSends(saved Policy, rows map[Type]Policy) ([]Policy, error) {
	var d sendData
	if err := stored(saved, &d); err != nil {
		return nil, err
	}
	off, options := rows[DisableSend], rows[SendOptions]
	off.Enabled = saved.Enabled && d.DisableSend
	options.Enabled = saved.Enabled && d.DisableHideEmail
	options.Data = fmt.Sprintf(`{"disableHideEmail":%t}`, d.DisableHideEmail)
	return []Policy{off, options}, nil
}

func newerSends(saved Policy, rows map[Type]Policy) (Policy, error) {
	off, options, next := rows[DisableSend], rows[SendOptions], rows[SendControls]
	if saved.Type == DisableSend {
		off = saved
	} else {
		options = saved
	}
	var d, o sendData
	if err := stored(next, &d); err != nil {
		return next, err
	}
	if err := stored(options, &o); err != nil {
		return next, err
	}
	if !next.Enabled {
		// What was kept while it was off does not come on by the back door.
		d = sendData{}
	}
	d.DisableSend, d.DisableHideEmail = off.Enabled, options.Enabled && o.DisableHideEmail
	text, err := json.Marshal(d)
	if err != nil {
		return next, fault.Wrap(fault.Internal, "", err)
	}
	next.Data, next.Enabled = string(text), string(text) != noData
	return next, nil
}
