package signalr

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/vmihailenco/msgpack/v5"

	"github.com/kastellan/kastellan/internal/push"
)

// TestFramesAreTheBytesOfTheProtocol holds them to the published description, byte by byte.
func TestFramesAreTheBytesOfTheProtocol(t *testing.T) {
	for name, tt := range map[string]struct {
		frame []byte
		want  string
	}{
		"ping":            {Ping(), "02 91 06"},
		"close":           {Close(false), "04 93 07 c0 c2"},
		"close, to renew": {Close(true), "04 93 07 c0 c3"},
		"invocation": {
			Invocation("T", push.Fields{{Name: "N", Value: nil}, {Name: "D", Value: time.Unix(1, 2)}}),
			// 1, no headers, no id, the target, its arguments, no streams
			"18 96 01 80 c0 a1 54 91 82 a1 4e c0 a1 44 d7 ff 00 00 00 08 00 00 00 01 90",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got, want := hex.EncodeToString(tt.frame), strings.ReplaceAll(tt.want, " ", ""); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		})
	}
}

func TestEveryKindOfValueIsWritten(t *testing.T) {
	at := time.Date(2026, 11, 3, 12, 0, 0, 123456000, time.UTC)
	long := strings.Repeat("x", 300)
	frame := Invocation("Target", push.Fields{
		{Name: "Text", Value: long}, {Name: "List", Value: []string{"a", "b"}}, {Name: "Number", Value: 300}, {Name: "Yes", Value: true},
		{Name: "At", Value: at}, {Name: "Inner", Value: push.Fields{{Name: "Nothing", Value: nil}}},
		{Name: "Data", Value: map[string]any{"minLength": 14.0, "useUpper": true, "list": []any{"x"}}},
	})
	length, n := binary.Uvarint(frame)
	if int(length) != len(frame)-n {
		t.Fatalf("the length is %d of %d", length, len(frame)-n)
	}
	var got []any
	if err := msgpack.NewDecoder(bytes.NewReader(frame[n:])).Decode(&got); err != nil {
		t.Fatal(err)
	}
	want := []any{int8(1), map[string]any{}, nil, "Target", []any{map[string]any{
		"Text": long, "List": []any{"a", "b"}, "Number": uint16(300), "Yes": true, "At": at, "Inner": map[string]any{"Nothing": nil},
		"Data": map[string]any{"minLength": 14.0, "useUpper": true, "list": []any{"x"}},
	}}, []any{}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatClientsSayIsRead(t *testing.T) {
	long := append([]byte{0x80 | 0x03, 0x01, 0xdc, 0x00, 0x01, 0x01}, make([]byte, 131-4)...) // of two groups
	for name, tt := range map[string]struct {
		frame  []byte
		closes bool
		fails  bool
	}{
		"ping":                  {frame: Ping()},
		"two pings":             {frame: append(Ping(), Ping()...)},
		"goodbye":               {frame: Close(false), closes: true},
		"goodbye after a ping":  {frame: append(Ping(), Close(true)...), closes: true},
		"a call":                {frame: Invocation("Anything", nil)},
		"a long one":            {frame: long},
		"nothing":               {frame: nil},
		"a length and no more":  {frame: []byte{2}, fails: true},
		"a length without end":  {frame: []byte{0x80}, fails: true},
		"a length too long":     {frame: []byte{0x80, 0x80, 0x80, 1}, fails: true},
		"shorter than its word": {frame: []byte{9, 0x91, 6}, fails: true},
		"an empty message":      {frame: []byte{0}, fails: true},
		"an empty list":         {frame: []byte{1, 0x90}, fails: true},
		"no list":               {frame: []byte{1, 0xc0}, fails: true},
		"no number":             {frame: []byte{2, 0x91, 0xc0}, fails: true},
		"too much":              {frame: bytes.Repeat(Ping(), MaxFrame), fails: true},
	} {
		t.Run(name, func(t *testing.T) {
			closes, err := Closes(tt.frame)
			if closes != tt.closes || (err != nil) != tt.fails {
				t.Errorf("closes %t, error %v", closes, err)
			}
		})
	}
}

// FuzzCloses: whatever comes, either it fails or all of it was messages.
func FuzzCloses(f *testing.F) {
	f.Add(append(Ping(), Close(false)...))
	f.Add([]byte{0x80, 1, 0x91, 6})
	f.Fuzz(func(t *testing.T, frame []byte) {
		closes, err := Closes(frame)
		if err != nil {
			if closes {
				t.Error("a malformed frame says goodbye")
			}
			return
		}
		if len(frame) > MaxFrame {
			t.Errorf("%d bytes are accepted", len(frame))
		}
		again, err := Closes(append(bytes.Clone(frame), Close(true)...))
		if len(frame)+5 <= MaxFrame && (err != nil || !again) {
			t.Errorf("the frame did not end where it seemed to: %t, %v", again, err)
		}
	})
}

func FuzzHandshake(f *testing.F) {
	f.Add([]byte(`{"protocol":"messagepack","version":1}` + "\x1e"))
	f.Fuzz(func(t *testing.T, frame []byte) {
		if err := Handshake(frame); err == nil && (frame[len(frame)-1] != separator || bytes.Count(frame, []byte{separator}) != 1) {
			t.Errorf("%q is accepted", frame)
		}
	})
}
