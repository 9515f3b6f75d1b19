// Package live runs the real server for the tests of the client packages: built
// from this tree, with an empty directory, on a free port of this machine, and
// stopped when the test ends. No shipped code imports it.
package live
