package config

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
)

// SecretKeySize is the length of the secret key in bytes.
const SecretKeySize = 32

// Validate checks every value and each pair that must fit together. Its
// sentences say what is wanted.
func (c *Config) Validate() error {
	return errors.Join(
		c.validateStorage(), c.validateNetwork(), c.validateTLS(), c.validateAccounts(), c.validateLimits(), c.validateMail(),
		c.validateFiles(), c.validatePush(),
		oneOf("log_format", c.LogFormat, LogText, LogJSON),
	)
}

func oneOf[T ~string](key string, got T, want ...T) error {
	if slices.Contains(want, got) {
		return nil
	}
	list := make([]string, len(want))
	for i, w := range want {
		list[i] = string(w)
	}
	return fmt.Errorf("%s is %q: use one of %s", key, got, strings.Join(list, ", "))
}

func (c *Config) validateStorage() error {
	var errs []error
	if c.DataDir == "" {
		errs = append(errs, errors.New("data_dir is empty: name a directory, such as ./data"))
	}
	// The value may hold a password, so no sentence repeats it.
	if raw := c.DatabaseURL.Reveal(); raw != "" {
		u, err := url.Parse(raw)
		if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
			errs = append(errs, errors.New("database_url is not understood: write postgres://user:password@host:5432/name, or leave it empty for SQLite"))
		}
	}
	if raw := c.SecretKey.Reveal(); raw != "" {
		if key, err := base64.StdEncoding.DecodeString(raw); err != nil || len(key) != SecretKeySize {
			errs = append(errs, errors.New("secret_key is not 32 bytes as base64: make one with `openssl rand -base64 32`"))
		}
	}
	return errors.Join(errs...)
}

func (c *Config) validateNetwork() error {
	var errs []error
	if c.Listen == "" && c.ListenTLS == "" {
		errs = append(errs, errors.New("listen and listen_tls are both empty: give the server at least one address"))
	}
	for key, addr := range map[string]string{"listen": c.Listen, "listen_tls": c.ListenTLS} {
		if addr == "" {
			continue
		}
		if _, port, err := net.SplitHostPort(addr); err != nil || port == "" {
			errs = append(errs, fmt.Errorf("%s is %q: write host:port, such as localhost:8080 or :8443", key, addr))
		}
	}
	if c.Listen != "" && c.Listen == c.ListenTLS && !strings.HasSuffix(c.Listen, ":0") {
		errs = append(errs, fmt.Errorf("listen and listen_tls are both %q: give them different ports", c.Listen))
	}
	if u, err := url.Parse(c.PublicURL); err != nil || !plainOrigin(u) {
		errs = append(errs, fmt.Errorf("public_url is %q: write https://host or https://host:port, without a path", c.PublicURL))
	} else if u.Scheme != "https" && !loopback(u.Hostname()) {
		errs = append(errs, fmt.Errorf("public_url is %q: it must begin with https://, since official apps and browsers refuse to do cryptography without", c.PublicURL))
	}
	for _, origin := range c.CORSOrigins {
		if scheme, host, ok := strings.Cut(origin, "://"); !ok || scheme == "" || host == "" || strings.ContainsAny(host, "*/") {
			errs = append(errs, fmt.Errorf("cors_origins has %q: write whole origins such as https://vault.example.com, without path or asterisk", origin))
		}
	}
	if c.ShutdownTimeout < time.Second {
		errs = append(errs, errors.New("shutdown_timeout is too short: use 1s or more"))
	}
	return errors.Join(errs...)
}

func plainOrigin(u *url.URL) bool {
	return (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil &&
		(u.Path == "" || u.Path == "/") && u.RawQuery == "" && u.Fragment == ""
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

func (c *Config) validateTLS() error {
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return errors.New("tls_cert and tls_key belong together: set both, or neither for a certificate of the local authority")
	}
	return nil
}

func (c *Config) validateAccounts() error {
	errs := []error{oneOf("registration", c.Registration, RegistrationOpen, RegistrationInvitation, RegistrationDomains, RegistrationClosed)}
	if c.Registration == RegistrationDomains && len(c.RegistrationDomains) == 0 {
		errs = append(errs, errors.New("registration is domains, but registration_domains is empty: name the domains"))
	}
	for _, d := range c.RegistrationDomains {
		if strings.ContainsAny(d, "@/ ") || !strings.Contains(d, ".") {
			errs = append(errs, fmt.Errorf("registration_domains has %q: write domains such as example.com", d))
		} else if strings.ContainsFunc(d, func(r rune) bool { return r > unicode.MaxASCII }) {
			errs = append(errs, fmt.Errorf("registration_domains has %q: write it as DNS does, beginning with xn--", d))
		}
	}
	if c.AccessTokenLifetime < 5*time.Minute || c.AccessTokenLifetime > 24*time.Hour {
		errs = append(errs, fmt.Errorf("access_token_lifetime is %s: use 5m to 24h", c.AccessTokenLifetime))
	}
	return errors.Join(errs...)
}

func (c *Config) validateLimits() error {
	var errs []error
	if c.TrashDays < 1 {
		errs = append(errs, fmt.Errorf("trash_days is %d: use 1 or more", c.TrashDays))
	}
	if c.EventsDays < 0 {
		errs = append(errs, fmt.Errorf("events_days is %d: use 0 to keep the log for ever, or 1 or more", c.EventsDays))
	}
	if c.MaxImportItems < 1 {
		errs = append(errs, fmt.Errorf("max_import_items is %d: use 1 or more", c.MaxImportItems))
	}
	if c.MaxRequest < 1<<20 {
		errs = append(errs, fmt.Errorf("max_request is %s: use 1MiB or more, or apps cannot save their items", c.MaxRequest))
	}
	return errors.Join(errs...)
}

func (c *Config) validateMail() error {
	errs := []error{oneOf("smtp_security", c.SMTPSecurity, SMTPStartTLS, SMTPTLS, SMTPNone)}
	if c.SMTPPort < 1 || c.SMTPPort > 65535 {
		errs = append(errs, fmt.Errorf("smtp_port is %d: use 1 to 65535", c.SMTPPort))
	}
	if c.SMTPHost != "" {
		if _, err := mail.ParseAddress(c.SMTPFrom); err != nil {
			errs = append(errs, fmt.Errorf("smtp_from is %q: write an address, such as Kastellan <vault@example.com>", c.SMTPFrom))
		}
	}
	if c.SMTPHost == "" && (c.SMTPUsername != "" || c.SMTPPassword != "" || c.SMTPFrom != "") {
		errs = append(errs, errors.New("mail is half configured: set smtp_host too, or remove the other smtp_ settings"))
	}
	if (c.SMTPUsername == "") != (c.SMTPPassword == "") {
		errs = append(errs, errors.New("smtp_username and smtp_password belong together: set both, or neither"))
	}
	return errors.Join(errs...)
}
