package seal

import "errors"

var (
	// ErrVersion2 means that the account or value uses encryption version 2.
	ErrVersion2 = errors.New("this account uses encryption version 2, which this client does not support yet")
	// ErrDecrypt means a wrong key or changed data. It says no more on purpose:
	// a padding error and a MAC error must look alike.
	ErrDecrypt = errors.New("cannot decrypt: wrong key or changed data")
	// ErrSyntax means that a value is not an encrypted string at all.
	ErrSyntax = errors.New("not a valid encrypted string")
	// ErrType means that the kind of encryption is not allowed in this place.
	ErrType = errors.New("encryption type not allowed here")
	// ErrKeyLength means that bytes are not a symmetric key.
	ErrKeyLength = errors.New("not a 64-byte key")
	// ErrWeakKDF means that the server asks for parameters below the minimum.
	ErrWeakKDF = errors.New("the key derivation settings are too weak; refusing to use them")
	// ErrKDF means that key derivation settings are outside the allowed range.
	ErrKDF = errors.New("key derivation settings out of range")
)
