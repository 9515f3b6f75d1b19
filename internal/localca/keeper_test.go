package localca

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var start = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

func at(t time.Time) func() time.Time { return func() time.Time { return t } }

func open(t *testing.T, dir string, now time.Time, hosts ...string) *Keeper {
	t.Helper()
	k, err := Open(dir, hosts, at(now))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func trust(t *testing.T, k *Keeper) *x509.CertPool {
	t.Helper()
	b, err := os.ReadFile(k.AuthorityPath())
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b, []byte("PRIVATE")) {
		t.Fatal("the file to hand out holds a key")
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(b) {
		t.Fatal("no certificate in the file to hand out")
	}
	return pool
}

// handshake connects a client that trusts only roots and asks for name.
func handshake(t *testing.T, k *Keeper, roots *x509.CertPool, name string, now time.Time) error {
	t.Helper()
	server, client := net.Pipe()
	defer server.Close()
	defer client.Close()
	go func() {
		_ = tls.Server(server, &tls.Config{GetCertificate: k.GetCertificate, Time: at(now)}).HandshakeContext(t.Context())
		server.Close()
	}()
	return tls.Client(client, &tls.Config{RootCAs: roots, ServerName: name, Time: at(now)}).HandshakeContext(t.Context())
}

func TestHandshake(t *testing.T) {
	k := open(t, t.TempDir(), start, "Vault.Example.com", "192.0.2.7")
	roots := trust(t, k)
	for _, name := range []string{"localhost", "127.0.0.1", "::1", "vault.example.com", "192.0.2.7"} {
		if err := handshake(t, k, roots, name, start); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"example.com", "other.example.com", "192.0.2.8"} {
		if err := handshake(t, k, roots, name, start); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestAuthorityCannotVouchForOthers(t *testing.T) {
	dir := t.TempDir()
	k := open(t, dir, start)
	a, _, err := loadAuthority(dir, k.hosts, start)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.issue(dir, []string{"bank.example.com"}, start); err != nil {
		t.Fatal(err)
	}
	pair, err := readPair(dir, "server")
	if err != nil {
		t.Fatal(err)
	}
	_, err = pair.Leaf.Verify(x509.VerifyOptions{Roots: trust(t, k), DNSName: "bank.example.com", CurrentTime: start})
	if err == nil || !strings.Contains(err.Error(), "not permitted") {
		t.Errorf("err = %v, want the name constraint", err)
	}
}

func TestWhatIsMadeAnew(t *testing.T) {
	tests := map[string]struct {
		later          time.Duration
		hosts          []string
		newCA, newLeaf bool
	}{
		"restart":            {later: time.Hour, hosts: []string{"vault.example.com"}},
		"certificate ending": {later: serverLife - renewBefore + time.Hour, hosts: []string{"vault.example.com"}, newLeaf: true},
		"host removed":       {later: time.Hour, newLeaf: true},
		"host added":         {later: time.Hour, hosts: []string{"new.example.com"}, newCA: true, newLeaf: true},
		"authority ending":   {later: authorityLife - serverLife, hosts: []string{"vault.example.com"}, newCA: true, newLeaf: true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			before := open(t, dir, start, "vault.example.com")
			if !before.MadeAuthority {
				t.Error("the first authority is not reported as new")
			}
			oldCA := trust(t, before)
			after := open(t, dir, start.Add(tt.later), tt.hosts...)
			if got := after.MadeAuthority; got != tt.newCA {
				t.Errorf("new authority = %v, want %v", got, tt.newCA)
			}
			if got := !oldCA.Equal(trust(t, after)); got != tt.newCA {
				t.Errorf("authority differs = %v, want %v", got, tt.newCA)
			}
			if got := !after.pair.Leaf.Equal(before.pair.Leaf); got != tt.newLeaf {
				t.Errorf("new certificate = %v, want %v", got, tt.newLeaf)
			}
		})
	}
}

func TestRenewalWhileRunning(t *testing.T) {
	dir := t.TempDir()
	now := start
	k, err := Open(dir, nil, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	roots := trust(t, k)
	now = start.Add(serverLife + time.Hour)
	if err := handshake(t, k, roots, "localhost", now); err != nil {
		t.Errorf("after the first certificate ended: %v", err)
	}
}

func TestFilesAreTheOwnersOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tls")
	open(t, dir, start)
	want := map[string]os.FileMode{"ca.pem": 0o600, "server.pem": 0o600, "ca.crt": 0o644}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(want) {
		t.Errorf("files: %v", entries)
	}
	for name, mode := range want {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != mode {
			t.Errorf("%s has mode %o, want %o", name, got, mode)
		}
	}
}

func TestDamagedAuthorityIsNotReplacedSilently(t *testing.T) {
	dir := t.TempDir()
	open(t, dir, start)
	if err := os.WriteFile(filepath.Join(dir, "ca.pem"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(dir, nil, at(start))
	if err == nil || !strings.Contains(err.Error(), "remove it and start again") {
		t.Errorf("err = %v", err)
	}
}
