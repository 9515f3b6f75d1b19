package web

import (
	"strconv"
	"strings"
)

// choose picks the first encoding on offer that Accept-Encoding allows
// (RFC 9110 §12.5.3), or "" for none. The order of the offer decides among those
// that the client takes: it takes them all, and the server knows which is smallest.
func choose(accept string, offer []string) string {
	allowed := map[string]bool{}
	for part := range strings.SplitSeq(accept, ",") {
		name, params, _ := strings.Cut(part, ";")
		allowed[strings.ToLower(strings.TrimSpace(name))] = quality(params) > 0
	}
	for _, encoding := range offer {
		ok, named := allowed[encoding]
		if !named {
			ok = allowed["*"]
		}
		if ok {
			return encoding
		}
	}
	return ""
}

func quality(params string) float64 {
	value, ok := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(params), " ", ""), "q=")
	if !ok {
		return 1
	}
	q, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return 0
	}
	return q
}
