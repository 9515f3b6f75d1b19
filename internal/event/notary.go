package event

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"

	"github.com/kastellan/kastellan/internal/token"
)

// Notary makes and checks what proves that a log is as the server wrote it. Its
// key is not in the database, so that whoever can write there cannot do the same.
type Notary struct{ key []byte }

// NewNotary derives the key from the server's secret.
func NewNotary(k *token.Keeper) *Notary { return &Notary{key: k.MACKey("event chain")} }

// What a proof is about. Each is one byte, so that none passes for another; a
// change of what is encoded, or in which order, takes a new version.
const (
	proofOfEntry  = 'e'
	proofOfEnds   = 'c'
	proofOfAnchor = 'a'
	proofVersion  = 1
)

// proof is a sum over values, each with its length and kind before it, so that
// no two lists of values are the same bytes.
type proof struct{ sum hash.Hash }

func (n *Notary) begin(about byte) proof {
	p := proof{hmac.New(sha256.New, n.key)}
	p.sum.Write([]byte{about, proofVersion})
	return p
}

// add takes what the databases give for a column: nothing, a text, a number or
// bytes. Anything else stands in no log that the server wrote.
func (p proof) add(value any) {
	switch v := value.(type) {
	case nil:
		p.write('n', nil)
	case string:
		p.write('t', []byte(v))
	case int64:
		p.write('i', binary.BigEndian.AppendUint64(nil, uint64(v)))
	case []byte:
		p.write('b', v)
	default:
		p.write('?', fmt.Appendf(nil, "%T %v", v, v))
	}
}

func (p proof) write(kind byte, value []byte) {
	head := binary.BigEndian.AppendUint32([]byte{kind}, uint32(len(value)))
	p.sum.Write(head)
	p.sum.Write(value)
}

// ofEntry is the mac of an entry: over the one before it, its place and all of its
// columns.
func (n *Notary) ofEntry(before []byte, e *link) []byte {
	p := n.begin(proofOfEntry)
	p.add(before)
	p.add(e.seq)
	for _, c := range e.columns {
		p.add(c)
	}
	return p.sum.Sum(nil)
}

// ofEnds is the seal of a log's ends.
func (n *Notary) ofEnds(c ends) []byte {
	p := n.begin(proofOfEnds)
	p.add(c.log)
	p.add(c.seq)
	p.add(c.mac)
	p.add(c.sweptSeq)
	p.add(c.sweptMAC)
	return p.sum.Sum(nil)
}

func (n *Notary) sealed(c ends) bool { return hmac.Equal(c.seal, n.ofEnds(c)) }
