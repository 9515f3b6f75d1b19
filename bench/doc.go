// Package bench measures the built binary from outside, and beside each figure
// the limit: the same work without us, measured in the same run on the same
// machine. `make bench` prints the table.
//
// It judges nothing: the figures are for people and for the notes of a release.
package bench
