package secondfactor

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // RFC 6238 says SHA-1, inside an HMAC
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"
)

const (
	keySize = 20 // bytes: as many as SHA-1 gives
	period  = 30 // seconds
	window  = 1  // steps that a clock may be wrong by
)

// ErrKey means that a text is no key of an authenticator.
var ErrKey = errors.New("not a key of an authenticator")

// Key is the secret that an authenticator app shares with the server.
type Key [keySize]byte

// NewKey makes a key.
func NewKey() Key {
	var k Key
	rand.Read(k[:])
	return k
}

var base32Text = base32.StdEncoding.WithPadding(base32.NoPadding)

// ParseKey reads what String writes. People copy keys by hand, so blanks and
// small letters do no harm.
func ParseKey(text string) (Key, error) {
	var k Key
	raw, err := base32Text.DecodeString(strings.ToUpper(strings.ReplaceAll(text, " ", "")))
	if err != nil || len(raw) != keySize {
		return Key{}, ErrKey
	}
	copy(k[:], raw)
	return k, nil
}

// Text is the key as authenticator apps take it. It is no String method, so that
// no log prints it.
func (k Key) Text() string { return base32Text.EncodeToString(k[:]) }

// String hides the key.
func (Key) String() string { return "Key(redacted)" }

// GoString hides the key.
func (Key) GoString() string { return "Key(redacted)" }

// StepOf is the number of the interval that a moment lies in.
func StepOf(at time.Time) int64 { return at.Unix() / period }

// Code is the code of one step.
func (k Key) Code(step int64) string {
	sum := hmac.New(sha1.New, k[:])
	sum.Write(binary.BigEndian.AppendUint64(nil, uint64(step)))
	digest := sum.Sum(nil)
	offset := digest[len(digest)-1] & 0xf
	number := binary.BigEndian.Uint32(digest[offset:]) & 0x7fffffff
	return fmt.Sprintf("%06d", number%1_000_000)
}

// Check looks for the step of which a code is right now, and which comes after
// the last one that was used. Every step of the window is compared, so that the
// time it takes tells nothing.
func (k Key) Check(code string, now time.Time, last int64) (step int64, right bool) {
	code = strings.ReplaceAll(code, " ", "") // apps show two groups of three
	for s := StepOf(now) - window; s <= StepOf(now)+window; s++ {
		same := subtle.ConstantTimeCompare([]byte(k.Code(s)), []byte(code)) == 1
		if same && s > last {
			step, right = s, true
		}
	}
	return step, right
}
