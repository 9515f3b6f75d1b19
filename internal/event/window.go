package event

import (
	"time"

	"github.com/kastellan/kastellan/internal/fault"
)

// The window that a log is read in: without both of its ends, the last 30 days
// and all of today.
const (
	usualWindow  = 30
	widestWindow = 367 * 24 * time.Hour
)

// Window gives the ends of the window that was asked for, in order.
func Window(start, end, now time.Time) (from, to time.Time, err error) {
	if start.IsZero() || end.IsZero() {
		today := now.UTC().Truncate(24 * time.Hour)
		return today.AddDate(0, 0, -usualWindow), today.AddDate(0, 0, 1).Add(-time.Microsecond), nil
	}
	if end.Before(start) {
		start, end = end, start
	}
	if end.Sub(start) > widestWindow {
		return from, to, fault.New(fault.Invalid, "At most 367 days can be read at a time.")
	}
	return start, end, nil
}

// moments are the forms in which clients write a moment; without a zone it is UTC.
var moments = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02"}

// ParseMoment reads an end of a window; an empty one is the zero time.
func ParseMoment(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range moments {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fault.New(fault.Invalid, "A date cannot be read. Write it like 2026-11-22T10:00:00Z.")
}
