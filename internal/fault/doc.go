// Package fault is the one error type that carries a sentence for a person.
//
// A fault has a Kind, which surfaces map to a status; Msg, which is safe to
// show; Fields, which name the members of a request that were wrong; and Err,
// the cause, which goes to the log and never leaves the server. A plain error
// counts as Internal: the client learns nothing but the request's id.
package fault
