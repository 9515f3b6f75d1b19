// Package reqctx carries what is known about the request at hand: its id, the
// address it came from, the client application, and, once the token was
// checked, who is acting. Values are put in by the middleware of package app and
// read by whoever writes events or logs.
package reqctx
