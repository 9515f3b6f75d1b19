package seal

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// EncString is an encrypted string in its text form, "2.iv|ciphertext|mac".
// The empty EncString stands for a value that is absent.
type EncString string

// Type is the kind of encryption of an EncString.
type Type int

// The types that this package knows; the numbers are those of the wire.
const (
	AESCBC            Type = 0 // read only, only a user key under the bare master key
	AESCBCHMAC        Type = 2
	RSAOAEPSHA256     Type = 3 // read only
	RSAOAEPSHA1       Type = 4
	RSAOAEPSHA256HMAC Type = 5 // read only; the MAC is not checked by any client
	RSAOAEPSHA1HMAC   Type = 6 // read only; likewise
	COSE              Type = 7 // version 2, refused
)

// parts is how many base64 pieces a type has after its number.
var parts = map[Type]int{
	AESCBC: 2, AESCBCHMAC: 3,
	RSAOAEPSHA256: 1, RSAOAEPSHA1: 1, RSAOAEPSHA256HMAC: 2, RSAOAEPSHA1HMAC: 2,
	COSE: 1,
}

// Type returns the kind of encryption, and ErrSyntax when there is none.
func (e EncString) Type() (Type, error) {
	kind, _, err := e.split()
	return kind, err
}

// split returns the type and the decoded pieces.
func (e EncString) split() (Type, [][]byte, error) {
	kind, body, err := e.header()
	if err != nil {
		return 0, nil, err
	}
	pieces := strings.Split(body, "|")
	if len(pieces) != parts[kind] {
		return 0, nil, ErrSyntax
	}
	decoded := make([][]byte, len(pieces))
	for i, piece := range pieces {
		if decoded[i], err = decodeBase64(piece); err != nil || len(decoded[i]) == 0 {
			return 0, nil, ErrSyntax
		}
	}
	return kind, decoded, nil
}

func (e EncString) header() (Type, string, error) {
	head, body, found := strings.Cut(string(e), ".")
	if !found {
		// The oldest values have no number; two pieces meant type 0.
		return AESCBC, head, nil
	}
	if len(head) != 1 || head[0] < '0' || head[0] > '9' {
		return 0, "", ErrSyntax
	}
	kind := Type(head[0] - '0')
	if _, known := parts[kind]; !known {
		return 0, "", fmt.Errorf("type %d: %w", kind, ErrType)
	}
	return kind, body, nil
}

func text(kind Type, pieces ...[]byte) EncString {
	encoded := make([]string, len(pieces))
	for i, piece := range pieces {
		encoded[i] = base64.StdEncoding.EncodeToString(piece)
	}
	return EncString(fmt.Sprintf("%d.%s", kind, strings.Join(encoded, "|")))
}

// decodeBase64 accepts missing padding, which some old clients left out.
func decodeBase64(s string) ([]byte, error) {
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(s, "="))
}
