package apitest_test

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/apitest"
)

// newcomers is an act of somebody new about their own account.
func newcomers(method, path string, body func(h *hearing, p *person) any) func(h *hearing) func() apitest.Answer {
	return func(h *hearing) func() apitest.Answer {
		p := h.fresh(newcomer(h.world))
		sent := body(h, p)
		return func() apitest.Answer { return h.Do(h.T, p, method, path, sent) }
	}
}

func toldOfAccounts() []heardCase {
	const another = "bmV3IGhhc2ggb2YgdGhlIG1hc3RlciBwYXNzd29yZCE="
	folders := func(n int) func(h *hearing) []string {
		return func(h *hearing) (ids []string) {
			for range n {
				ids = append(ids, h.Must(h.T, h.Stranger, http.MethodPost, "/api/folders", m{"name": apitest.Enc()}).Text(h.T, "id"))
			}
			return ids
		}
	}
	return []heardCase{
		{"folder made", call(stranger, "POST", "/api/folders", m{"name": apitest.Enc()}), []string{"7: stranger"}},
		{"folder renamed", func(h *hearing) func() apitest.Answer {
			id := folders(1)(h)[0]
			return func() apitest.Answer {
				return h.Do(h.T, h.Stranger, "PUT", "/api/folders/"+id, m{"name": apitest.Enc()})
			}
		}, []string{"8: stranger"}},
		{"folder deleted", func(h *hearing) func() apitest.Answer {
			id := folders(1)(h)[0]
			return func() apitest.Answer { return h.Do(h.T, h.Stranger, "DELETE", "/api/folders/"+id, nil) }
		}, []string{"3: stranger"}},
		{"folders deleted", func(h *hearing) func() apitest.Answer {
			ids := folders(2)(h)
			return func() apitest.Answer { return h.Do(h.T, h.Stranger, "DELETE", "/api/folders", m{"ids": ids}) }
		}, []string{"5: stranger"}},
		{"profile", call(stranger, "PUT", "/api/accounts/profile", m{"name": "Another"}), []string{"10: stranger"}},
		{"avatar", call(stranger, "PUT", "/api/accounts/avatar", m{"avatarColor": "#112233"}), []string{"10: stranger"}},
		{"domains", call(stranger, "PUT", "/api/settings/domains", m{"equivalentDomains": [][]string{{"a.example", "b.example"}}}), []string{"10: stranger"}},
		{"new devices", func(h *hearing) func() apitest.Answer {
			return func() apitest.Answer {
				return h.Do(h.T, h.Stranger, "PUT", "/api/accounts/verify-devices", secret(h.Stranger, m{"verifyDevices": false}))
			}
		}, []string{"10: stranger"}},
		{"password", newcomers("POST", "/api/accounts/password", func(_ *hearing, p *person) any {
			return secret(p, m{"newMasterPasswordHash": another, "key": apitest.WrappedKey()})
		}), []string{"11: new"}},
		{"key derivation", newcomers("POST", "/api/accounts/kdf", func(_ *hearing, p *person) any {
			a, u := password(another, p.Email)
			return secret(p, m{"authenticationData": a, "unlockData": u})
		}), []string{"11 because 0: new"}},
		{"user key", newcomers("POST", "/api/accounts/key-management/rotate-user-account-keys", func(h *hearing, p *person) any {
			_, body := rotation().try(h.world, p)
			return body
		}), []string{"11 because 1: new"}},
		{"sessions ended", newcomers("POST", "/api/accounts/security-stamp", func(_ *hearing, p *person) any { return secret(p) }), []string{"11: new"}},
		{"device removed", func(h *hearing) func() apitest.Answer {
			p := h.fresh(newcomer(h.world))
			phone := *p
			phone.Device = "phone-of-somebody"
			h.LogIn(h.T, &phone)
			row := h.Must(h.T, p, http.MethodGet, "/api/devices/identifier/phone-of-somebody", nil).Text(h.T, "id")
			return func() apitest.Answer { return h.Do(h.T, p, "DELETE", "/api/devices/"+row, nil) }
		}, []string{"11 one device: new"}},
		{"account deleted", newcomers("DELETE", "/api/accounts", func(_ *hearing, p *person) any { return secret(p) }), []string{"11: new"}},
	}
}
