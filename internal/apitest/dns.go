package apitest

import (
	"context"
	"net"
	"sync"
)

// Names is the DNS of a test: it knows what it was told.
type Names struct {
	mu  sync.Mutex
	txt map[string][]string
}

// Set gives a domain its TXT records.
func (n *Names) Set(domain string, texts ...string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.txt == nil {
		n.txt = map[string][]string{}
	}
	n.txt[domain+"."] = texts
}

// LookupTXT answers the server.
func (n *Names) LookupTXT(_ context.Context, name string) ([]string, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	texts, known := n.txt[name]
	if !known {
		return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
	}
	return texts, nil
}
