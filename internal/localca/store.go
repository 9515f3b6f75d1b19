package localca

import (
	"crypto/ecdsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// A pair is one file: with certificate and key in a single file, replacing it is
// one rename, and a crash cannot leave a key beside another's certificate.
func pairPath(dir, name string) string { return filepath.Join(dir, name+".pem") }

func readPair(dir, name string) (tls.Certificate, error) {
	path := pairPath(dir, name)
	b, err := os.ReadFile(path)
	if err != nil {
		return tls.Certificate{}, err
	}
	pair, err := tls.X509KeyPair(b, b)
	if err != nil {
		return pair, fmt.Errorf("%s is damaged: remove it and start again to have it made anew: %w", path, err)
	}
	if _, ok := pair.PrivateKey.(*ecdsa.PrivateKey); !ok {
		return pair, fmt.Errorf("%s was not made by Kastellan: remove it, or use tls_cert and tls_key for certificates of your own", path)
	}
	return pair, nil
}

func writePair(dir, name string, chain [][]byte, key *ecdsa.PrivateKey) error {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	b := append(encode(chain), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})...)
	return writeFile(pairPath(dir, name), b, 0o600)
}

func encode(chain [][]byte) []byte {
	var b []byte
	for _, der := range chain {
		b = append(b, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
	}
	return b
}

// writeFile replaces a file whole or not at all.
func writeFile(path string, b []byte, mode os.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the directory of the certificates: %w", err)
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return fmt.Errorf("write a certificate: %w", err)
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(b)
	if err = errors.Join(err, temp.Chmod(mode), temp.Sync(), temp.Close()); err != nil {
		return fmt.Errorf("write a certificate: %w", err)
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return fmt.Errorf("place a certificate: %w", err)
	}
	return nil
}
