// Package wire holds the habits that all surfaces share: routes with their
// declared actors, decoding with limits, lists, dates, and the error body that
// official clients read.
//
// It knows no domain. A handler decodes with limits, makes one call, and encodes.
package wire
