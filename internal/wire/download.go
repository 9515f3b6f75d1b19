package wire

import (
	"io"
	"net/http"
	"strconv"
)

// File answers with a file of size bytes, which apps decrypt. Whatever it holds, no
// browser may run it in the vault's origin (CVE-2025-5138): it is a download of no known
// type, in a sandbox without rights, and types are not guessed.
func File(w http.ResponseWriter, body io.ReadCloser, size int64) error {
	defer body.Close()
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", `attachment; filename="encrypted"`)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.FormatInt(size, 10))
	w.WriteHeader(http.StatusOK)
	n, err := io.Copy(&patientWriter{w, newPace(w)}, body)
	if err != nil || n != size {
		panic(http.ErrAbortHandler) // half a file must not pass for a whole one
	}
	return nil
}

// patientWriter gives each write its own time.
type patientWriter struct {
	http.ResponseWriter
	pace pace
}

func (w *patientWriter) Write(p []byte) (int, error) {
	w.pace.write()
	n, err := w.ResponseWriter.Write(p)
	w.pace.bytes += int64(n)
	return n, err
}
