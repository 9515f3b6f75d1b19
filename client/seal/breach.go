package seal

import (
	"crypto/sha1"
	"encoding/hex"
	"strings"
)

// BreachPrefix splits the SHA-1 of a password for a look-up among leaked ones:
// only the first five digits leave the machine, the rest is compared here.
func BreachPrefix(password string) (prefix, rest string) {
	sum := sha1.Sum([]byte(password))
	digits := strings.ToUpper(hex.EncodeToString(sum[:]))
	return digits[:5], digits[5:]
}
