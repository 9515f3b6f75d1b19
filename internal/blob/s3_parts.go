package blob

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/kastellan/kastellan/internal/fault"
)

// part is a piece of an upload in memory. It grows as bytes arrive, so that small files
// take little.
type part struct {
	bytes []byte
	most  int
}

// fill reads the next piece in place of the one before, and reports whether there may be
// more after it.
func (p *part) fill(body io.Reader) (more bool, err error) {
	p.bytes = p.bytes[:0]
	for len(p.bytes) < p.most {
		if len(p.bytes) == cap(p.bytes) {
			grown := make([]byte, len(p.bytes), min(p.most, max(256<<10, 2*cap(p.bytes))))
			copy(grown, p.bytes)
			p.bytes = grown
		}
		n, err := body.Read(p.bytes[len(p.bytes):cap(p.bytes)])
		p.bytes = p.bytes[:len(p.bytes)+n]
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// putParts sends a file in parts. One part is sent while the next is read.
func (s *S3) putParts(ctx context.Context, name string, first *part, body io.Reader) error {
	limited, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	begun, err := s.client.CreateMultipartUpload(limited, &s3.CreateMultipartUploadInput{Bucket: s.bucket(), Key: s.key(name)})
	if err != nil {
		return storeFault(err)
	}
	u := &upload{store: s, name: name, id: begun.UploadId}
	if err := u.send(ctx, first, body); err != nil {
		return errors.Join(storeFault(err), u.abort(ctx))
	}
	if err := u.complete(ctx); err != nil {
		// The service may have put it together and lost the answer.
		return errors.Join(storeFault(err), u.abort(ctx), s.forget(ctx, name))
	}
	return nil
}

// upload is one file on its way in parts.
type upload struct {
	store *S3
	name  string
	id    *string
	done  []types.CompletedPart
}

// mostParts is the limit of the service.
const mostParts = 10_000

func (u *upload) send(ctx context.Context, first *part, body io.Reader) error {
	full, free := first, &part{most: first.most}
	for more := true; ; {
		sent := make(chan error, 1)
		go func() { sent <- u.sendPart(ctx, full.bytes) }()
		var err error
		if more {
			more, err = free.fill(body)
		} else {
			free.bytes = free.bytes[:0]
		}
		if err := errors.Join(err, <-sent); err != nil {
			return err
		}
		if len(free.bytes) == 0 {
			return nil
		}
		if len(u.done) == mostParts {
			return fault.New(fault.TooLarge, "The file is larger than the store of files takes.")
		}
		full, free = free, full
	}
}

func (u *upload) sendPart(ctx context.Context, piece []byte) error {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	number := aws.Int32(int32(len(u.done) + 1))
	out, err := u.store.client.UploadPart(ctx, &s3.UploadPartInput{
		Bucket: u.store.bucket(), Key: u.store.key(u.name), UploadId: u.id, PartNumber: number, Body: bytes.NewReader(piece),
	})
	if err != nil {
		return err
	}
	u.done = append(u.done, types.CompletedPart{PartNumber: number, ETag: out.ETag})
	return nil
}

func (u *upload) complete(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	_, err := u.store.client.CompleteMultipartUpload(ctx, &s3.CompleteMultipartUploadInput{
		Bucket: u.store.bucket(), Key: u.store.key(u.name), UploadId: u.id,
		MultipartUpload: &types.CompletedMultipartUpload{Parts: u.done},
	})
	return err
}

// abort frees what the parts take, also when the client has gone. The nightly sweep
// aborts what cannot be aborted now.
func (u *upload) abort(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	_, err := u.store.client.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{Bucket: u.store.bucket(), Key: u.store.key(u.name), UploadId: u.id})
	if err = storeFault(err); fault.Is(err, fault.NotFound) {
		return nil // it was put together or aborted already
	}
	return err
}

// abortOld aborts what was begun before a time and never finished.
func (s *S3) abortOld(ctx context.Context, before time.Time) error {
	pages := s3.NewListMultipartUploadsPaginator(s.client, &s3.ListMultipartUploadsInput{Bucket: s.bucket(), Prefix: aws.String(s.set.Prefix)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return storeFault(err)
		}
		for _, found := range page.Uploads {
			name := strings.TrimPrefix(aws.ToString(found.Key), s.set.Prefix)
			if found.Initiated == nil || !found.Initiated.Before(before) || !ours(name) {
				continue
			}
			if err := (&upload{store: s, name: name, id: found.UploadId}).abort(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}
