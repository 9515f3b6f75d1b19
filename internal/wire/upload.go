package wire

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"

	"github.com/kastellan/kastellan/internal/fault"
)

// maxField bounds a field that comes with a file; a wrapped key has a few hundred bytes.
const maxField = 4 << 10

// Upload is a form that brings a file as its part "data".
type Upload struct {
	Name   string            // of the file, as the form says: ciphertext
	Fields map[string]string // those before the file
	Body   io.Reader         // the file; it is read as it arrives and can be read once
}

// ReadUpload opens the form of a route that declares Upload. Fields count when they come
// before the file, where all clients put them.
func ReadUpload(w http.ResponseWriter, r *http.Request) (Upload, error) {
	r.Body = &patientBody{r.Body, newPace(w)}
	form, err := r.MultipartReader()
	if err != nil {
		return Upload{}, fault.Wrap(fault.Invalid, "The request must be a form with a file (multipart/form-data).", err)
	}
	u := Upload{Fields: map[string]string{}}
	for range 10 {
		part, err := form.NextPart()
		if err != nil {
			return Upload{}, partFault(err)
		}
		if part.FormName() == "data" {
			u.Name, u.Body = fileName(part), part
			return u, nil
		}
		if err := u.field(part); err != nil {
			return Upload{}, err
		}
	}
	return Upload{}, partFault(io.EOF)
}

// fileName is the name that the form gives, all of it: part.FileName would take a slash in
// the ciphertext for the end of a folder.
func fileName(part *multipart.Part) string {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return ""
	}
	return params["filename"]
}

func (u Upload) field(part *multipart.Part) error {
	text, err := io.ReadAll(io.LimitReader(part, maxField+1))
	if err != nil {
		return partFault(err)
	}
	if len(text) > maxField {
		return fault.Field(part.FormName(), "A field of the form is too long.")
	}
	u.Fields[part.FormName()] = string(text)
	return nil
}

func partFault(err error) error {
	if errors.Is(err, io.EOF) {
		return fault.Field("data", "The form brings no file.")
	}
	if e, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return bodyFault(e)
	}
	return fault.Wrap(fault.Invalid, "The form cannot be read.", err)
}

// patientBody gives each read its own time.
type patientBody struct {
	io.ReadCloser
	pace pace
}

func (b *patientBody) Read(p []byte) (int, error) {
	b.pace.read()
	n, err := b.ReadCloser.Read(p)
	b.pace.bytes += int64(n)
	if e, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return n, bodyFault(e)
	}
	return n, err
}
