package app

import (
	"crypto/tls"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/kastellan/kastellan/internal/fault"
)

// pair is a certificate from files, which a renewal by others replaces while the
// server runs.
type pair struct {
	certFile, keyFile string

	mu      sync.Mutex
	loaded  *tls.Certificate
	changed time.Time // of certFile, when it was loaded
	checked time.Time
}

func openPair(certFile, keyFile string) (*pair, error) {
	p := &pair{certFile: certFile, keyFile: keyFile}
	if err := p.load(); err != nil {
		return nil, fault.Wrap(fault.Invalid, fmt.Sprintf("The certificate in %s and %s cannot be used: give PEM files with a chain and its key in tls_cert and tls_key.", certFile, keyFile), err)
	}
	return p, nil
}

func (p *pair) load() error {
	info, err := os.Stat(p.certFile)
	if err != nil {
		return err
	}
	if p.loaded != nil && info.ModTime().Equal(p.changed) {
		return nil
	}
	loaded, err := tls.LoadX509KeyPair(p.certFile, p.keyFile)
	if err != nil {
		return err
	}
	p.loaded, p.changed = &loaded, info.ModTime()
	return nil
}

// get looks for new files at most once a minute. A failure keeps the old
// certificate: the renewal may be half written.
func (p *pair) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := time.Now(); now.Sub(p.checked) > time.Minute {
		p.checked = now
		_ = p.load()
	}
	return p.loaded, nil
}
