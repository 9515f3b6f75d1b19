package app

import (
	"path/filepath"

	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/config"
)

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
