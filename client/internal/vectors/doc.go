// Package vectors reads client/testdata/crypto-vectors.json for the tests of
// the client packages. It owns no cryptography, and no shipped code imports it.
package vectors
