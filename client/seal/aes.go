package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
)

const (
	ivSize  = aes.BlockSize
	macSize = sha256.Size
)

// encryptCBC pads (PKCS #7) and encrypts.
func encryptCBC(key, iv, plain []byte) []byte {
	pad := aes.BlockSize - len(plain)%aes.BlockSize
	out := make([]byte, len(plain)+pad)
	copy(out, plain)
	for i := len(plain); i < len(out); i++ {
		out[i] = byte(pad)
	}
	cipher.NewCBCEncrypter(block(key), iv).CryptBlocks(out, out)
	return out
}

// decryptCBC answers ErrDecrypt for every defect. The caller has checked the
// MAC, except for type 0, which has none.
func decryptCBC(key, iv, ciphertext []byte) ([]byte, error) {
	if len(iv) != ivSize || len(ciphertext) == 0 || len(ciphertext)%aes.BlockSize != 0 {
		return nil, ErrDecrypt
	}
	out := make([]byte, len(ciphertext))
	cipher.NewCBCDecrypter(block(key), iv).CryptBlocks(out, ciphertext)
	pad := int(out[len(out)-1])
	if pad == 0 || pad > aes.BlockSize {
		return nil, ErrDecrypt
	}
	for _, b := range out[len(out)-pad:] {
		if int(b) != pad {
			return nil, ErrDecrypt
		}
	}
	return out[:len(out)-pad], nil
}

func mac(key, iv, ciphertext []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(iv)
	h.Write(ciphertext)
	return h.Sum(nil)
}

func block(key []byte) cipher.Block {
	b, err := aes.NewCipher(key)
	if err != nil {
		panic("seal: AES key of impossible length") // every caller passes 32 bytes
	}
	return b
}
