package blob

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"

	"github.com/kastellan/kastellan/internal/fault"
)

// Check does once all that the server will need rights for, with a small object that it
// removes again.
func (s *S3) Check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	name := newName()
	begun := aws.String("")
	for _, act := range []struct {
		right string
		do    func() error
	}{
		{"list the objects", func() error {
			_, err := s.client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: s.bucket(), Prefix: aws.String(s.set.Prefix), MaxKeys: aws.Int32(1)})
			return err
		}},
		{"put an object into", func() error {
			_, err := s.client.PutObject(ctx, &s3.PutObjectInput{Bucket: s.bucket(), Key: s.key(name), Body: bytes.NewReader([]byte("check"))})
			return err
		}},
		{"get an object from", func() error {
			out, err := s.client.GetObject(ctx, &s3.GetObjectInput{Bucket: s.bucket(), Key: s.key(name)})
			if err == nil {
				out.Body.Close()
			}
			return err
		}},
		{"delete an object from", func() error {
			_, err := s.client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: s.bucket(), Key: s.key(name)})
			return err
		}},
		{"begin an upload in parts to", func() error {
			out, err := s.client.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: s.bucket(), Key: s.key(name)})
			if err == nil {
				begun = out.UploadId
			}
			return err
		}},
		{"abort an upload in parts to", func() error {
			_, err := s.client.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{Bucket: s.bucket(), Key: s.key(name), UploadId: begun})
			return err
		}},
		{"list the uploads in parts of", func() error {
			_, err := s.client.ListMultipartUploads(ctx, &s3.ListMultipartUploadsInput{Bucket: s.bucket(), Prefix: aws.String(s.set.Prefix), MaxUploads: aws.Int32(1)})
			return err
		}},
	} {
		if err := act.do(); err != nil {
			return s.startFault(act.right, err)
		}
	}
	return nil
}

// startFault says what to do about a store that cannot be used.
func (s *S3) startFault(right string, err error) error {
	where := s.set.Endpoint
	if where == "" {
		where = "Amazon S3 in " + s.set.Region
	}
	answer, answered := errors.AsType[*awshttp.ResponseError](err)
	if !answered || answer.HTTPStatusCode() == 0 {
		return fault.Wrap(fault.Unavailable, fmt.Sprintf("The store of files at %s does not answer. Check that it runs, and s3_endpoint.", where), err)
	}
	status := answer.HTTPStatusCode()
	msg := ""
	switch {
	case isAPI(err, "NoSuchBucket"):
		msg = fmt.Sprintf("The store of files at %s has no bucket %q. Make the bucket, or correct s3_bucket and s3_endpoint.", where, s.set.Bucket)
	case isAPI(err, "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidAccessKeyID"):
		msg = fmt.Sprintf("The store of files at %s does not accept the access key. Correct s3_access_key and s3_secret_key.", where)
	case status == http.StatusMovedPermanently || isAPI(err, "AuthorizationHeaderMalformed", "PermanentRedirect"):
		msg = fmt.Sprintf("The bucket %q is in another region. Correct s3_region.", s.set.Bucket)
	case status == http.StatusForbidden || status == http.StatusUnauthorized:
		msg = fmt.Sprintf("The access key may not %s the bucket %q at %s. Give it that right, or correct s3_access_key and s3_secret_key.", right, s.set.Bucket, where)
	default:
		msg = fmt.Sprintf("The store of files at %s did not let the server %s the bucket %q. Check s3_endpoint, s3_bucket, s3_access_key, s3_secret_key and s3_path_style.", where, right, s.set.Bucket)
	}
	return fault.Wrap(fault.Unavailable, msg, err)
}

// isAPI reports whether the service answered with one of these codes.
func isAPI(err error, codes ...string) bool {
	answer, ok := errors.AsType[smithy.APIError](err)
	if !ok {
		return false
	}
	for _, code := range codes {
		if answer.ErrorCode() == code {
			return true
		}
	}
	return false
}
