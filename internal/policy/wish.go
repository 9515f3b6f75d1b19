package policy

import (
	"encoding/json"
	"fmt"

	"github.com/kastellan/kastellan/internal/fault"
)

// Check holds what somebody wants a policy to be to what the type asks of its
// data, which it gives as it would be stored. Of the organization it knows
// nothing.
func Check(t Type, enabled bool, raw json.RawMessage) (string, error) {
	if !t.Known() {
		return "", fault.New(fault.Invalid, "There is no such policy.")
	}
	return parse(t, enabled, raw)
}

// Conflicts tells which of several policies, wanted at the same time, no
// organization could have, and why: they depend on what shall be off, or on what
// another of them says otherwise.
func Conflicts(wanted map[Type]Policy) (map[Type]string, error) {
	out := map[Type]string{}
	off := func(t Type) bool { p, named := wanted[t]; return named && !p.Enabled }
	for t, p := range wanted {
		if !p.Enabled {
			continue
		}
		for _, needed := range kinds[t].needs {
			if off(needed) {
				out[t] = fmt.Sprintf("The policy “%s” depends on “%s”, which shall be off.", t, needed)
			}
		}
	}
	if wanted[ClaimedDomains].Enabled && off(SingleOrg) {
		out[ClaimedDomains] = fmt.Sprintf("The policy “%s” needs a claimed domain, with which “%s” stays on.", ClaimedDomains, SingleOrg)
	}
	return out, sendConflicts(wanted, out)
}

// sendConflicts adds the older types about Sends that are not what the newer one
// makes of them.
func sendConflicts(wanted map[Type]Policy, out map[Type]string) error {
	newer, both := wanted[SendControls]
	if !both {
		return nil
	}
	follow, err := olderSends(newer, map[Type]Policy{DisableSend: {Type: DisableSend}, SendOptions: {Type: SendOptions}})
	for _, p := range follow {
		if w, named := wanted[p.Type]; named && w.Enabled != p.Enabled {
			out[p.Type] = fmt.Sprintf("The policies “%s” and “%s” say different things. Leave one of them out.", p.Type, SendControls)
		}
	}
	return err
}
