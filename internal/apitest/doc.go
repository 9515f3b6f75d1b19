// Package apitest drives the whole server over HTTP in one process, with
// ciphertext that has the right shape and means nothing: the server never
// decrypts, so neither do these tests, which makes them quick enough to try
// every route as every actor. Real cryptography is tested in client and compat.
package apitest
