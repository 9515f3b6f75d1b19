package apitest

import (
	"bytes"
	"crypto/rand"
	"mime/multipart"
	"testing"
)

// Upload is a body that brings a file.
type Upload struct {
	Type string
	Form []byte
}

// NewUpload makes the form of a file as clients send it; fields are names and values.
func NewUpload(t testing.TB, name string, body []byte, fields ...string) Upload {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i < len(fields); i += 2 {
		if err := w.WriteField(fields[i], fields[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("data", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return Upload{w.FormDataContentType(), b.Bytes()}
}

// Sealed has the shape of an encrypted file of n bytes.
func Sealed(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	b[0] = 2
	return b
}
