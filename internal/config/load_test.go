package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDefaultsAreValid(t *testing.T) {
	c, err := Load(Sources{})
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "localhost:8080" || c.MaxRequest != 64<<20 || c.PublicURL != "https://localhost:8443" || c.AccessTokenLifetime != time.Hour || c.Registration != RegistrationInvitation {
		t.Errorf("defaults = %+v", c)
	}
}

func TestLaterSourceWins(t *testing.T) {
	file := write(t, "k.toml", "listen = \"localhost:1\"\nlisten_tls = \"localhost:2\"\ntrash_days = 7\n")
	c, err := Load(Sources{
		File:  file,
		Env:   []string{"PATH=/bin", "KASTELLAN_LISTEN_TLS=localhost:3", "KASTELLAN_TRASH_DAYS=8"},
		Flags: map[string]string{"trash_days": "9"},
	})
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		Value  any
		Origin Origin
	}
	got := []row{
		{c.Listen, c.OriginOf("listen")}, {c.ListenTLS, c.OriginOf("listen_tls")},
		{c.TrashDays, c.OriginOf("trash_days")}, {c.SMTPPort, c.OriginOf("smtp_port")},
	}
	want := []row{
		{"localhost:1", Origin("file " + file)}, {"localhost:3", "environment KASTELLAN_LISTEN_TLS"},
		{9, "flag --trash-days"}, {587, "default"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestConfigFileIsNamedByTheEnvironment(t *testing.T) {
	file := write(t, "k.toml", `registration_domains = ["example.com", "example.org"]`+"\nregistration = \"domains\"\n")
	c, err := Load(Sources{Env: []string{"KASTELLAN_CONFIG=" + file}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"example.com", "example.org"}, c.RegistrationDomains); diff != "" {
		t.Error(diff)
	}
}

func TestSecretFromFile(t *testing.T) {
	secret := write(t, "password", "hunter2\n")
	mail := []string{"KASTELLAN_SMTP_HOST=mail.example.com", "KASTELLAN_SMTP_FROM=a@example.com", "KASTELLAN_SMTP_USERNAME=a"}
	c, err := Load(Sources{Env: append(mail, "KASTELLAN_SMTP_PASSWORD_FILE="+secret)})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.SMTPPassword.Reveal(); got != "hunter2" {
		t.Errorf("password = %q", got)
	}
	if got, want := c.OriginOf("smtp_password"), Origin("environment KASTELLAN_SMTP_PASSWORD_FILE"); got != want {
		t.Errorf("origin = %q, want %q", got, want)
	}
}

func TestLoadRefuses(t *testing.T) {
	tests := map[string]struct {
		sources Sources
		want    string
	}{
		"unknown key in file": {
			Sources{File: write(t, "k.toml", `databse_url = "x"`)}, `did you mean database_url?`,
		},
		"table in place of a prefix": {
			Sources{File: write(t, "k.toml", "[smtp]\nhost = \"x\"")}, `"smtp.host" in`,
		},
		"unknown environment": {
			Sources{Env: []string{"KASTELLAN_PUBLIC_ULR=x"}}, "did you mean KASTELLAN_PUBLIC_URL?",
		},
		"lower-case environment": {
			Sources{Env: []string{"KASTELLAN_listen=x"}}, "did you mean KASTELLAN_LISTEN?",
		},
		"unknown flag": {
			Sources{Flags: map[string]string{"listn": "x"}}, "did you mean --listen?",
		},
		"nothing near": {
			Sources{Env: []string{"KASTELLAN_ZZZZZZZZZZZZZZZZZZZ=x"}}, "see docs/config.md",
		},
		"broken TOML":    {Sources{File: write(t, "k.toml", "listen = ")}, "is not valid TOML"},
		"missing file":   {Sources{File: "/nonexistent/k.toml"}, "correct --config"},
		"missing secret": {Sources{Env: []string{"KASTELLAN_SMTP_PASSWORD_FILE=/nonexistent"}}, "create it, or correct the path"},
		"value and file": {
			Sources{Env: []string{"KASTELLAN_SMTP_PASSWORD=x", "KASTELLAN_SMTP_PASSWORD_FILE=/x"}}, "are both set: keep one",
		},
		"no number":       {Sources{Env: []string{"KASTELLAN_SMTP_PORT=many"}}, `environment KASTELLAN_SMTP_PORT: smtp_port: "many" is no whole number`},
		"no duration":     {Sources{Env: []string{"KASTELLAN_SHUTDOWN_TIMEOUT=5"}}, "write it like 20s"},
		"no size":         {Sources{Env: []string{"KASTELLAN_MAX_REQUEST=-1MB"}}, "a size is written like"},
		"no level":        {Sources{Env: []string{"KASTELLAN_LOG_LEVEL=loud"}}, "use debug, info, warn or error"},
		"no network":      {Sources{Env: []string{"KASTELLAN_TRUSTED_PROXIES=10.0.0.0/99"}}, "neither an address nor a network"},
		"date in file":    {Sources{File: write(t, "k.toml", "listen = 2020-01-01")}, "neither a text, a number"},
		"registration":    {Sources{Env: []string{"KASTELLAN_REGISTRATION=maybe"}}, "use one of open, invitation, domains, closed"},
		"no domains":      {Sources{Env: []string{"KASTELLAN_REGISTRATION=domains"}}, "name the domains"},
		"two mistakes":    {Sources{Env: []string{"KASTELLAN_TRASH_DAYS=0", "KASTELLAN_LISTEN=x"}}, "use 1 or more"},
		"plain public":    {Sources{Env: []string{"KASTELLAN_PUBLIC_URL=http://vault.example.com"}}, "must begin with https://"},
		"path in public":  {Sources{Env: []string{"KASTELLAN_PUBLIC_URL=https://example.com/vault"}}, "without a path"},
		"half TLS":        {Sources{Env: []string{"KASTELLAN_TLS_CERT=/c.pem"}}, "set both"},
		"half mail":       {Sources{Env: []string{"KASTELLAN_SMTP_FROM=a@example.com"}}, "set smtp_host too"},
		"no sender":       {Sources{Env: []string{"KASTELLAN_SMTP_HOST=mail.example.com"}}, "write an address"},
		"short key":       {Sources{Env: []string{"KASTELLAN_SECRET_KEY=c2hvcnQ="}}, "openssl rand -base64 32"},
		"other database":  {Sources{Env: []string{"KASTELLAN_DATABASE_URL=mysql://root:hunter2@db/x"}}, "write postgres://"},
		"nowhere":         {Sources{Env: []string{"KASTELLAN_LISTEN=", "KASTELLAN_LISTEN_TLS="}}, "at least one address"},
		"wildcard origin": {Sources{Env: []string{"KASTELLAN_CORS_ORIGINS=https://*.example.com"}}, "without path or asterisk"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Load(tt.sources)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("err = %v, want %q in it", err, tt.want)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("the error shows a secret: %v", err)
			}
		})
	}
}

func TestPublicURLFollowsTheListeners(t *testing.T) {
	tests := map[string]struct {
		env  []string
		want string
	}{
		"as set":        {[]string{"KASTELLAN_PUBLIC_URL=https://vault.example.com/"}, "https://vault.example.com"},
		"another port":  {[]string{"KASTELLAN_LISTEN_TLS=localhost:9443"}, "https://localhost:9443"},
		"every address": {[]string{"KASTELLAN_LISTEN_TLS=:9443"}, "https://localhost:9443"},
		"without HTTPS": {[]string{"KASTELLAN_LISTEN_TLS=", "KASTELLAN_LISTEN=127.0.0.1:8000"}, "http://127.0.0.1:8000"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := Load(Sources{Env: tt.env})
			if err != nil {
				t.Fatal(err)
			}
			if c.PublicURL != tt.want {
				t.Errorf("public_url = %q, want %q", c.PublicURL, tt.want)
			}
		})
	}
}

func TestEveryMistakeIsReported(t *testing.T) {
	_, err := Load(Sources{Env: []string{"KASTELLAN_NONSENSE=1", "KASTELLAN_SMTP_PORT=x"}})
	for _, want := range []string{"KASTELLAN_NONSENSE", "smtp_port"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("err = %v, want %q in it", err, want)
		}
	}
}

func TestKubernetesServiceVariablesAreNotSettings(t *testing.T) {
	_, err := Load(Sources{Env: []string{
		"KASTELLAN_SERVICE_HOST=10.0.0.1", "KASTELLAN_SERVICE_PORT=8443", "KASTELLAN_SERVICE_PORT_HTTPS=8443",
		"KASTELLAN_PORT=tcp://10.0.0.1:8443", "KASTELLAN_PORT_8443_TCP=tcp://10.0.0.1:8443", "KASTELLAN_PORT_8443_TCP_ADDR=10.0.0.1",
		"KASTELLAN_DB_SERVICE_HOST=10.0.0.2", "KASTELLAN_DB_PORT_5432_TCP_PROTO=tcp",
	}})
	if err != nil {
		t.Error(err)
	}
}

// Whoever exports these for the commands that act over the network starts servers
// with them, too.
func TestVariablesOfCommandsAreNotSettings(t *testing.T) {
	for _, name := range commandEnv {
		if _, err := Load(Sources{Env: []string{name + "=x"}}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A domain in another spelling would let nobody register: addresses have the one
// of DNS alone.
func TestRegistrationDomainsAreNamesOfDNS(t *testing.T) {
	for domain, want := range map[string]bool{"example.com": true, "xn--bcher-kva.example": true, "bücher.example": false, "@example.com": false} {
		file := write(t, "k.toml", `registration_domains = ["`+domain+`"]`+"\nregistration = \"domains\"\n")
		c, err := Load(Sources{Env: []string{"KASTELLAN_CONFIG=" + file}})
		if err == nil {
			err = c.Validate()
		}
		if (err == nil) != want {
			t.Errorf("%s: %v", domain, err)
		}
	}
}
