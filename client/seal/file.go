package seal

// fileHeader is the type byte, the IV and the MAC that precede the ciphertext.
const fileHeader = 1 + ivSize + macSize

// EncryptFile returns the binary form of type 2: type, IV, MAC, ciphertext. The
// order differs from the text form.
func (k Key) EncryptFile(plain []byte) []byte { return k.encryptFileIV(newIV(), plain) }

func (k Key) encryptFileIV(iv, plain []byte) []byte {
	ciphertext := encryptCBC(k.enc[:], iv, plain)
	out := make([]byte, 0, fileHeader+len(ciphertext))
	out = append(out, byte(AESCBCHMAC))
	out = append(out, iv...)
	out = append(out, mac(k.mac[:], iv, ciphertext)...)
	return append(out, ciphertext...)
}

// DecryptFile opens the binary form. Nothing is returned before the last byte
// has been checked.
func (k Key) DecryptFile(blob []byte) ([]byte, error) {
	if len(blob) == 0 {
		return nil, ErrSyntax
	}
	switch Type(blob[0]) {
	case AESCBCHMAC:
	case COSE:
		return nil, ErrVersion2
	default:
		return nil, ErrType
	}
	if len(blob) <= fileHeader {
		return nil, ErrSyntax
	}
	return k.open(blob[1:1+ivSize], blob[fileHeader:], blob[1+ivSize:fileHeader])
}

// FileSize is the size of an encrypted file of n bytes.
func FileSize(n int64) int64 { return fileHeader + 16*(n/16+1) }
