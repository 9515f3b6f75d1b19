// Package send owns one-time sharing: texts and files that an account hands to people who
// need none. It sees ciphertext only; the key is in the part of a link that no server gets.
//
//	           all of the file is there
//	announced ──────────────────────────▶ there ◀── a text is there at once
//	    │                                   │ disabled, expired, opened often enough: absent to
//	    │ after a day                       │ recipients, until its owner changes that
//	    └──────────────▶ gone ◀─────────────┘ deleted by its owner, or past its deletion date
//
// A recipient shows what the Send asks for (nothing, a password, a mailed code) and gets a
// token for a few minutes, which opens this Send and nothing else:
//
//	Grant ─▶ token ─▶ Open: text, counted ─┬─▶ FindFile: address of the file, counted ─▶ OpenFile
//	                                       └─  older apps bring the password to OpenOld and FindFileOld
//
// Changing what a Send asks for ends the tokens and addresses that were given out before. The bodies of
// files are with package blob; storage limits are those of package vault.
package send
