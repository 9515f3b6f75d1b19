package web

import (
	"net/http"
	"regexp"
	"slices"
)

// officialOrigins are the official apps that run in a browser engine and have a
// fixed origin: the extension in the stores of Chrome, Edge and Opera, and the
// desktop app, today and before 2025.
var officialOrigins = []string{
	"chrome-extension://nngceckbapebfimnlniiiahkandclblb",
	"chrome-extension://jbkfoedolllekgbhcbcoahefnbanhhlh",
	"chrome-extension://ccnckbpmaceehanjmeomladnmlffdjgn",
	"bw-desktop-file://bundle",
	"file://",
}

// Firefox and Safari give an extension a random origin per installation, so any is
// allowed. An extension that wants to can read every page anyway, and nothing
// here is authorized by cookies.
var randomOrigin = regexp.MustCompile(`^(moz|safari-web)-extension://[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$`)

const (
	corsMethods = "GET, POST, PUT, DELETE, PATCH, OPTIONS"
	corsHeaders = "Authorization, Accept, Content-Type, Cache-Control, Pragma, Device-Type, Device-Identifier, Bitwarden-Client-Name, " +
		"Bitwarden-Client-Version, Bitwarden-Package-Type, Is-Prerelease, X-Request-Email, X-Device-Identifier, Auth-Email, X-Requested-With, X-SignalR-User-Agent"
)

// CORS lets the official apps, and the further origins, call the server from a
// browser. Other origins get no permission, which browsers enforce.
func CORS(next http.Handler, further []string) http.Handler {
	allowed := slices.Concat(officialOrigins, further)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Add("Vary", "Origin")
		origin := r.Header.Get("Origin")
		if origin != "" && (slices.Contains(allowed, origin) || randomOrigin.MatchString(origin)) {
			h.Set("Access-Control-Allow-Origin", origin)
			h.Set("Access-Control-Allow-Credentials", "true")
			h.Set("Access-Control-Expose-Headers", "Content-Disposition")
			if preflight(r) {
				h.Set("Access-Control-Allow-Methods", corsMethods)
				h.Set("Access-Control-Allow-Headers", corsHeaders)
				h.Set("Access-Control-Max-Age", "7200")
			}
		}
		if preflight(r) {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func preflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get("Origin") != "" && r.Header.Get("Access-Control-Request-Method") != ""
}
