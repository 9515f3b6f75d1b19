package app

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// proxies are the peers whose forwarding headers are believed. Anybody else could
// write any address there, and so dodge the limits that count by address.
type proxies []netip.Prefix

func (p proxies) trust(addr netip.Addr) bool {
	return slices.ContainsFunc(p, func(n netip.Prefix) bool { return n.Contains(addr) })
}

func peer(r *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	addr, _ := netip.ParseAddr(host)
	return addr.Unmap().WithZone("")
}

// client gives the address of the caller: the rightmost in X-Forwarded-For that is
// not itself a trusted proxy, since everything left of it is the caller's claim.
func (p proxies) client(r *http.Request) netip.Addr {
	addr := peer(r)
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !p.trust(addr) {
			return addr
		}
		next, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			return addr
		}
		addr = next.Unmap().WithZone("")
	}
	return addr
}

// encrypted reports whether the caller's own connection is: here, or at a proxy.
func (p proxies) encrypted(r *http.Request) bool {
	return r.TLS != nil || (p.trust(peer(r)) && r.Header.Get("X-Forwarded-Proto") == "https")
}
