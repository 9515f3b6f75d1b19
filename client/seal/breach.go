package seal

import (
	"crypto/sha1" //nolint:gosec // the lists of leaked passwords are sorted by it
	"encoding/hex"
	"strings"
)

// BreachPrefix splits the SHA-1 of a password for a look-up among leaked ones:
// only the first five digits leave the machine, the rest is compared here.
func BreachPrefix(password string) (prefix, rest string) {
	sum := sha1.Sum([]byte(password)) //nolint:gosec // likewise
	digits := strings.ToUpper(hex.EncodeToString(sum[:]))
	return digits[:5], digits[5:]
}
