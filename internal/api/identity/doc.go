// Package identity is the surface that official clients log in through: the
// token endpoint with its own error body, the server's configuration, and the
// calls that only ask whether the server lives.
//
// It does not decide who may log in (login).
package identity
