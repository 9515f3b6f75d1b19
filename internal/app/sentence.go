package app

import (
	"errors"
	"strings"

	"github.com/kastellan/kastellan/internal/fault"
)

// Sentence puts an error in words for the person at the console: the sentence of
// the fault in its chain, with the cause, which here may be seen.
func Sentence(err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err.Error()
	}
	if f.Err == nil {
		return f.Msg
	}
	cause := strings.Join(strings.Fields(f.Err.Error()), " ") // drivers break lines
	return f.Msg + " (" + cause + ")"
}
