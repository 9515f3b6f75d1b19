package localca

import (
	"crypto/tls"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Keeper holds the server certificate and renews it while the server runs.
type Keeper struct {
	dir   string
	hosts []string
	now   func() time.Time

	// MadeAuthority reports that the authority is new: people must trust it anew.
	MadeAuthority bool

	mu   sync.Mutex
	pair tls.Certificate
}

// Open reads the certificates in dir and makes what is missing, ending, or
// not good for the hosts. Hosts are names or addresses without ports; localhost
// and the loopback addresses are always among them.
func Open(dir string, hosts []string, now func() time.Time) (*Keeper, error) {
	k := &Keeper{dir: dir, hosts: normalize(hosts), now: now}
	if err := k.refresh(); err != nil {
		return nil, err
	}
	return k, nil
}

// AuthorityPath is the file to give to those who shall trust the server. It
// holds no key.
func (k *Keeper) AuthorityPath() string { return filepath.Join(k.dir, "ca.crt") }

// GetCertificate is for tls.Config.
func (k *Keeper) GetCertificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ending() {
		// An error (say, a full disk) must not end the service before the
		// certificate does; the next handshake tries again.
		if err := k.refresh(); err != nil && k.now().After(k.pair.Leaf.NotAfter) {
			return nil, err
		}
	}
	pair := k.pair
	return &pair, nil
}

func (k *Keeper) ending() bool { return k.now().After(k.pair.Leaf.NotAfter.Add(-renewBefore)) }

func (k *Keeper) refresh() error {
	a, made, err := loadAuthority(k.dir, k.hosts, k.now())
	if err != nil {
		return err
	}
	k.MadeAuthority = k.MadeAuthority || made
	// Written each time: it is what people look for, and they may have removed it.
	if err := writeFile(k.AuthorityPath(), encode([][]byte{a.cert.Raw}), 0o644); err != nil {
		return err
	}
	if pair, err := readPair(k.dir, "server"); err == nil && !made && k.fits(pair, a) {
		k.pair = pair
		return nil
	}
	if err := a.issue(k.dir, k.hosts, k.now()); err != nil {
		return err
	}
	k.pair, err = readPair(k.dir, "server")
	return err
}

func (k *Keeper) fits(pair tls.Certificate, a *authority) bool {
	if pair.Leaf.CheckSignatureFrom(a.cert) != nil || k.now().After(pair.Leaf.NotAfter.Add(-renewBefore)) {
		return false
	}
	names := slices.Clone(pair.Leaf.DNSNames)
	for _, ip := range pair.Leaf.IPAddresses {
		names = append(names, ip.String())
	}
	return slices.Equal(normalize(names), k.hosts)
}

func normalize(hosts []string) []string {
	list := slices.Clone(alwaysNamed)
	for _, h := range hosts {
		h = strings.ToLower(strings.TrimSuffix(strings.Trim(h, "[]"), "."))
		if h != "" {
			list = append(list, h)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
