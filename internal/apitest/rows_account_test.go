package apitest_test

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

// secret is what proves that the person is there.
func secret(p *person, more ...m) m {
	out := m{"masterPasswordHash": p.Password}
	for _, extra := range more {
		for k, v := range extra {
			out[k] = v
		}
	}
	return out
}

// self is a row whose request carries the caller's secret.
func self(path string, more ...m) row {
	return row{try: func(_ *world, p *person) (string, any) { return path, secret(p, more...) }}
}

// once is a row that changes the account for good: each caller is a newcomer.
func once(path string, body func(p *person) m, events ...event.Type) row {
	var fresh *person
	return row{
		who:    func(w *world) []*person { fresh = newcomer(w); return []*person{fresh} },
		try:    func(_ *world, p *person) (string, any) { return path, body(p) },
		events: events,
		self:   true,
	}
}

func password(hash, salt string) (authentication, unlock m) {
	kdf := m{"kdfType": 0, "iterations": 650000}
	return m{"kdf": kdf, "masterPasswordAuthenticationHash": hash, "salt": salt},
		m{"kdf": kdf, "masterKeyWrappedUserKey": apitest.WrappedKey(), "salt": salt}
}

func accountRows() map[string]row {
	return map[string]row{
		"POST /identity/connect/token": {status: http.StatusBadRequest, try: func(*world, *person) (string, any) { return "/identity/connect/token", nil }},
		"GET /api/config":              get("/api/config"),
		"GET /api/alive":               get("/api/alive"),
		"GET /api/version":             get("/api/version"),
		"POST /identity/accounts/prelogin/password": {try: func(*world, *person) (string, any) {
			return "/identity/accounts/prelogin/password", m{"email": "nobody@nowhere.example"}
		}},
		"POST /identity/accounts/register/send-verification-email": {try: func(*world, *person) (string, any) {
			return "/identity/accounts/register/send-verification-email", m{"email": "new@nowhere.example"}
		}},
		"POST /identity/accounts/register/verification-email-clicked": {status: http.StatusBadRequest, try: func(*world, *person) (string, any) {
			return "/identity/accounts/register/verification-email-clicked", m{"email": "new@nowhere.example", "emailVerificationToken": "forged"}
		}},
		"POST /identity/accounts/register/finish": {status: http.StatusBadRequest, try: func(*world, *person) (string, any) {
			return "/identity/accounts/register/finish", m{"email": "new@nowhere.example", "emailVerificationToken": "forged"}
		}},
		"GET /api/accounts/profile":       get("/api/accounts/profile"),
		"PUT /api/accounts/profile":       {try: func(*world, *person) (string, any) { return "/api/accounts/profile", m{"name": "Stranger"} }},
		"PUT /api/accounts/avatar":        {try: func(*world, *person) (string, any) { return "/api/accounts/avatar", m{"avatarColor": "#112233"} }},
		"GET /api/accounts/organizations": get("/api/accounts/organizations"),
		"GET /api/accounts/revision-date": get("/api/accounts/revision-date"),
		"GET /api/accounts/keys":          get("/api/accounts/keys"),
		"POST /api/accounts/keys": {status: http.StatusBadRequest, try: func(*world, *person) (string, any) { // has keys already
			return "/api/accounts/keys", m{"publicKey": apitest.PublicKey(), "encryptedPrivateKey": apitest.WrappedPrivateKey()}
		}},
		"POST /api/accounts/key-management/user-key-id": {try: func(*world, *person) (string, any) {
			return "/api/accounts/key-management/user-key-id", m{"userKeyId": "00112233445566778899aabbccddeeff"}
		}},
		"GET /api/accounts/key-management/key-rotation-data": get("/api/accounts/key-management/key-rotation-data"),
		"POST /api/accounts/key-management/regenerate-keys": {status: http.StatusBadRequest, try: func(*world, *person) (string, any) { // has keys already
			return "/api/accounts/key-management/regenerate-keys", m{"userPublicKey": apitest.PublicKey(), "userKeyEncryptedUserPrivateKey": apitest.WrappedPrivateKey()}
		}},
		"POST /api/accounts/key-management/rotate-user-account-keys": rotation(),
		"GET /api/users/{id}/public-key":                             {try: func(w *world, _ *person) (string, any) { return "/api/users/" + w.User.ID + "/public-key", nil }},
		"GET /api/users/{id}/keys":                                   {try: func(w *world, _ *person) (string, any) { return "/api/users/" + w.User.ID + "/keys", nil }},
		"POST /api/accounts/verify-password":                         self("/api/accounts/verify-password"),
		"POST /api/accounts/api-key":                                 self("/api/accounts/api-key"),
		"POST /api/accounts/rotate-api-key":                          self("/api/accounts/rotate-api-key"),
		"PUT /api/accounts/verify-devices":                           self("/api/accounts/verify-devices", m{"verifyDevices": false}),
		"POST /api/accounts/email-token":                             self("/api/accounts/email-token", m{"newEmail": "elsewhere@nowhere.example"}),
		"POST /api/accounts/security-stamp":                          once("/api/accounts/security-stamp", func(p *person) m { return secret(p) }),
		"DELETE /api/accounts":                                       once("/api/accounts", func(p *person) m { return secret(p) }),
		"POST /api/accounts/request-otp":                             {status: http.StatusBadRequest, try: func(*world, *person) (string, any) { return "/api/accounts/request-otp", nil }},
		"POST /api/accounts/verify-otp":                              {status: http.StatusBadRequest, events: []event.Type{event.UserFailedLogIn}, try: func(*world, *person) (string, any) { return "/api/accounts/verify-otp", m{"otp": "000000"} }},
		"POST /api/accounts/resend-new-device-otp":                   {events: []event.Type{event.UserFailedLogIn}, try: anonymous("/api/accounts/resend-new-device-otp", 0).try},
		"POST /api/accounts/password-hint":                           anonymous("/api/accounts/password-hint", http.StatusBadRequest), // the server has no mail
		"POST /api/accounts/delete-recover":                          anonymous("/api/accounts/delete-recover", http.StatusBadRequest),
		"POST /api/accounts/verify-email-token":                      forged("/api/accounts/verify-email-token"),
		"POST /api/accounts/delete-recover-token":                    forged("/api/accounts/delete-recover-token"),
		"POST /api/accounts/verify-email":                            {status: http.StatusBadRequest, try: func(*world, *person) (string, any) { return "/api/accounts/verify-email", nil }},
		"POST /events/collect":                                       {try: func(*world, *person) (string, any) { return "/events/collect", []any{} }},
		"GET /api/settings/domains":                                  get("/api/settings/domains"),
		"PUT /api/settings/domains": {try: func(*world, *person) (string, any) {
			return "/api/settings/domains", m{"equivalentDomains": [][]string{{"a.example", "b.example"}}, "excludedGlobalEquivalentDomains": []int{}}
		}},
		"GET /api/plans":         get("/api/plans"),
		"GET /api/tasks":         get("/api/tasks"),
		"GET /api/notifications": get("/api/notifications"),
		"POST /api/accounts/password": once("/api/accounts/password", func(p *person) m {
			return secret(p, m{"newMasterPasswordHash": "bmV3IGhhc2ggb2YgdGhlIG1hc3RlciBwYXNzd29yZCE=", "key": apitest.WrappedKey()})
		}, event.UserChangedPassword),
		"POST /api/accounts/kdf": once("/api/accounts/kdf", func(p *person) m {
			a, u := password("bmV3IGhhc2ggb2YgdGhlIG1hc3RlciBwYXNzd29yZCE=", p.Email)
			return secret(p, m{"authenticationData": a, "unlockData": u})
		}, event.UserChangedPassword),
		"POST /api/accounts/email": once("/api/accounts/email", func(p *person) m {
			return secret(p, m{"newEmail": "moved-" + p.Email, "token": "none", "newMasterPasswordHash": "bmV3IGhhc2ggb2YgdGhlIG1hc3RlciBwYXNzd29yZCE=", "key": apitest.WrappedKey()})
		}, event.UserChangedPassword),
	}
}

// rotation changes the user key of a newcomer, whose vault is empty.
func rotation() row {
	const path = "/api/accounts/key-management/rotate-user-account-keys"
	r := once(path, nil, event.UserChangedPassword)
	r.try = func(w *world, p *person) (string, any) {
		public := w.Must(w.T, p, http.MethodGet, "/api/accounts/keys", nil).Text(w.T, "publicKey")
		return path, m{
			"oldMasterKeyAuthenticationHash": p.Password, "newUserKeyId": "00112233445566778899aabbccddeeff",
			"accountData": m{"ciphers": []any{}, "folders": []any{}, "sends": []any{}},
			"accountKeys": m{"accountPublicKey": public, "userKeyEncryptedAccountPrivateKey": apitest.WrappedPrivateKey()},
			"accountUnlockData": m{"masterPasswordUnlockData": m{"kdfType": 0, "kdfIterations": 600000, "email": p.Email,
				"masterKeyAuthenticationHash": p.Password, "masterKeyEncryptedUserKey": apitest.WrappedKey()}},
		}
	}
	return r
}

func anonymous(path string, status int) row {
	return row{status: status, try: func(*world, *person) (string, any) {
		return path, m{"email": "nobody@nowhere.example", "masterPasswordHash": "wrong"}
	}}
}

func forged(path string) row {
	return row{status: http.StatusBadRequest, try: func(w *world, _ *person) (string, any) {
		return path, m{"userId": w.User.ID, "token": "forged"}
	}}
}

func deviceRows() map[string]row {
	// mine is a device of the stranger's, made anew each time.
	mine := func(w *world) (device, identifier string) {
		identifier = string(id.New[id.Device]())
		a := w.Must(w.T, w.Stranger, http.MethodPost, "/api/devices", m{"type": 9, "name": "browser", "identifier": identifier})
		return a.Text(w.T, "id"), identifier
	}
	byID := func(suffix string, body any) row {
		return row{who: only(stranger), try: func(w *world, _ *person) (string, any) {
			device, _ := mine(w)
			return "/api/devices/" + device + suffix, body
		}}
	}
	byIdentifier := func(suffix string, body any) row {
		return row{who: only(stranger), try: func(w *world, _ *person) (string, any) {
			_, identifier := mine(w)
			return "/api/devices/identifier/" + identifier + suffix, body
		}}
	}
	clear := byIdentifier("/clear-token", nil)
	clear.who = nil
	return map[string]row{
		"GET /api/devices/knowndevice": {status: http.StatusBadRequest, try: func(*world, *person) (string, any) { return "/api/devices/knowndevice", nil }},
		"GET /api/devices":             get("/api/devices"),
		"POST /api/devices": {try: func(*world, *person) (string, any) {
			return "/api/devices", m{"type": 9, "name": "b", "identifier": string(id.New[id.Device]())}
		}},
		"GET /api/devices/{id}": byID("", nil),
		"PUT /api/devices/{id}": {who: only(stranger), try: func(w *world, _ *person) (string, any) {
			device, identifier := mine(w)
			return "/api/devices/" + device, m{"type": 9, "name": "renamed", "identifier": identifier}
		}},
		"DELETE /api/devices/{id}":                             byID("", nil),
		"GET /api/devices/identifier/{identifier}":             byIdentifier("", nil),
		"PUT /api/devices/identifier/{identifier}/token":       byIdentifier("/token", m{"pushToken": "t"}),
		"PUT /api/devices/identifier/{identifier}/clear-token": clear,
	}
}
