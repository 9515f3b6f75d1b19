package config

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
)

func (c *Config) validateFiles() error {
	var errs []error
	if c.MaxUpload < 1<<20 {
		errs = append(errs, fmt.Errorf("max_upload is %s: use 1MiB or more", c.MaxUpload))
	}
	if c.AccountStorage < 0 || c.OrganizationStorage < 0 {
		errs = append(errs, errors.New("account_storage and organization_storage are sizes: use 0 to allow no files, or more"))
	}
	if c.S3Bucket == "" {
		if c.S3Endpoint != "" || c.S3AccessKey != "" || c.S3SecretKey != "" || c.S3Prefix != "" {
			errs = append(errs, errors.New("the store of files is half configured: set s3_bucket too, or remove the other s3_ settings"))
		}
		return errors.Join(errs...)
	}
	if c.S3AccessKey == "" || c.S3SecretKey == "" {
		errs = append(errs, errors.New("s3_bucket needs s3_access_key and s3_secret_key"))
	}
	if c.S3Endpoint != "" {
		errs = append(errs, webAddress("s3_endpoint", c.S3Endpoint))
	}
	return errors.Join(errs...)
}

func (c *Config) validatePush() error {
	var errs []error
	// The value may hold a password, so no sentence repeats it.
	if raw := c.NATSURL.Reveal(); raw != "" {
		u, err := url.Parse(raw)
		if err != nil || u.Host == "" || !slices.Contains([]string{"nats", "tls", "ws", "wss"}, u.Scheme) {
			errs = append(errs, errors.New("nats_url is not understood: write nats://user:password@host:4222, or leave it empty when this is the only node"))
		}
	}
	if (c.PushInstallationID == "") != (c.PushInstallationKey == "") {
		errs = append(errs, errors.New("push_installation_id and push_installation_key belong together: set both, or neither"))
	}
	return errors.Join(append(errs, webAddress("push_relay_url", c.PushRelayURL), webAddress("push_identity_url", c.PushIdentityURL))...)
}

func webAddress(key, value string) error {
	u, err := url.Parse(value)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		return fmt.Errorf("%s is %q: write an address such as https://host.example.com", key, value)
	}
	return nil
}
