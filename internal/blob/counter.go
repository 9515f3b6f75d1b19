package blob

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/kastellan/kastellan/internal/fault"
)

// counter counts what is read and stops with a fault after too much. The first failure
// stays, since stores report it in words of their own.
type counter struct {
	ctx  context.Context // ends an upload that takes too long
	from io.Reader
	left int64
	read int64
	err  error
}

func (c *counter) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	if err := c.ctx.Err(); err != nil {
		c.err = cutOff(err)
		return 0, c.err
	}
	n, err := c.from.Read(p)
	c.read += int64(n)
	c.left -= int64(n)
	switch {
	case c.left < 0:
		c.err = fault.New(fault.TooLarge, "The file is larger than was announced, or than this server accepts.")
	case err != nil && !errors.Is(err, io.EOF):
		c.err = cutOff(err)
	default:
		return n, err
	}
	return n, c.err
}

func cutOff(err error) error {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f
	}
	return fault.Wrap(fault.Invalid, "The upload was cut off. Nothing was stored; please try again.", fmt.Errorf("read an upload: %w", err))
}
