package wire

import (
	"net/http"
	"time"
)

const (
	// patience is how long one read or write of a long transfer may take. The limits of a
	// whole request are for short ones; a slow line may need an hour for a large file.
	patience = time.Minute
	// grace is how long a transfer may be slower than slowest, altogether.
	grace = 5 * time.Minute
	// slowest is how many bytes of a transfer must come or go each second on average, or a
	// byte a minute would hold a connection for years.
	slowest = 4 << 10
	// answerTime is how long the answer to an upload may take after its last byte.
	answerTime = 5 * time.Minute
)

// pace holds a long transfer to its time.
type pace struct {
	conn  *http.ResponseController
	began time.Time
	bytes int64 // that came or went
}

func newPace(w http.ResponseWriter) pace {
	return pace{conn: http.NewResponseController(w), began: time.Now()} //nolint:forbidigo // connections know no other time
}

// due is by when the next bytes must have come or gone.
func (p pace) due() time.Time {
	soon := time.Now().Add(patience) //nolint:forbidigo // connections know no other time
	late := p.began.Add(grace + time.Duration(p.bytes/slowest)*time.Second)
	if late.Before(soon) {
		return late
	}
	return soon
}

// Not every ResponseWriter has a connection; without one there is nothing to extend.

func (p pace) read() {
	due := p.due()
	_ = p.conn.SetReadDeadline(due)
	_ = p.conn.SetWriteDeadline(due.Add(answerTime)) // the one of short requests may be over by then
}

func (p pace) write() { _ = p.conn.SetWriteDeadline(p.due()) }
