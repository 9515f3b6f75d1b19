// Package login grants tokens: for a master password, for a refresh token, and
// for an account's API key; and says whom an access token stands for.
//
//	password → second step, or a code when the device is new → device registered → access token + session with a refresh token
//	approval by another device → second step → the approval is used up → as above
//	API key → device registered → access token; no second step: the key is one
//	access token → alive while account, security stamp and device row are
//	refresh token → used again and again, each use lets it live on
//
// It does not own accounts, their secrets, devices and sessions (account), nor
// what the answers look like (api/identity).
package login
