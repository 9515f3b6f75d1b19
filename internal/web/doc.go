// Package web serves the web app: the right encoding of each file, how long it
// may be cached, the content security policy, and the other headers that keep a
// browser from helping an attacker. It also says which foreign origins may call
// the server from a browser.
//
// It knows nothing of what the app does, and answers nothing under the prefixes of
// the API.
package web
