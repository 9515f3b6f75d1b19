package config

import (
	"log/slog"
	"net/netip"
	"time"
)

// Config is every setting of the server. The tags are the reference: key is the
// name in the file (KASTELLAN_KEY in the environment, --key as a flag), default
// is parsed like any given value, doc becomes docs/config.md. The tag file:"yes"
// adds the variant KEY_file, which names a file that holds the value.
type Config struct {
	DataDir     string `key:"data_dir" default:"./data" group:"Storage" doc:"Directory for the SQLite database, the secret key, the local certificates and uploaded files."`
	DatabaseURL Secret `key:"database_url" group:"Storage" file:"yes" doc:"Where the data lives: empty for SQLite in data_dir/kastellan.db, or postgres://user:password@host:5432/name."`
	SecretKey   Secret `key:"secret_key" group:"Storage" file:"yes" doc:"Seals secrets that the server keeps and signs its tokens: 32 bytes as base64. Empty: made once, kept in data_dir/secret.key. Losing it ends every session and shuts out whoever uses two-step login."`

	Listen          string         `key:"listen" default:"localhost:8080" group:"Network" doc:"Address for plain HTTP; keep it on loopback, or behind a proxy that does TLS. Empty switches it off."`
	ListenTLS       string         `key:"listen_tls" default:"localhost:8443" group:"Network" doc:"Address for HTTPS, which official apps insist on. Empty switches it off, for use behind a proxy."`
	TLSCert         string         `key:"tls_cert" group:"Network" doc:"PEM file with the certificate chain. Empty: a certificate of a local authority, made in data_dir/tls."`
	TLSKey          string         `key:"tls_key" group:"Network" doc:"PEM file with the key of tls_cert."`
	PublicURL       string         `key:"public_url" group:"Network" doc:"The one address that people and apps use: https://vault.example.com. Links in mails and the answers to clients are made with it. Empty: made from listen_tls, or from listen when there is no HTTPS; links then begin with listen, which a browser on this machine trusts."`
	CORSOrigins     []string       `key:"cors_origins" group:"Network" doc:"Further origins that may call the server from a browser, beside the official extensions and desktop app. Exact, separated by commas."`
	TrustedProxies  []netip.Prefix `key:"trusted_proxies" group:"Network" doc:"Addresses or networks whose X-Forwarded-For and X-Forwarded-Proto headers are believed, separated by commas."`
	ShutdownTimeout time.Duration  `key:"shutdown_timeout" default:"20s" group:"Network" doc:"How long requests in flight may take to finish when the server stops."`

	Registration        Registration  `key:"registration" default:"invitation" group:"Accounts" doc:"Who may register: open (anybody), invitation (invited people), domains (registration_domains, and invited people), closed (nobody)."`
	RegistrationDomains []string      `key:"registration_domains" group:"Accounts" doc:"Domains of e-mail addresses that may register when registration is domains, separated by commas."`
	AccessTokenLifetime time.Duration `key:"access_token_lifetime" default:"1h" group:"Accounts" doc:"How long an access token is good; apps renew it by themselves. Between 5m and 24h."`

	TrashDays      int  `key:"trash_days" default:"30" group:"Vault" doc:"Days after which items in the trash are deleted for good."`
	MaxImportItems int  `key:"max_import_items" default:"40000" group:"Vault" doc:"Most items that one import may bring."`
	MaxRequest     Size `key:"max_request" default:"64MiB" group:"Vault" doc:"Largest request that brings no file. Most kinds have a smaller limit of their own; imports need this much."`

	MaxUpload           Size   `key:"max_upload" default:"500MiB" group:"Files" doc:"Largest file, an attachment or a Send, encrypted as it arrives."`
	AccountStorage      Size   `key:"account_storage" default:"1GiB" group:"Files" doc:"How much the files of one account may take: attachments of its own items, and Sends. 0: none may be uploaded."`
	OrganizationStorage Size   `key:"organization_storage" default:"5GiB" group:"Files" doc:"How much the attachments of one organization may take, unless its provider set another limit for it. 0: none may be uploaded."`
	S3Bucket            string `key:"s3_bucket" group:"Files" doc:"Bucket of an S3-compatible store that keeps the files. Empty: they are kept in data_dir/files."`
	S3Endpoint          string `key:"s3_endpoint" group:"Files" doc:"Address of the store, as https://s3.example.com. Empty: Amazon's, of s3_region."`
	S3Region            string `key:"s3_region" default:"us-east-1" group:"Files" doc:"Region of the bucket; many stores take any."`
	S3AccessKey         string `key:"s3_access_key" group:"Files" doc:"Name of the access key. It needs the rights to get, put, list and delete objects of the bucket, and to list and abort multipart uploads."`
	S3SecretKey         Secret `key:"s3_secret_key" group:"Files" file:"yes" doc:"The access key's secret."`
	S3Prefix            string `key:"s3_prefix" group:"Files" doc:"What the names of objects begin with, so that a bucket can be shared."`
	S3PathStyle         bool   `key:"s3_path_style" default:"true" group:"Files" doc:"Whether the bucket is named in the path, as most stores expect, or in the host, as Amazon prefers."`

	EventsDays int `key:"events_days" default:"0" group:"Events" doc:"Days after which entries of the audit log are deleted. 0 keeps them for ever."`

	SMTPHost     string       `key:"smtp_host" group:"Mail" doc:"Mail server. Empty: no mail is sent, and invitation links are shown to those who invite."`
	SMTPPort     int          `key:"smtp_port" default:"587" group:"Mail" doc:"Port of the mail server; usually 587 for starttls, 465 for tls, 25 for none."`
	SMTPSecurity SMTPSecurity `key:"smtp_security" default:"starttls" group:"Mail" doc:"starttls, tls, or none. None sends everything, the password too, in the clear."`
	SMTPUsername string       `key:"smtp_username" group:"Mail" doc:"Name to log in with at the mail server. Empty: no log-in."`
	SMTPPassword Secret       `key:"smtp_password" group:"Mail" file:"yes" doc:"Password to log in with at the mail server."`
	SMTPFrom     string       `key:"smtp_from" group:"Mail" doc:"Sender of the mails, as address or as Name <address>. Required when smtp_host is set."`

	NATSURL             Secret `key:"nats_url" group:"Live updates" file:"yes" doc:"NATS server that carries live updates between several nodes on one database: nats://user:password@host:4222, or tls://…. Empty: this is the only node."`
	PushInstallationID  string `key:"push_installation_id" group:"Live updates" doc:"Installation id for push messages to the official mobile apps, which their maker gives to self-hosters. Empty: phones see changes when they sync."`
	PushInstallationKey Secret `key:"push_installation_key" group:"Live updates" file:"yes" doc:"The installation's key."`
	PushRelayURL        string `key:"push_relay_url" default:"https://push.bitwarden.com" group:"Live updates" doc:"The relay that reaches the official mobile apps."`
	PushIdentityURL     string `key:"push_identity_url" default:"https://identity.bitwarden.com" group:"Live updates" doc:"Where the installation gets its tokens for the relay."`

	LogLevel  slog.Level `key:"log_level" default:"info" group:"Log" doc:"debug, info, warn or error."`
	LogFormat LogFormat  `key:"log_format" default:"text" group:"Log" doc:"text or json."`

	origins map[string]Origin
}

// Registration says who may make an account.
type Registration string

// The values of registration.
const (
	RegistrationOpen       Registration = "open"
	RegistrationInvitation Registration = "invitation"
	RegistrationDomains    Registration = "domains"
	RegistrationClosed     Registration = "closed"
)

// SMTPSecurity says how the connection to the mail server is protected.
type SMTPSecurity string

// The values of smtp_security.
const (
	SMTPStartTLS SMTPSecurity = "starttls"
	SMTPTLS      SMTPSecurity = "tls"
	SMTPNone     SMTPSecurity = "none"
)

// LogFormat is the form of log lines.
type LogFormat string

// The values of log_format.
const (
	LogText LogFormat = "text"
	LogJSON LogFormat = "json"
)

// Secret is a value that no log line and no error may show.
type Secret string

// String hides the value, so that printing it by accident shows nothing.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(hidden)"
}

// GoString hides the value from %#v.
func (s Secret) GoString() string { return s.String() }

// LogValue hides the value from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Reveal gives the value to the one place that uses it.
func (s Secret) Reveal() string { return string(s) }

// Size is a number of bytes; it is written as 500kB, 2MB, 64MiB or a plain number.
type Size int64

// MailEnabled reports whether mail can be sent.
func (c *Config) MailEnabled() bool { return c.SMTPHost != "" }

// OriginOf says where the value of a key came from.
func (c *Config) OriginOf(key string) Origin { return c.origins[key] }
