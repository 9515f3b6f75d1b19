// Package app is the composition root: the only package that imports all others.
// It owns the life of the process: the listeners, what surrounds every request
// (its id, its log line, its limits, what happens when a handler panics), the
// background workers, health, and an orderly end.
//
// It holds no rule of any domain. Which domains there are and how they hang
// together is in app.go; the other files know nothing of them.
package app
