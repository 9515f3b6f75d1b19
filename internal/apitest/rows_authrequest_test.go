package apitest_test

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/apitest"
)

const accessCode = "code-of-the-asking-device"

// asking is the body of a device that asks to be let in.
func asking(p *person, kind int) m {
	return m{"email": p.Email, "publicKey": apitest.PublicKey(), "deviceIdentifier": p.Device, "accessCode": accessCode, "type": kind}
}

// requested is a fresh request of somebody's own device.
func requested(w *world, p *person) string {
	w.Forgive(w.T)
	return w.Must(w.T, apitest.Nobody, http.MethodPost, "/api/auth-requests", asking(p, 0)).Text(w.T, "id")
}

func authRequestRows() map[string]row {
	mine := func(suffix string, body any) func(w *world, _ *person) (string, any) {
		return func(w *world, _ *person) (string, any) {
			return "/api/auth-requests/" + requested(w, w.Stranger) + suffix, body
		}
	}
	return map[string]row{
		"POST /api/auth-requests": {try: func(w *world, _ *person) (string, any) {
			w.Forgive(w.T)
			return "/api/auth-requests", asking(w.Stranger, 0)
		}},
		"POST /api/auth-requests/admin-request": {status: http.StatusBadRequest, try: func(w *world, p *person) (string, any) {
			return "/api/auth-requests/admin-request", asking(p, 2)
		}},
		"GET /api/auth-requests":               get("/api/auth-requests"),
		"GET /api/auth-requests/pending":       get("/api/auth-requests/pending"),
		"GET /api/auth-requests/{id}":          {who: only(stranger), try: mine("", nil)},
		"PUT /api/auth-requests/{id}":          {who: only(stranger), try: mine("", m{"key": apitest.Encapsulated(), "masterPasswordHash": nil, "deviceIdentifier": "x", "requestApproved": true})},
		"GET /api/auth-requests/{id}/response": {try: mine("/response?code="+accessCode, nil)},
	}
}
