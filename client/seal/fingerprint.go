package seal

import (
	"crypto/sha256"
	"math/big"
	"strings"

	"github.com/kastellan/kastellan/client/wordlist"
)

// fingerprintWords carry at least 64 bits: 5 of 7776.
const fingerprintWords = 5

// Fingerprint is the phrase that two people compare to be sure of a public key.
// The material is the user id of an account, the organization id of an
// organization, or the lower-cased e-mail address of a log-in request.
func Fingerprint(material string, key PublicKey) string {
	prk := sha256.Sum256(key.DER())
	number := new(big.Int).SetBytes(expand(prk[:], material, 32))
	words := wordlist.All()
	count, index := big.NewInt(int64(len(words))), new(big.Int)
	phrase := make([]string, fingerprintWords)
	for i := range phrase {
		number.DivMod(number, count, index)
		phrase[i] = words[index.Int64()]
	}
	return strings.Join(phrase, "-")
}
