package apitest_test

import (
	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

// aKey is the body of a new API key, with a name that no other has.
func aKey(change m) m {
	key := apitest.AllClients()
	key["name"] = string(id.New[id.ProviderKey]())
	for name, value := range change {
		key[name] = value
	}
	return key
}

func portalKeyRows() map[string]row {
	return map[string]row{
		"GET /api/providers/{provider}/keys": inProvider("/keys", func() any { return nil }),
		"POST /api/providers/{provider}/keys": {events: []event.Type{event.ProviderKeyCreated}, try: func(w *world, p *person) (string, any) {
			return "/api/providers/" + w.Provider + "/keys", aKey(m{"masterPasswordHash": p.Password})
		}},
		"DELETE /api/providers/{provider}/keys/{key}": {events: []event.Type{event.ProviderKeyDeleted}, try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/keys/" + w.NewProviderKey(w.Admin, w.Provider, aKey(nil)).Key, nil
		}},
	}
}
