// Package rotate owns replacing an account's user key: the key, everything that
// is encrypted or wrapped with it, and the password, in one transaction or not at
// all.
//
//	asked with the old password → refused: wrong password, another key pair, or not exactly what the account holds
//	                            → all under the new key, every session ended
//
// The key pair stays, so that what others share with the account stays open to
// it. The package sees ciphertext only: whether it really is under the new key
// is the client's word.
package rotate
