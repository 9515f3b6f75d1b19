package export

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/kastellan/kastellan/client/seal"
	"github.com/kastellan/kastellan/internal/id"
)

var (
	// ErrPassword means that the password does not open the file.
	ErrPassword = errors.New("wrong password for this export")
	// ErrNotProtected means that a file has no password: it is plain, or only
	// its own account can open it.
	ErrNotProtected = errors.New("the export is not protected by a password")
)

// protected is the file. The odd name of the check is the format's.
type protected struct {
	Encrypted         bool           `json:"encrypted"`
	PasswordProtected bool           `json:"passwordProtected"`
	Salt              string         `json:"salt"`
	KDFType           seal.KDFType   `json:"kdfType"`
	KDFIterations     int            `json:"kdfIterations"`
	KDFMemory         int            `json:"kdfMemory,omitempty"`
	KDFParallelism    int            `json:"kdfParallelism,omitempty"`
	Check             seal.EncString `json:"encKeyValidation_DO_NOT_EDIT"`
	Data              seal.EncString `json:"data"`
}

// Protect encrypts a file under a password.
func Protect(plain []byte, password string, kdf seal.KDF) ([]byte, error) {
	salt := make([]byte, 16)
	rand.Read(salt)
	file := protected{
		Encrypted: true, PasswordProtected: true, Salt: base64.StdEncoding.EncodeToString(salt),
		KDFType: kdf.Type, KDFIterations: kdf.Iterations, KDFMemory: kdf.Memory, KDFParallelism: kdf.Parallelism,
	}
	key, err := file.key(password)
	if err != nil {
		return nil, err
	}
	file.Check, file.Data = key.EncryptText(string(id.New[id.Cipher]())), key.Encrypt(plain)
	text, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write export: %w", err)
	}
	return text, nil
}

// Open decrypts a file that Protect, or another client, wrote.
func Open(text []byte, password string) ([]byte, error) {
	var file protected
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("read export: %w", err)
	}
	if !file.Encrypted || !file.PasswordProtected {
		return nil, ErrNotProtected
	}
	key, err := file.key(password)
	if err != nil {
		return nil, err
	}
	if _, err := key.Decrypt(file.Check); errors.Is(err, seal.ErrDecrypt) {
		return nil, ErrPassword
	}
	return key.Decrypt(file.Data)
}

// key uses the text of the salt, not the bytes that it encodes.
func (p protected) key(password string) (seal.Key, error) {
	kdf := seal.KDF{Type: p.KDFType, Iterations: p.KDFIterations, Memory: p.KDFMemory, Parallelism: p.KDFParallelism}
	return seal.PasswordKey(password, p.Salt, kdf)
}
