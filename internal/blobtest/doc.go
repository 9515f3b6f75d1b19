// Package blobtest gives tests an S3-compatible store of their own: versitygw, as a
// process of its own with a folder of its own, on a free loopback port.
//
// It knows nothing of what is stored there, and replaces nothing: the product talks to it
// as to any other service.
package blobtest
