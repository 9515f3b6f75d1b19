// Package secondfactor computes what proves a person besides their password:
// the codes of authenticator apps (RFC 6238 with SHA-1, 30 seconds and 6 digits,
// which is what all those apps take), and recovery codes.
//
// It stores nothing and knows no account. A code is accepted one step early or
// late; the caller keeps the step that it got, and hands it in again, so that no
// code is accepted twice.
package secondfactor
