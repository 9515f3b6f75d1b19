// Package exchange sends requests to a server and reads its answers and refusals.
// What they are about, and with which keys they are opened, is not its concern.
package exchange
