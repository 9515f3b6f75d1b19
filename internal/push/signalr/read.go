package signalr

import (
	"bytes"
	"encoding/json"
	"errors"
)

// ends a text of the handshake.
const separator = 0x1e

// MaxFrame is the most that a client has reason to send at once: a handshake, or a few
// pings.
const MaxFrame = 1 << 10

// The answers to a handshake.
var (
	Welcome = []byte("{}\x1e")
	Refusal = []byte(`{"error":"Only the protocol messagepack, version 1, is spoken here."}` + "\x1e")
)

var (
	errHandshake = errors.New("signalr: no handshake of the MessagePack protocol")
	errFrame     = errors.New("signalr: malformed frame")
)

// Handshake reads what a client begins with, and fails when it wants to speak anything
// but MessagePack.
func Handshake(frame []byte) error {
	text, rest, ended := bytes.Cut(frame, []byte{separator})
	if !ended || len(rest) > 0 || len(frame) > MaxFrame {
		return errHandshake
	}
	var said struct {
		Protocol string `json:"protocol"`
		Version  int    `json:"version"`
	}
	if err := json.Unmarshal(text, &said); err != nil || said.Protocol != "messagepack" || said.Version != 1 {
		return errHandshake
	}
	return nil
}

// Closes reads a frame of messages, and reports whether the client says goodbye in it.
// All else that clients may say has no meaning here: they call nothing.
func Closes(frame []byte) (bool, error) {
	if len(frame) > MaxFrame {
		return false, errFrame
	}
	closes := false
	for len(frame) > 0 {
		message, rest, err := cut(frame)
		if err != nil {
			return false, err
		}
		k, err := kindOf(message)
		if err != nil {
			return false, err
		}
		closes, frame = closes || k == kindClose, rest
	}
	return closes, nil
}

// cut takes the first message off a frame: the length in groups of seven bits, the
// lowest first, and then that many bytes.
func cut(frame []byte) (message, rest []byte, err error) {
	const groups = 2 // enough for MaxFrame
	length := 0
	for i := range groups {
		if i == len(frame) {
			break
		}
		length |= int(frame[i]&0x7f) << (7 * i)
		if frame[i]&0x80 == 0 {
			if rest = frame[i+1:]; length > len(rest) {
				return nil, nil, errFrame
			}
			return rest[:length], rest[length:], nil
		}
	}
	return nil, nil, errFrame
}

// kindOf reads the beginning of a message: it is a list, and its first element is the
// kind.
func kindOf(message []byte) (kind, error) {
	const fixArray, maskArray, array16 = 0x90, 0xf0, 0xdc
	switch {
	case len(message) >= 2 && message[0]&maskArray == fixArray && message[0] != fixArray:
		message = message[1:]
	case len(message) >= 4 && message[0] == array16:
		message = message[3:]
	default:
		return 0, errFrame
	}
	if message[0] > 0x7f { // not a small positive number
		return 0, errFrame
	}
	return kind(message[0]), nil
}
