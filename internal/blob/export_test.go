package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// The names that the tests of other doors need.
var (
	NewName = newName
	Ours    = ours
)

// Impatient is the body of a download that ends after a silence.
func Impatient(from io.ReadCloser, cancel func(), silence time.Duration) io.ReadCloser {
	return newImpatient(from, cancel, silence)
}

// At has f called at each step of a directory that a crash may come after.
func (d *Directory) At(f func(step string)) *Directory {
	d.at = f
	return d
}

// Through sends all requests of a bucket through a transport.
func (s *S3) Through(t http.RoundTripper) *S3 {
	options := s.client.Options()
	options.HTTPClient = &http.Client{Transport: t}
	s.client = s3.New(options)
	return s
}

// LeaveHalf leaves what an upload leaves whose process was killed.
func LeaveHalf(ctx context.Context, store Store, body io.Reader) error {
	switch s := store.(type) {
	case *Directory:
		root, err := s.open()
		if err != nil {
			return err
		}
		defer root.Close()
		return s.write(root, incoming+"/"+newName()[3:], body)
	case *S3:
		name := newName()
		begun, err := s.client.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: s.bucket(), Key: s.key(name)})
		if err != nil {
			return err
		}
		u := &upload{store: s, name: name, id: begun.UploadId}
		first := &part{most: s.part}
		if _, err := first.fill(body); err != nil {
			return err
		}
		return u.sendPart(ctx, first.bytes)
	}
	return errors.New("unknown store")
}

// Halves counts what LeaveHalf leaves.
func Halves(ctx context.Context, store Store) (n int, err error) {
	switch s := store.(type) {
	case *Directory:
		list, err := os.ReadDir(filepath.Join(s.path, incoming))
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return len(list), err
	case *S3:
		out, err := s.client.ListMultipartUploads(ctx, &s3.ListMultipartUploadsInput{Bucket: s.bucket()})
		if err != nil {
			return 0, err
		}
		return len(out.Uploads), nil
	}
	return 0, errors.New("unknown store")
}

// PutForeign stores a file as somebody else would.
func PutForeign(ctx context.Context, store Store, name string, body io.Reader) error {
	switch s := store.(type) {
	case *Directory:
		text, err := io.ReadAll(body)
		if err != nil {
			return err
		}
		file := filepath.Join(s.path, name)
		return errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, text, 0o600))
	case *S3:
		_, err := s.client.PutObject(ctx, &s3.PutObjectInput{Bucket: s.bucket(), Key: s.key(name), Body: body})
		return err
	}
	return errors.New("unknown store")
}
