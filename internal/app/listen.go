package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/kastellan/kastellan/internal/config"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/localca"
)

// listeners are the open doors of the server.
type listeners struct {
	plain     []net.Listener
	encrypted []net.Listener
	tls       *tls.Config
	// authority is the file to trust, when the certificate is the server's own.
	authority    string
	newAuthority bool
}

// listen opens the addresses and gets the certificate, and names in cfg the ports
// that the system chose where it was asked to.
func listen(ctx context.Context, cfg *config.Config) (*listeners, error) {
	l := &listeners{}
	err := errors.Join(
		bind(ctx, "listen", &cfg.Listen, &l.plain),
		bind(ctx, "listen_tls", &cfg.ListenTLS, &l.encrypted),
	)
	cfg.DerivePublicURL()
	if err == nil && cfg.ListenTLS != "" {
		err = l.certify(cfg)
	}
	if err != nil {
		l.close()
		return nil, err
	}
	return l, nil
}

// bind opens an address. For localhost it opens both loopback addresses, since
// clients differ in which they try.
func bind(ctx context.Context, key string, addr *string, into *[]net.Listener) error {
	if *addr == "" {
		return nil
	}
	host, port, err := net.SplitHostPort(*addr)
	if err != nil {
		return fault.Wrap(fault.Invalid, fmt.Sprintf("%s is not host:port.", key), err)
	}
	hosts := []string{host}
	if host == "localhost" {
		hosts = []string{"127.0.0.1", "::1"}
	}
	for i, h := range hosts {
		var lc net.ListenConfig
		ln, err := lc.Listen(ctx, "tcp", net.JoinHostPort(h, port))
		if err != nil {
			if i > 0 && !errors.Is(err, syscall.EADDRINUSE) { // a machine without IPv6
				continue
			}
			return bindFault(key, *addr, err)
		}
		*into = append(*into, ln)
		if tcp, ok := ln.Addr().(*net.TCPAddr); ok && port == "0" {
			port = strconv.Itoa(tcp.Port)
		}
	}
	*addr = net.JoinHostPort(host, port)
	return nil
}

func bindFault(key, addr string, err error) error {
	flag := "--" + config.FlagName(key)
	msg := fmt.Sprintf("Cannot listen on %s: choose another address with %s.", addr, flag)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		msg = fmt.Sprintf("Another program already listens on %s: stop it, or choose another address with %s.", addr, flag)
	case errors.Is(err, syscall.EACCES):
		msg = fmt.Sprintf("This user may not listen on %s: choose a port above 1023 with %s, or allow it (CAP_NET_BIND_SERVICE).", addr, flag)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		msg = fmt.Sprintf("This machine does not have the address %s: choose another with %s.", addr, flag)
	}
	return fault.Wrap(fault.Unavailable, msg, err)
}

func (l *listeners) certify(cfg *config.Config) error {
	l.tls = &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}}
	if cfg.TLSCert != "" {
		pair, err := openPair(cfg.TLSCert, cfg.TLSKey)
		if err != nil {
			return err
		}
		l.tls.GetCertificate = pair.get
		return nil
	}
	hosts := []string{cfg.Host()}
	if host, _, err := net.SplitHostPort(cfg.ListenTLS); err == nil && host != "0.0.0.0" && host != "::" {
		hosts = append(hosts, host)
	}
	keeper, err := localca.Open(filepath.Join(cfg.DataDir, "tls"), hosts, time.Now)
	if err != nil {
		return dataFault(cfg, err)
	}
	l.authority, l.newAuthority = keeper.AuthorityPath(), keeper.MadeAuthority
	if abs, err := filepath.Abs(l.authority); err == nil {
		l.authority = abs
	}
	l.tls.GetCertificate = keeper.GetCertificate
	return nil
}

func (l *listeners) close() {
	for _, ln := range append(l.plain, l.encrypted...) {
		_ = ln.Close()
	}
}

// dataFault says what to do about a data directory that cannot be used.
func dataFault(cfg *config.Config, err error) error {
	dir, absErr := filepath.Abs(cfg.DataDir)
	if absErr != nil {
		dir = cfg.DataDir
	}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fault.Wrap(fault.Unavailable, fmt.Sprintf("The disk with the data directory %s is full: free some space and start again.", dir), err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrExist), errors.Is(err, fs.ErrNotExist):
		return fault.Wrap(fault.Unavailable, fmt.Sprintf("The data directory %s cannot be written: give this user the right to, or choose another with --data-dir.", dir), err)
	}
	return err
}
