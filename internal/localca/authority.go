package localca

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"
)

const (
	authorityLife = 10 * 365 * 24 * time.Hour
	// Apple's systems refuse server certificates of more than 825 days, whoever
	// signed them; a year leaves room.
	serverLife  = 365 * 24 * time.Hour
	renewBefore = 30 * 24 * time.Hour
	// Clocks of phones and virtual machines lag.
	backdate = time.Hour
)

// alwaysNamed are the names that every certificate here is good for.
var alwaysNamed = []string{"localhost", "127.0.0.1", "::1"}

// authority is the certificate that people trust, with its key.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// loadAuthority reads the authority, or makes it when there is none, when it
// has ended, or when its constraints exclude one of the hosts. made reports a new one,
// which people must trust anew.
func loadAuthority(dir string, hosts []string, now time.Time) (a *authority, made bool, err error) {
	pair, err := readPair(dir, "ca")
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, false, err
	default:
		a = &authority{cert: pair.Leaf, key: pair.PrivateKey.(*ecdsa.PrivateKey)}
		if a.good(hosts, now) {
			return a, false, nil
		}
	}
	a, err = makeAuthority(dir, hosts, now)
	return a, true, err
}

func (a *authority) good(hosts []string, now time.Time) bool {
	if now.After(a.cert.NotAfter.Add(-serverLife - renewBefore)) {
		return false
	}
	return !slices.ContainsFunc(hosts, func(h string) bool { return !a.permits(h) })
}

func (a *authority) permits(host string) bool {
	if ip := net.ParseIP(host); ip != nil {
		return slices.ContainsFunc(a.cert.PermittedIPRanges, func(n *net.IPNet) bool { return n.Contains(ip) })
	}
	return slices.ContainsFunc(a.cert.PermittedDNSDomains, func(d string) bool {
		return host == d || strings.HasSuffix(host, "."+d)
	})
}

func makeAuthority(dir string, hosts []string, now time.Time) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial(),
		// The date keeps two authorities apart in a trust store.
		Subject:                     pkix.Name{CommonName: "Kastellan local authority " + now.UTC().Format(time.DateOnly), Organization: []string{"Kastellan"}},
		NotBefore:                   now.Add(-backdate),
		NotAfter:                    now.Add(authorityLife),
		KeyUsage:                    x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid:       true,
		IsCA:                        true,
		MaxPathLenZero:              true,
		PermittedDNSDomainsCritical: true,
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			template.PermittedIPRanges = append(template.PermittedIPRanges, exactly(ip))
		} else {
			template.PermittedDNSDomains = append(template.PermittedDNSDomains, host)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, fmt.Errorf("sign the local authority: %w", err)
	}
	if err := writePair(dir, "ca", [][]byte{der}, key); err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	return &authority{cert: cert, key: key}, err
}

// issue makes a server certificate for the hosts.
func (a *authority) issue(dir string, hosts []string, now time.Time) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber: serial(),
		Subject:      pkix.Name{CommonName: hosts[0]},
		NotBefore:    now.Add(-backdate),
		NotAfter:     now.Add(serverLife),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, host := range hosts {
		if ip := net.ParseIP(host); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, host)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	if err != nil {
		return fmt.Errorf("sign the server certificate: %w", err)
	}
	return writePair(dir, "server", [][]byte{der, a.cert.Raw}, key)
}

func exactly(ip net.IP) *net.IPNet {
	addr, _ := netip.AddrFromSlice(ip)
	addr = addr.Unmap()
	return &net.IPNet{IP: addr.AsSlice(), Mask: net.CIDRMask(addr.BitLen(), addr.BitLen())}
}

func serial() *big.Int {
	n, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		panic(err) // the system has no randomness
	}
	return n
}
