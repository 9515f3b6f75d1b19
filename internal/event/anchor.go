package event

import (
	"crypto/hmac"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/fault"
)

// Anchor is where all logs ended at one moment. Kept where nobody who can change
// the database can change it too, it proves later that nothing was cut off their
// ends since: what the chains by themselves cannot.
type Anchor struct {
	At   time.Time
	Logs map[string]End
}

// End is where one log ended.
type End struct {
	Entries int64 // ever written, also swept ones
	MAC     []byte
}

func (n *Notary) anchorOf(chains map[string]*ends, at time.Time) Anchor {
	a := Anchor{At: at, Logs: make(map[string]End, len(chains))}
	for log, e := range chains {
		a.Logs[log] = End{e.seq, e.mac}
	}
	return a
}

// anchorFile is an anchor as it is kept.
type anchorFile struct {
	Format string               `json:"format"`
	At     time.Time            `json:"at"`
	Logs   map[string]anchorEnd `json:"logs"`
	Seal   string               `json:"seal"`
}

type anchorEnd struct {
	Entries int64  `json:"entries"`
	MAC     string `json:"mac"`
}

const anchorFormat = "kastellan audit log anchor 1"

// Encode writes an anchor for keeping.
func (n *Notary) Encode(a Anchor) []byte {
	f := anchorFile{Format: anchorFormat, At: a.At, Logs: map[string]anchorEnd{}, Seal: hex.EncodeToString(n.ofAnchor(a))}
	for log, e := range a.Logs {
		f.Logs[log] = anchorEnd{e.Entries, hex.EncodeToString(e.MAC)}
	}
	out, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		panic(err) // texts and numbers always marshal
	}
	return append(out, '\n')
}

// Decode reads an anchor that this server wrote.
func (n *Notary) Decode(text []byte) (Anchor, error) {
	var f anchorFile
	if err := json.Unmarshal(text, &f); err != nil || f.Format != anchorFormat {
		return Anchor{}, fault.New(fault.Invalid, "The file is no anchor of an audit log.")
	}
	a := Anchor{At: f.At.UTC(), Logs: map[string]End{}}
	for log, e := range f.Logs {
		mac, err := hex.DecodeString(e.MAC)
		if err != nil {
			return Anchor{}, fault.New(fault.Invalid, "The anchor is damaged.")
		}
		a.Logs[log] = End{e.Entries, mac}
	}
	if seal, err := hex.DecodeString(f.Seal); err != nil || !hmac.Equal(seal, n.ofAnchor(a)) {
		return Anchor{}, fault.New(fault.Invalid, "The anchor was changed, or written by a server with another secret key.")
	}
	return a, nil
}

func (n *Notary) ofAnchor(a Anchor) []byte {
	p := n.begin(proofOfAnchor)
	p.add(a.At.UnixMicro())
	for _, log := range slices.Sorted(maps.Keys(a.Logs)) {
		p.add(log)
		p.add(a.Logs[log].Entries)
		p.add(a.Logs[log].MAC)
	}
	return p.sum.Sum(nil)
}
