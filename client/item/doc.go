// Package item opens and seals the things people keep in a vault: log-ins,
// notes, cards, identities, SSH keys, bank accounts, driver's licences and
// passports, with their own fields, password history, passkeys and attachments.
//
// A [Cipher] is what the server stores, a [View] is what a person sees. They are
// different types, and only a Cipher can be sent, so that plaintext cannot leave
// by mistake. Both are made of the same [Content], once of encrypted and once of
// plain texts, so that no field can be forgotten on one side.
//
// It does not own keys (package seal) nor the calls to the server (package client).
package item
