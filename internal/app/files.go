package app

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"

	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/config"
	"github.com/kastellan/kastellan/internal/token"
)

// newFiles makes the door to the files. All nodes have the secret key in common, and with
// it the owner's mark.
func newFiles(b Base, keeper *token.Keeper) *blob.Files {
	owner := sha256.Sum256(keeper.MACKey("owner of files"))
	return &blob.Files{DB: b.DB, Store: newStore(b.Config), Owner: hex.EncodeToString(owner[:]), Log: b.Log}
}

// newStore makes the store of files that the settings name, without asking it anything.
func newStore(c *config.Config) blob.Store {
	if c.S3Bucket == "" {
		return blob.NewDirectory(filepath.Join(c.DataDir, "files"))
	}
	return blob.NewS3(blob.S3Settings{
		Bucket: c.S3Bucket, Endpoint: c.S3Endpoint, Region: c.S3Region, Prefix: c.S3Prefix, PathStyle: c.S3PathStyle,
		AccessKey: c.S3AccessKey, SecretKey: c.S3SecretKey.Reveal(),
	})
}
