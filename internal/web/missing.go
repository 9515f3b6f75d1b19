package web

import (
	"io"
	"net/http"
)

// missingPage is served by a binary that was built without the web app, such as
// one from a bare go build. Official apps work all the same.
const missingPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Kastellan</title>
<h1>Kastellan runs, without its web app</h1>
<p>This program was built without the web app. Run <code>make build</code> to build both.
The official apps can use this server as it is.</p>
</html>
`

// Missing stands in for an app that is not there.
func Missing() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = io.WriteString(w, missingPage)
	})
}
