package baseline

import (
	"errors"

	"github.com/kastellan/kastellan/internal/fault"
)

// about makes a refusal one of a subject: fields of its data get its name in
// front, and one without fields becomes that of the subject itself.
func about(subject Subject, err error) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.Invalid {
		return err
	}
	out := &fault.Error{Kind: fault.Invalid, Msg: f.Msg, Fields: map[string][]string{}}
	for name, problems := range f.Fields {
		out.Fields[string(subject)+"."+name] = problems
	}
	if len(f.Fields) == 0 {
		out.Fields[string(subject)] = []string{f.Msg}
	}
	return out
}

// sentence gives what a person can be told of a failure, which is nothing when
// there was none; ok is false for those that are the server's own.
func sentence(err error) (text string, ok bool) {
	if err == nil {
		return "", true
	}
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind == fault.Internal {
		return "", false
	}
	return f.Msg, true
}
