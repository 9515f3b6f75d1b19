package client

import (
	"encoding/json"
	"fmt"
	"maps"

	"github.com/kastellan/kastellan/client/seal"
)

// sealedSend is a Send as the server stores it. All that it says goes back as it
// is, but for the key; package send reads the rest.
type sealedSend map[string]json.RawMessage

// under wraps the seed of a Send under another key. Everything else of it is
// encrypted under the seed, which stays.
func (s sealedSend) under(from, to seal.Key) (sealedSend, error) {
	var wrapped seal.EncString
	if err := json.Unmarshal(s["key"], &wrapped); err != nil {
		return nil, fmt.Errorf("key of Send %s: %w", s["id"], err)
	}
	seed, err := from.UnwrapSeed(wrapped)
	if err != nil {
		return nil, fmt.Errorf("key of Send %s: %w", s["id"], err)
	}
	out := maps.Clone(s)
	// The server tells that there is a password, not which: it must keep its own.
	delete(out, "password")
	if out["key"], err = json.Marshal(to.WrapSeed(seed)); err != nil {
		return nil, fmt.Errorf("key of Send %s: %w", s["id"], err)
	}
	return out, nil
}
