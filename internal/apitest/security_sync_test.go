package apitest_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// TestNobodySyncsWhatWasBeforeAWrite compares, after every route that writes, what
// everybody gets from the server that remembers answers with what a server gives
// that remembers none.
func TestNobodySyncsWhatWasBeforeAWrite(t *testing.T) {
	dbtest.EachAtOnce(t, func(t *testing.T, d *db.DB) {
		w, all := apitest.NewWorld(t, d), rows()
		for _, r := range w.Routes {
			line, ok := all[r.Method+" "+r.Path]
			if !ok || r.Method == http.MethodGet {
				continue
			}
			t.Run(r.Method+" "+r.Path, func(t *testing.T) {
				w.T = t
				writers := permitted(w, r.Who, line)
				for _, p := range writers {
					path, body := line.try(w, p)
					readers := append(everybody(w)[1:], p)
					for _, reader := range readers {
						w.Do(t, reader, http.MethodGet, "/api/sync", nil)
					}
					w.Do(t, p, r.Method, path, renamed(body))
					fresh := w.Node(t)
					for _, reader := range readers {
						got := w.Do(t, reader, http.MethodGet, "/api/sync", nil)
						want := fresh.Do(t, reader, http.MethodGet, "/api/sync", nil)
						if diff := cmp.Diff(string(want.Body), string(got.Body)); diff != "" {
							t.Errorf("after %s %s by %s, %s syncs what was (-is +got):\n%s", r.Method, path, p.Name, reader.Name, diff)
						}
					}
				}
			})
		}
	})
}

var names atomic.Int32

// renamed gives what a request names in plain text a name that it never had, so
// that the write changes something.
func renamed(body any) any {
	sent, ok := body.(m)
	if name, plain := sent["name"].(string); ok && plain && !strings.HasPrefix(name, "2.") {
		sent["name"] = fmt.Sprintf("Name %d", names.Add(1))
	}
	return body
}
