// Package totp computes the one-time codes of a log-in: RFC 6238, and the five
// letters of Steam. It owns the reading of the three ways in which the secret is
// written; when a code is shown belongs to the caller.
package totp
