package blob

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/kastellan/kastellan/internal/fault"
)

// S3Settings say where a bucket is and how to get at it.
type S3Settings struct {
	Bucket    string
	Endpoint  string // empty: Amazon's, of the region
	Region    string
	AccessKey string
	SecretKey string
	Prefix    string // of the names of objects
	PathStyle bool
}

// S3 keeps files as objects of a bucket of any S3-compatible service.
type S3 struct {
	set    S3Settings
	client *s3.Client
	part   int // bytes of one part of an upload
}

const (
	// partSize is what an upload holds in memory, twice. The service allows 10,000 parts.
	partSize = 8 << 20
	// answerTime is how long the service may take over one request, of a part too.
	answerTime = 2 * time.Minute
	// silence is how long a download may stand still.
	silence = time.Minute
)

// NewS3 makes the store of a bucket. Nothing is asked of the service yet.
func NewS3(set S3Settings) *S3 {
	web := awshttp.NewBuildableClient().
		WithDialerOptions(func(d *net.Dialer) { d.Timeout = 5 * time.Second }).
		WithTransportOptions(func(t *http.Transport) {
			t.TLSHandshakeTimeout = 10 * time.Second
			t.ResponseHeaderTimeout = time.Minute
			t.MaxIdleConnsPerHost = 16
		})
	options := s3.Options{
		Region: set.Region, UsePathStyle: set.PathStyle, HTTPClient: web, RetryMaxAttempts: 3,
		Credentials: credentials.NewStaticCredentialsProvider(set.AccessKey, set.SecretKey, ""),
		// The signature covers what is sent; many compatible services know no other checksums.
		RequestChecksumCalculation: aws.RequestChecksumCalculationWhenRequired,
		ResponseChecksumValidation: aws.ResponseChecksumValidationWhenRequired,
	}
	if set.Endpoint != "" {
		options.BaseEndpoint = aws.String(set.Endpoint)
	}
	return &S3{set: set, client: s3.New(options), part: partSize}
}

// key is the object of a file.
func (s *S3) key(name string) *string { return aws.String(s.set.Prefix + name) }

func (s *S3) bucket() *string { return aws.String(s.set.Bucket) }

// Put sends a file of one part at once, and a longer one part by part.
func (s *S3) Put(ctx context.Context, name string, body io.Reader) error {
	first := &part{most: s.part}
	more, err := first.fill(body)
	if err != nil {
		return storeFault(err)
	}
	if more {
		return s.putParts(ctx, name, first, body)
	}
	limited, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	_, err = s.client.PutObject(limited, &s3.PutObjectInput{Bucket: s.bucket(), Key: s.key(name), Body: bytes.NewReader(first.bytes)})
	if err != nil {
		// The service may have stored it and lost the answer.
		return errors.Join(storeFault(err), s.forget(ctx, name))
	}
	return nil
}

// Open begins to read an object.
func (s *S3) Open(ctx context.Context, name string) (io.ReadCloser, int64, error) {
	ctx, cancel := context.WithCancel(ctx)
	out, err := s.client.GetObject(ctx, &s3.GetObjectInput{Bucket: s.bucket(), Key: s.key(name)})
	if err != nil {
		cancel()
		return nil, 0, storeFault(err)
	}
	return newImpatient(out.Body, cancel, silence), aws.ToInt64(out.ContentLength), nil
}

// impatient ends a download that stands still: a service that went away in the middle of
// an answer would hold it for ever.
type impatient struct {
	from    io.ReadCloser
	cancel  func()
	timer   *time.Timer
	silence time.Duration
}

func newImpatient(from io.ReadCloser, cancel func(), silence time.Duration) *impatient {
	timer := time.AfterFunc(silence, cancel)
	timer.Stop() // nobody reads yet
	return &impatient{from, cancel, timer, silence}
}

func (b *impatient) Read(p []byte) (int, error) {
	b.timer.Reset(b.silence)
	n, err := b.from.Read(p)
	b.timer.Stop() // the reader of this may take its time
	return n, err
}

func (b *impatient) Close() error {
	b.timer.Stop()
	defer b.cancel()
	return b.from.Close()
}

// atOnce is how many objects are removed side by side.
const atOnce = 8

// Delete removes objects one by one: not every service knows how to remove many.
func (s *S3) Delete(ctx context.Context, names ...string) error {
	errs := make([]error, len(names))
	slots := make(chan struct{}, atOnce)
	var wg sync.WaitGroup
	for i, name := range names {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			limited, cancel := context.WithTimeout(ctx, answerTime)
			defer cancel()
			_, err := s.client.DeleteObject(limited, &s3.DeleteObjectInput{Bucket: s.bucket(), Key: s.key(name)})
			if err = storeFault(err); !fault.Is(err, fault.NotFound) {
				errs[i] = err
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// forget removes what a failed upload may have left, also when its client has gone. The
// nightly sweep finds what cannot be removed now.
func (s *S3) forget(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	return s.Delete(ctx, name)
}

// List reads the names page by page.
func (s *S3) List(ctx context.Context, before time.Time, each func(name string) error) error {
	if err := s.abortOld(ctx, before); err != nil {
		return err
	}
	pages := s3.NewListObjectsV2Paginator(s.client, &s3.ListObjectsV2Input{Bucket: s.bucket(), Prefix: aws.String(s.set.Prefix)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return storeFault(err)
		}
		for _, o := range page.Contents {
			name := strings.TrimPrefix(aws.ToString(o.Key), s.set.Prefix)
			if o.LastModified == nil || !o.LastModified.Before(before) || !ours(name) {
				continue
			}
			if err := each(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// storeFault puts an answer of the service in words. What came with a sentence keeps it:
// the failure may be that of the body.
func storeFault(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	answer, answered := errors.AsType[*awshttp.ResponseError](err)
	switch {
	// By code and not by status: some services say 404 for a key that they don't know, and
	// a file must not pass for removed because of it.
	case isAPI(err, "NoSuchKey", "NoSuchUpload"):
		return fault.Absent()
	case answered && answer.HTTPStatusCode() == http.StatusInsufficientStorage:
		return fault.Wrap(fault.Unavailable, msgFull, err)
	case answered && answer.HTTPStatusCode()/100 == 4:
		return fault.Wrap(fault.Unavailable, "The store of files refuses. Nothing was stored; please tell the person who runs this server.", err)
	}
	return fault.Wrap(fault.Unavailable, "The store of files does not answer. Nothing was stored; please try again in a few minutes.", fmt.Errorf("s3: %w", err))
}
