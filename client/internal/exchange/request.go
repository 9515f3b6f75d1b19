package exchange

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// maxAnswer bounds what is read of one answer: more than the largest file that a server
// takes without being told otherwise.
const maxAnswer = 1 << 30

// Request is one request. In may be a form, an Upload or what JSON can hold; nil
// sends no body.
type Request struct {
	Method, URL string
	In          any
	Header      func(h http.Header, contentType string)
}

// Do sends a request and reads the answer into out; nil reads none.
func Do(ctx context.Context, h *http.Client, r Request, out any) error {
	body, contentType, err := encode(r.In)
	if err != nil {
		return fmt.Errorf("%s: %w", r.Method, err)
	}
	request, err := http.NewRequestWithContext(ctx, r.Method, r.URL, body)
	if err != nil {
		return fmt.Errorf("%s: %w", r.Method, withoutAddress(err))
	}
	if r.Header != nil {
		r.Header(request.Header, contentType)
	}
	response, err := h.Do(request)
	if err != nil {
		return fmt.Errorf("ask the server: %w", withoutAddress(err))
	}
	defer response.Body.Close()
	return answer(response, out)
}

func encode(in any) (io.Reader, string, error) {
	switch in := in.(type) {
	case nil:
		return nil, "", nil
	case url.Values:
		return strings.NewReader(in.Encode()), "application/x-www-form-urlencoded; charset=utf-8", nil
	case Upload:
		return bytes.NewReader(in.body), in.contentType, nil
	default:
		encoded, err := json.Marshal(in)
		return bytes.NewReader(encoded), "application/json; charset=utf-8", err
	}
}

// answer reads a response the way every client does: only 200, 201 and 204 are
// success.
func answer(response *http.Response, out any) error {
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	if err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	if len(body) > maxAnswer { // a part of a file would look like a changed one
		return errors.New("read answer: it has more than 1 GiB, which this client does not take")
	}
	switch response.StatusCode {
	case http.StatusOK, http.StatusCreated, http.StatusNoContent:
	default:
		refusal := Refusal(response.StatusCode, body)
		if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil && seconds > 0 {
			refusal.RetryAfter = time.Duration(seconds) * time.Second
		}
		return refusal
	}
	switch out := out.(type) {
	case nil:
		return nil
	case *[]byte:
		*out = body
		return nil
	}
	if len(body) == 0 {
		return nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return fmt.Errorf("read answer of %s %s: %w", response.Request.Method, response.Request.URL.Path, err)
	}
	return nil
}

// withoutAddress takes the address, which may hold a token, out of an error.
func withoutAddress(err error) error {
	var outer *url.Error
	if errors.As(err, &outer) {
		return outer.Err
	}
	return err
}

// Upload is a multipart body.
type Upload struct {
	body        []byte
	contentType string
}

// NewUpload packs a file.
func NewUpload(fileName string, blob []byte) (Upload, error) {
	var buffer bytes.Buffer
	form := multipart.NewWriter(&buffer)
	part, err := form.CreateFormFile("data", fileName)
	if err != nil {
		return Upload{}, fmt.Errorf("build upload: %w", err)
	}
	if _, err := part.Write(blob); err != nil {
		return Upload{}, fmt.Errorf("build upload: %w", err)
	}
	if err := form.Close(); err != nil {
		return Upload{}, fmt.Errorf("build upload: %w", err)
	}
	return Upload{body: buffer.Bytes(), contentType: form.FormDataContentType()}, nil
}

// List is the wrapper of all lists.
type List[T any] struct {
	Data              []T    `json:"data"`
	ContinuationToken string `json:"continuationToken"`
}

// Safe reports whether an address uses TLS or never leaves this machine.
func Safe(u *url.URL) bool {
	return u.Scheme == "https" || (u.Scheme == "http" && loopback(u.Hostname()))
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}
