package claim

import (
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"

	"github.com/kastellan/kastellan/internal/fault"
)

// names reads names as DNS takes them, with its limits on length.
var names = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.Transitional(false), idna.StrictDomainName(true), idna.VerifyDNSLength(true))

// Name reads a domain as people write it and gives its lower-case ASCII form. A
// suffix under which everybody can register, such as co.uk, is nobody's own.
func Name(raw string) (string, error) {
	name, err := names.ToASCII(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(raw)), "."))
	if err != nil || !strings.Contains(name, ".") || strings.ContainsAny(name, "_@:/ ") {
		return "", fault.Field("domainName", "This is not the name of a domain. Write it like example.com.")
	}
	labels := strings.Split(name, ".")
	if last := labels[len(labels)-1]; strings.Trim(last, "0123456789") == "" {
		return "", fault.Field("domainName", "An address of a machine cannot be claimed. Write the name of a domain, like example.com.")
	}
	if suffix, _ := publicsuffix.PublicSuffix(name); suffix == name {
		return "", fault.Field("domainName", "Everybody can have addresses under "+name+". Claim a domain of your own.")
	}
	return name, nil
}
