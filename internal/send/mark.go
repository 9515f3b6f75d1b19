package send

import (
	"strconv"
	"strings"

	"github.com/kastellan/kastellan/internal/token"
)

// marked tells apart what a Send asks its recipients for, without telling anything of it:
// a token bears the mark that it was given out under, and ends when that changes.
func marked(s Send) string {
	return token.Hash(strconv.Itoa(int(s.Auth)) + "\n" + s.Password + "\n" + strings.Join(s.Emails, ","))[:32]
}
