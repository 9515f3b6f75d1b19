// Package blob keeps files: the bodies of attachments and of Sends, which clients have
// encrypted. It knows neither of the two; a row elsewhere names the file (column "file").
//
// A file is stored whole before a row names it, and removed after no row names it any
// more, so that no row is ever without its file:
//
//	bytes arrive ─ Keep ─▶ stored, not named ─ the row's transaction ─▶ named
//	                            │                                        │ row deleted, or names another
//	                            │ nightly Sweep                          ▼ (triggers of the schema)
//	                            └───────────────▶ gone ◀── worker ── in doomed_files
//
// The store is a directory or a bucket of any S3-compatible service.
package blob
