package signalr

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/vmihailenco/msgpack/v5"

	"github.com/kastellan/kastellan/internal/push"
)

// kind is the first element of a message.
type kind int

const (
	kindInvocation kind = 1
	kindPing       kind = 6
	kindClose      kind = 7
)

// Ping is the frame that keeps a connection alive.
func Ping() []byte { return frame([]any{int(kindPing)}) }

// Close is the frame that ends a connection: the client is told whether it may come back.
func Close(comeBack bool) []byte { return frame([]any{int(kindClose), nil, comeBack}) }

// Invocation is the frame by which a client hears something: target names who listens
// to it there.
func Invocation(target string, argument push.Fields) []byte {
	// No headers, no invocation that asks for an answer, no streams.
	return frame([]any{int(kindInvocation), push.Fields{}, nil, target, []any{argument}, []any{}})
}

// frame writes one message with its length.
func frame(message []any) []byte {
	var body bytes.Buffer
	e := msgpack.NewEncoder(&body)
	e.UseCompactInts(true)
	e.SetSortMapKeys(true)
	if err := encode(e, message); err != nil {
		panic(err) // messages are made here, of kinds that encode knows
	}
	return append(binary.AppendUvarint(make([]byte, 0, body.Len()+3), uint64(body.Len())), body.Bytes()...)
}

func encode(e *msgpack.Encoder, v any) error {
	switch v := v.(type) {
	case push.Fields:
		return encodeFields(e, v)
	case []any:
		if err := e.EncodeArrayLen(len(v)); err != nil {
			return err
		}
		for _, one := range v {
			if err := encode(e, one); err != nil {
				return err
			}
		}
		return nil
	case time.Time:
		return encodeTime(e, v)
	case nil, bool, int, string, []string, map[string]any:
		return e.Encode(v)
	}
	return fmt.Errorf("signalr: no form for %T", v)
}

func encodeFields(e *msgpack.Encoder, fields push.Fields) error {
	if err := e.EncodeMapLen(len(fields)); err != nil {
		return err
	}
	for _, f := range fields {
		if err := e.EncodeString(f.Name); err != nil {
			return err
		}
		if err := encode(e, f.Value); err != nil {
			return err
		}
	}
	return nil
}

// encodeTime writes the form of eight bytes also where a shorter one would do: it is the
// one that official servers send, and so the one that all apps have read before.
func encodeTime(e *msgpack.Encoder, at time.Time) error {
	const extension = -1
	if err := e.EncodeExtHeader(extension, 8); err != nil {
		return err
	}
	_, err := e.Writer().Write(binary.BigEndian.AppendUint64(nil, uint64(at.Nanosecond())<<34|uint64(at.Unix())&(1<<34-1)))
	return err
}
