package wire_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kastellan/kastellan/internal/wire"
)

// line is a connection that moves some bytes in each step, and keeps deadlines.
type line struct {
	*httptest.ResponseRecorder
	bytes       int
	step        time.Duration
	here        int // bytes of this step that are not moved yet
	left        int // bytes that the other side brings
	read, write time.Time
}

func (l *line) SetReadDeadline(t time.Time) error  { l.read = t; return nil }
func (l *line) SetWriteDeadline(t time.Time) error { l.write = t; return nil }

// moved says how many of at most n bytes go on, once it is their time.
func (l *line) moved(n int, deadline time.Time) (int, error) {
	if l.here == 0 {
		time.Sleep(min(l.step, time.Until(deadline)))
		l.here = l.bytes
	}
	if !time.Now().Before(deadline) {
		return 0, os.ErrDeadlineExceeded
	}
	n = min(n, l.here)
	l.here -= n
	return n, nil
}

func (l *line) Read(p []byte) (int, error) {
	n, err := l.moved(min(len(p), l.left), l.read)
	clear(p[:n])
	l.left -= n
	if err == nil && n == 0 {
		err = io.EOF
	}
	return n, err
}

func (l *line) Write(p []byte) (done int, err error) {
	for done < len(p) && err == nil {
		var n int
		n, err = l.moved(len(p)-done, l.write)
		done += n
	}
	return done, err
}

// TestALongTransferMayBeSlowAndNotEndless in both directions.
func TestALongTransferMayBeSlowAndNotEndless(t *testing.T) {
	const size = 20 << 20
	for name, c := range map[string]struct {
		bytes int
		step  time.Duration
		whole bool
	}{
		"an hour":                {bytes: 6 << 10, step: time.Second, whole: true},
		"a pause":                {bytes: size / 2, step: 59 * time.Second, whole: true},
		"silence":                {bytes: size / 2, step: 61 * time.Second},
		"a byte before each end": {bytes: 1, step: 59 * time.Second},
		"a little all the time":  {bytes: 1 << 10, step: time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				up := &line{ResponseRecorder: httptest.NewRecorder(), bytes: c.bytes, step: c.step, left: size}
				head := "--x\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\n"
				r := httptest.NewRequest(http.MethodPost, "/", io.MultiReader(bytes.NewReader([]byte(head)), up))
				r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
				form, err := wire.ReadUpload(up, r)
				if err == nil {
					_, err = io.Copy(io.Discard, form.Body)
				}
				held(t, "upload", began, c.whole, !errors.Is(err, os.ErrDeadlineExceeded))
				if c.whole && up.write.Before(time.Now().Add(time.Minute)) {
					t.Error("there is no time left for the answer")
				}

				began = time.Now()
				whole := false
				func() {
					defer func() { _ = recover() }() // how a download is cut off
					down := &line{ResponseRecorder: httptest.NewRecorder(), bytes: c.bytes, step: c.step}
					whole = wire.File(down, io.NopCloser(struct{ io.Reader }{bytes.NewReader(make([]byte, size))}), size) == nil
				}()
				held(t, "download", began, c.whole, whole)
			})
		})
	}
}

func held(t *testing.T, what string, began time.Time, want, whole bool) {
	t.Helper()
	if whole != want {
		t.Errorf("%s: came to its end %t, want %t", what, whole, want)
	}
	if took := time.Since(began); !whole && took > 15*time.Minute {
		t.Errorf("%s: the connection was held for %s", what, took)
	}
}
