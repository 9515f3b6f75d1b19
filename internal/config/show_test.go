package config

import (
	"bytes"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

func TestShowHidesSecretsAndNamesOrigins(t *testing.T) {
	c, err := Load(Sources{Env: []string{
		"KASTELLAN_DATABASE_URL=postgres://kastellan:hunter2@db.example.com/vault?password=hunter2",
		"KASTELLAN_SMTP_HOST=mail.example.com", "KASTELLAN_SMTP_FROM=a@example.com",
		"KASTELLAN_SMTP_USERNAME=a", "KASTELLAN_SMTP_PASSWORD=hunter2",
		"KASTELLAN_TRUSTED_PROXIES=10.0.0.0/8, 192.0.2.1",
	}})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := c.Show(&b); err != nil {
		t.Fatal(err)
	}
	out := b.String()
	for _, want := range []string{
		`(?m)^database_url +postgres://kastellan:xxxxx@db\.example\.com/vault +environment KASTELLAN_DATABASE_URL$`,
		`(?m)^smtp_password +\(hidden\) +environment`,
		`(?m)^secret_key +\(empty\) +default$`,
		`(?m)^trusted_proxies +10\.0\.0\.0/8,192\.0\.2\.1/32 +environment`,
		`(?m)^max_request +64MiB +default$`,
		`(?m)^log_level +INFO +default$`,
	} {
		if !regexp.MustCompile(want).MatchString(out) {
			t.Errorf("no line matches %s in\n%s", want, out)
		}
	}
	if strings.Contains(out, "hunter2") {
		t.Errorf("a secret is shown:\n%s", out)
	}
}

func TestSecretsAreNotPrintedByAccident(t *testing.T) {
	c := Config{SMTPPassword: "hunter2"}
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "password", c.SMTPPassword)
	fmt.Fprintf(&b, "%v %+v %#v %s", c.SMTPPassword, c, c, c.SMTPPassword)
	if strings.Contains(b.String(), "hunter2") {
		t.Errorf("printed: %s", b.String())
	}
}

func TestMarkdownIsCurrent(t *testing.T) {
	var b bytes.Buffer
	if err := Markdown(&b); err != nil {
		t.Fatal(err)
	}
	const path = "../../docs/config.md"
	if *update {
		if err := os.MkdirAll("../../docs", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(page, b.Bytes()) {
		t.Error("docs/config.md is not what the settings say: run go generate ./internal/config")
	}
}

func TestEveryKeyIsDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Keys() {
		if k.Doc == "" || k.Group == "" {
			t.Errorf("%s has no doc or no group", k.Name)
		}
		if seen[k.Name] || strings.HasSuffix(k.Name, fileSuffix) {
			t.Errorf("%s is taken", k.Name)
		}
		seen[k.Name] = true
	}
}
