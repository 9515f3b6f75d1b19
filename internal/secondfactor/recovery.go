package secondfactor

import (
	"crypto/rand"
	"crypto/subtle"
	"strings"
)

const recoveryLength = 32

// NewRecoveryCode makes 32 small letters and digits, of 160 random bits.
func NewRecoveryCode() string {
	return strings.ToLower((rand.Text() + rand.Text())[:recoveryLength])
}

// SameRecoveryCode compares a code with what a person typed: clients show groups
// of four, and people type capitals.
func SameRecoveryCode(want, typed string) bool {
	typed = strings.ToLower(strings.Join(strings.Fields(typed), ""))
	return len(want) == recoveryLength && subtle.ConstantTimeCompare([]byte(want), []byte(typed)) == 1
}
