// Package web embeds the built web app into the binary. The app's sources are
// TypeScript and lie beside this file; package internal/web serves what is built.
package web

import (
	"embed"
	"io/fs"
)

// The pattern matches this file too, so that the program builds without Node:
// an embed pattern that matches nothing is an error.
//
//go:embed all:dist*
var files embed.FS

// Dist gives the built app, or false when the binary was built without it.
func Dist() (fs.FS, bool) {
	dist, err := fs.Sub(files, "dist")
	if err != nil {
		return nil, false
	}
	if _, err := fs.Stat(dist, "index.html"); err != nil {
		return nil, false
	}
	return dist, true
}
