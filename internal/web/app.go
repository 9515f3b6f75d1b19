package web

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

// App serves the files of a built web app.
type App struct {
	files  map[string]file
	policy string
}

// file is one file of the app with the encodings that were made of it.
type file struct {
	fsys      fs.FS
	name      string
	mediaType string
	etag      string
	encodings []string // br, gzip
	immutable bool
}

// suffixes name the compressed variants that the build leaves beside a file, the
// smallest first.
var suffixes = []struct{ encoding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// assetDir holds what the build names by a hash of its content.
const assetDir = "assets/"

// Load reads the list of files in dist. publicURL is the server's address: the
// policy lets the app open sockets there.
func Load(dist fs.FS, publicURL string) (*App, error) {
	a := &App{files: map[string]file{}, policy: contentPolicy(publicURL)}
	err := fs.WalkDir(dist, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || isVariant(dist, name) {
			return err
		}
		f := file{fsys: dist, name: name, mediaType: mediaType(name), immutable: strings.HasPrefix(name, assetDir)}
		if f.etag, err = hash(dist, name); err != nil {
			return err
		}
		for _, s := range suffixes {
			if _, err := fs.Stat(dist, name+s.suffix); err == nil {
				f.encodings = append(f.encodings, s.encoding)
			}
		}
		a.files[name] = f
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the web app: %w", err)
	}
	return a, nil
}

func isVariant(dist fs.FS, name string) bool {
	for _, s := range suffixes {
		if whole, ok := strings.CutSuffix(name, s.suffix); ok {
			if _, err := fs.Stat(dist, whole); err == nil {
				return true
			}
		}
	}
	return false
}

func hash(dist fs.FS, name string) (string, error) {
	content, err := fs.ReadFile(dist, name)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(content)
	return base64.RawURLEncoding.EncodeToString(sum[:15]), nil
}

// mediaType does not ask the system's tables, which differ between machines.
func mediaType(name string) string {
	known := map[string]string{
		".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
		".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".wasm": "application/wasm",
		".woff2": "font/woff2", ".webmanifest": "application/manifest+json", ".txt": "text/plain; charset=utf-8", ".map": "application/json",
	}
	if t, ok := known[path.Ext(name)]; ok {
		return t
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// ServeHTTP answers a file, or the app's page for every other path: the app reads
// its route from the address.
func (a *App) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Only GET and HEAD are answered here.", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	f, ok := a.files[name]
	if !ok {
		// A missing asset is one of an older version: answering the page in its
		// place would have the browser run HTML as a script.
		if strings.HasPrefix(name, assetDir) {
			http.Error(w, "There is no such file. Please reload the page.", http.StatusNotFound)
			return
		}
		f = a.files["index.html"]
	}
	a.headers(w.Header(), f)
	f.serve(w, r)
}

func (a *App) headers(h http.Header, f file) {
	h.Set("Content-Security-Policy", a.policy)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Content-Type", f.mediaType)
	if f.immutable {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
}

func (f file) serve(w http.ResponseWriter, r *http.Request) {
	name, etag := f.name, f.etag
	if len(f.encodings) > 0 {
		w.Header().Add("Vary", "Accept-Encoding")
		// A range is of the encoded bytes; without an encoding no client can
		// mistake what it gets.
		if encoding := choose(r.Header.Get("Accept-Encoding"), f.encodings); encoding != "" && r.Header.Get("Range") == "" {
			w.Header().Set("Content-Encoding", encoding)
			name, etag = name+suffixOf(encoding), etag+"-"+encoding
		}
	}
	w.Header().Set("ETag", `"`+etag+`"`)
	content, err := f.fsys.Open(name)
	if err != nil {
		http.Error(w, "The file cannot be read.", http.StatusInternalServerError)
		return
	}
	defer content.Close() //nolint:errcheck // it was only read
	seeker, ok := content.(io.ReadSeeker)
	if !ok {
		http.Error(w, "The file cannot be read.", http.StatusInternalServerError)
		return
	}
	http.ServeContent(w, r, "", time.Time{}, seeker)
}

func suffixOf(encoding string) string {
	for _, s := range suffixes {
		if s.encoding == encoding {
			return s.suffix
		}
	}
	return ""
}
