package apitest_test

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/id"
)

// liveRows are about addresses of sockets. The matrix does not open any, and so learns
// who would be let in: they are told that the address is for sockets.
func liveRows() map[string]row {
	nobodyWaits := func(path string) row {
		return row{status: http.StatusNotFound, try: func(*world, *person) (string, any) {
			return path + "?Token=" + string(id.New[id.Cipher]()), nil
		}}
	}
	opened := get("/notifications/hub")
	opened.status = http.StatusBadRequest
	return map[string]row{
		"GET /notifications/hub":                      opened,
		"POST /notifications/hub/negotiate":           get("/notifications/hub/negotiate"),
		"GET /notifications/anonymous-hub":            nobodyWaits("/notifications/anonymous-hub"),
		"POST /notifications/anonymous-hub/negotiate": nobodyWaits("/notifications/anonymous-hub/negotiate"),
	}
}
