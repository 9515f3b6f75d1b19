package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/kastellan/kastellan/client/fleet"
)

// The variables of the commands that act over the network.
const (
	envServer   = "KASTELLAN_SERVER"
	envCA       = "KASTELLAN_CA_FILE"
	envClientID = "KASTELLAN_CLIENT_ID"
	envSecret   = "KASTELLAN_CLIENT_SECRET"
	envEmail    = "KASTELLAN_EMAIL"
	envPassword = "KASTELLAN_PASSWORD"
)

// get is the value of a variable; "" when it is not set.
func (e environment) get(name string) string {
	for i := len(e) - 1; i >= 0; i-- {
		if value, ok := strings.CutPrefix(e[i], name+"="); ok {
			return value
		}
	}
	return ""
}

// secret is the value of a variable, or the contents of the file that name_FILE
// names: flags could be read by everybody on the machine.
func (e environment) secret(name string) (string, error) {
	value, file := e.get(name), e.get(name+"_FILE")
	switch {
	case value != "" && file != "":
		return "", fmt.Errorf("%s and %s_FILE are both set: keep one of them", name, name)
	case value != "":
		return value, nil
	case file == "":
		return "", fmt.Errorf("set %s, or %s_FILE to a file that holds it", name, name)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("%s_FILE: %w", name, err)
	}
	return strings.TrimRight(string(b), "\r\n"), nil
}

// server is where a command acts.
type server struct {
	Server string `placeholder:"URL" help:"Address of the server (KASTELLAN_SERVER)."`
	CAFile string `name:"ca-file" placeholder:"FILE" help:"Trust this certificate authority too (KASTELLAN_CA_FILE)."`
	Output string `short:"o" enum:"table,json" default:"table" help:"Print a table, or json for programs."`
}

// reach is the server's address and how to talk to it.
func (s server) reach(env environment) (string, *http.Client, error) {
	address, ca := s.Server, s.CAFile
	if address == "" {
		address = env.get(envServer)
	}
	if address == "" {
		return "", nil, errors.New("which server? Give --server, or set " + envServer)
	}
	if ca == "" {
		ca = env.get(envCA)
	}
	h := &http.Client{Timeout: 2 * time.Minute}
	if ca == "" {
		return address, h, nil
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		return "", nil, fmt.Errorf("the machine's certificate authorities: %w", err)
	}
	b, err := os.ReadFile(ca)
	if err != nil {
		return "", nil, fmt.Errorf("certificate authority: %w", err)
	}
	if !roots.AppendCertsFromPEM(b) {
		return "", nil, fmt.Errorf("certificate authority: %s holds no certificate", ca)
	}
	h.Transport = &http.Transport{
		Proxy: http.ProxyFromEnvironment, TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true,
	}
	return address, h, nil
}

// remote is how a command acts as a program of a provider.
type remote struct {
	server
	ClientID string `name:"client-id" placeholder:"ID" help:"Client id of the API key, provider.… (KASTELLAN_CLIENT_ID). The secret is in KASTELLAN_CLIENT_SECRET, or in the file KASTELLAN_CLIENT_SECRET_FILE."`
}

func (r remote) fleet(env environment) (*fleet.Fleet, error) {
	address, h, err := r.reach(env)
	if err != nil {
		return nil, err
	}
	key := fleet.Key{ClientID: r.ClientID}
	if key.ClientID == "" {
		key.ClientID = env.get(envClientID)
	}
	if !strings.HasPrefix(key.ClientID, "provider.") {
		return nil, errors.New("which API key? Give --client-id, or set " + envClientID + " to provider.… as the Provider Portal showed it")
	}
	if key.Secret, err = env.secret(envSecret); err != nil {
		return nil, err
	}
	return fleet.New(address, h, key)
}
