// Package live is the surface on which apps hear of changes: the addresses of the
// sockets. What is told over them is package push's.
package live
