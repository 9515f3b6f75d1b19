package app

import (
	"net/http"
	"strings"

	"github.com/kastellan/kastellan/internal/config"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/web"
	"github.com/kastellan/kastellan/internal/wire"
	files "github.com/kastellan/kastellan/web"
)

// apiRoots are the first parts of the paths that belong to the API; every other
// path is the web app's.
var apiRoots = []string{"/api", "/identity", "/events", "/notifications", "/icons", "/scim", "/sso"}

func isAPI(path string) bool {
	for _, root := range apiRoots {
		if path == root || strings.HasPrefix(path, root+"/") {
			return true
		}
	}
	return false
}

// surface joins health, the API and the web app behind one address.
func surface(cfg *config.Config, health *health, api http.Handler) (http.Handler, error) {
	app := web.Missing()
	if dist, ok := files.Dist(); ok {
		loaded, err := web.Load(dist, cfg.PublicURL)
		if err != nil {
			return nil, err
		}
		app = loaded
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if answer, ok := healthPaths[r.URL.Path]; ok {
			answer(health, w, r)
			return
		}
		if !isAPI(r.URL.Path) {
			app.ServeHTTP(w, r)
			return
		}
		api.ServeHTTP(w, withoutSlash(r))
	}), nil
}

// withoutSlash makes /api/sends/ the same route as /api/sends: official clients
// send both.
func withoutSlash(r *http.Request) *http.Request {
	if !strings.HasSuffix(r.URL.Path, "/") {
		return r
	}
	u := *r.URL
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), strings.TrimRight(u.RawPath, "/")
	clone := *r
	clone.URL = &u
	return &clone
}

// NotFound answers for paths of the API that nobody has. The router of the API
// shall use it too.
func NotFound(w http.ResponseWriter, r *http.Request) { wire.Fail(w, r, fault.Absent()) }
