package config

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// LoadSecretKey gives the 32 bytes of secret_key. When it is not set, the key is
// read from data_dir/secret.key, which is made on the first start.
func (c *Config) LoadSecretKey() ([]byte, error) {
	if c.SecretKey != "" {
		return decodeKey(c.SecretKey.Reveal(), "secret_key")
	}
	path := filepath.Join(c.DataDir, "secret.key")
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the secret key: %w", err)
	}
	return decodeKey(strings.TrimSpace(string(b)), path)
}

func decodeKey(text, where string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != SecretKeySize {
		return nil, fmt.Errorf("%s does not hold 32 bytes as base64: restore it from a backup, since what was sealed with it cannot be opened without", where)
	}
	return key, nil
}

// makeKey writes a new key under a temporary name and links it into place, so
// that a crash leaves no half key and two processes that start at once agree.
func makeKey(path string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the data directory: %w", err)
	}
	key := make([]byte, SecretKeySize)
	rand.Read(key)
	temp, err := os.CreateTemp(filepath.Dir(path), "secret.key.*") // 0600
	if err != nil {
		return nil, fmt.Errorf("make the secret key: %w", err)
	}
	defer os.Remove(temp.Name())
	_, err = temp.WriteString(base64.StdEncoding.EncodeToString(key) + "\n")
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return nil, fmt.Errorf("write the secret key: %w", err)
	}
	err = os.Link(temp.Name(), path)
	if errors.Is(err, fs.ErrExist) { // somebody was faster
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read the secret key: %w", err)
		}
		return decodeKey(strings.TrimSpace(string(b)), path)
	}
	if err != nil { // a file system without links
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return nil, fmt.Errorf("place the secret key: %w", err)
	}
	return key, nil
}
