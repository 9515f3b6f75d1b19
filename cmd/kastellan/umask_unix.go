//go:build unix

package main

import "syscall"

// What the server writes is for its own user, also in a data directory that
// somebody else made readable for all.
func init() { syscall.Umask(0o077) }
