// Package localca makes the certificates of a server that nobody gave any: an
// authority of its own, made once and kept, and a server certificate, made anew
// whenever it nears its end or the names of the server change.
//
// Official apps refuse plain HTTP even on loopback, so a first try needs a
// certificate that one can trust. The authority is constrained to the server's own
// names: whoever trusts it does not thereby trust a file on this disk with the
// rest of the internet.
//
// It does not serve anything and does not talk to public authorities.
package localca
