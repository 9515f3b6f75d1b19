// Package wordlist holds the large word list of the Electronic Frontier
// Foundation. Fingerprint phrases depend on the exact words and their order;
// generated passphrases draw from it.
//
// It owns the list and nothing else: how words are chosen belongs to the
// callers. See NOTICE for the licence.
package wordlist
