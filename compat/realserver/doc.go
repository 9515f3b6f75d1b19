// Package realserver runs the built binary as its own process, with TLS by its
// local authority on a free loopback port and an empty database, for the tests
// that judge from outside. It stops the process by its own pid.
//
// It knows no endpoint but /alive, and nothing of accounts.
package realserver
