//go:build compat

package compat

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/kastellan/kastellan/compat/opaque"
	"github.com/kastellan/kastellan/compat/realserver"
	"github.com/kastellan/kastellan/internal/blobtest"
)

// TestKillDuringAnUpload ends the server with kill -9 while a file arrives. Afterwards the
// item has no file, and the same upload can be made again.
func TestKillDuringAnUpload(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		t.Run("directory", func(t *testing.T) {
			s := realserver.Start(t, url)
			killUpload(t, s, filepath.Join(s.Dir, "files"))
		})
	})
	t.Run("s3", func(t *testing.T) {
		store := blobtest.StartS3(t)
		killUpload(t, realserver.Start(t, "", store.Env()...), filepath.Join(store.Dir, store.Bucket))
	})
}

// killUpload also looks into the store, where a half must not have the name of a file.
func killUpload(t *testing.T, s *realserver.Server, store string) {
	p := register(t, s, "killed-upload")
	k := &killer{server: s, token: p.accessToken(t)}
	body := make([]byte, 20<<20)
	rand.NewChaCha8([32]byte{7}).Read(body)
	body[0] = 2 // the kind of what clients encrypt
	var item, awaited struct {
		ID         string `json:"id"`
		Attachment string `json:"attachmentId"`
	}
	k.ask(t, "/api/ciphers", opaque.Login("killed"), &item)
	k.ask(t, "/api/ciphers/"+item.ID+"/attachment/v2", map[string]any{
		"key": opaque.String("key"), "fileName": opaque.String("name"), "fileSize": len(body),
	}, &awaited)
	path := "/api/ciphers/" + item.ID + "/attachment/" + awaited.Attachment

	half := io.MultiReader(bytes.NewReader(body[:15<<20]), killing{s})
	if status, err := k.upload(path, half); err == nil {
		t.Fatalf("the upload was answered with %d, although the server was killed", status)
	}
	s.Start()
	if got := whole(t, store); got != 0 {
		t.Errorf("after the kill the store has %d files, want none", got)
	}
	var seen struct {
		Attachments []any `json:"attachments"`
	}
	k.read(t, "/api/ciphers/"+item.ID, &seen)
	if len(seen.Attachments) != 0 {
		t.Errorf("the item shows %v", seen.Attachments)
	}
	if status, err := k.upload(path, bytes.NewReader(body)); err != nil || status != http.StatusOK {
		t.Fatalf("the second upload: %d, %v", status, err)
	}
	var at struct {
		URL string `json:"url"`
	}
	k.read(t, path, &at)
	res, err := s.HTTP.Get(at.URL)
	must(t, err)
	defer res.Body.Close()
	if got, err := io.ReadAll(res.Body); err != nil || !bytes.Equal(got, body) {
		t.Errorf("the file came back with %d bytes, %v; want the %d that were sent", len(got), err, len(body))
	}
}

// whole counts the files in a store that have a name of their own.
func whole(t *testing.T, store string) int {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(store, "[0-9a-f][0-9a-f]", "*"))
	must(t, err)
	return len(found)
}

// killing is the moment in a body at which the server dies.
type killing struct{ s *realserver.Server }

func (k killing) Read([]byte) (int, error) {
	k.s.Stop(syscall.SIGKILL)
	return 0, errors.New("the server was killed")
}

func (k *killer) ask(t *testing.T, path string, body, answer any) {
	t.Helper()
	payload, err := json.Marshal(body)
	must(t, err)
	req, err := http.NewRequest(http.MethodPost, k.server.URL()+path, bytes.NewReader(payload))
	must(t, err)
	req.Header.Set("Content-Type", "application/json")
	k.decode(t, req, answer)
}

func (k *killer) read(t *testing.T, path string, answer any) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, k.server.URL()+path, nil)
	must(t, err)
	k.decode(t, req, answer)
}

func (k *killer) decode(t *testing.T, req *http.Request, answer any) {
	t.Helper()
	res, err := k.do(req)
	must(t, err)
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s", req.Method, req.URL.Path, res.Status)
	}
	must(t, json.NewDecoder(res.Body).Decode(answer))
}

// upload sends a file as a form, as it comes.
func (k *killer) upload(path string, body io.Reader) (status int, err error) {
	from, to := io.Pipe()
	form := multipart.NewWriter(to)
	go func() {
		part, err := form.CreateFormFile("data", "2.name")
		if err == nil {
			_, err = io.Copy(part, body)
		}
		if err == nil {
			err = form.Close()
		}
		to.CloseWithError(err)
	}()
	req, err := http.NewRequest(http.MethodPost, k.server.URL()+path, from)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	res, err := k.do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	return res.StatusCode, nil
}
