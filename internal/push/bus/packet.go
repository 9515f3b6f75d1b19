package bus

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"time"

	"github.com/kastellan/kastellan/internal/push"
)

// packet is what travels: messages, or none when a node only repeats its number.
type packet struct {
	Node     string
	Number   uint64 // of the last packet with messages, this one included
	At       time.Time
	Messages []push.Message `json:",omitempty"`
}

// fresh is how far the clocks of two nodes may differ, with the way in between.
const fresh = 2 * time.Minute

var (
	errForged = errors.New("bus: a packet that this server did not write")
	errStale  = errors.New("bus: a packet from another time: do the clocks of the nodes differ?")
)

func seal(key []byte, p packet) ([]byte, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	return append(code(key, text), text...), nil
}

func open(key, data []byte, now time.Time) (packet, error) {
	if len(data) < sha256.Size || !hmac.Equal(data[:sha256.Size], code(key, data[sha256.Size:])) {
		return packet{}, errForged
	}
	var p packet
	if err := json.Unmarshal(data[sha256.Size:], &p); err != nil {
		return packet{}, errors.Join(errForged, err)
	}
	if age := now.Sub(p.At); age > fresh || age < -fresh {
		return packet{}, errStale
	}
	return p, nil
}

func code(key, text []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(text)
	return mac.Sum(nil)
}

// Large audiences are split, so that a packet stays well below what NATS takes.
const (
	maxPeople   = 5_000
	maxMessages = 500
)

// pack splits messages into lists that fit into one packet each.
func pack(list []push.Message) [][]push.Message {
	var packets [][]push.Message
	var current []push.Message
	people := 0
	for _, m := range list {
		for rest := m.Users; len(rest) > 0; {
			n := min(len(rest), maxPeople)
			if people+n > maxPeople || len(current) == maxMessages {
				packets, current, people = append(packets, current), nil, 0
			}
			part := m
			part.Users, rest = rest[:n], rest[n:]
			current, people = append(current, part), people+n
		}
	}
	if len(current) > 0 {
		packets = append(packets, current)
	}
	return packets
}

// counts knows the numbers of the other nodes.
type counts map[string]count

type count struct {
	number uint64
	heard  time.Time
}

// note reports whether a packet is new, and whether something before it is missing.
func (c counts) note(p packet, now time.Time) (isNew, gap bool) {
	for node, known := range c {
		if now.Sub(known.heard) > 10*time.Minute { // it is gone; another start has another name
			delete(c, node)
		}
	}
	expected := c[p.Node].number // nothing, of a node that was not heard of before
	if len(p.Messages) > 0 {
		expected++
	}
	if p.Number < expected {
		return false, false
	}
	c[p.Node] = count{p.Number, now}
	return true, p.Number > expected
}
