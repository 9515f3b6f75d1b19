package apitest_test

import (
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/secondfactor"
)

// twoStepKey is a key that an older client made itself.
const twoStepKey = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

// authenticator sets two-step login up, with what the code of now proves.
func authenticator(p *person) m {
	key, err := secondfactor.ParseKey(twoStepKey)
	if err != nil {
		panic(err) // it is a constant
	}
	return secret(p, m{"key": twoStepKey, "token": key.Code(secondfactor.StepOf(time.Now()))})
}

// guarded is a row whose newcomer has two-step login.
func guarded(path string, body func(p *person) m, events ...event.Type) row {
	r := once(path, body, events...)
	who := r.who
	r.who = func(w *world) []*person {
		people := who(w)
		for _, p := range people {
			w.Must(w.T, p, http.MethodPut, "/api/two-factor/authenticator", authenticator(p))
		}
		return people
	}
	return r
}

func twoStepRows() map[string]row {
	const root = "/api/two-factor"
	return map[string]row{
		"GET /api/two-factor":                    get(root),
		"POST /api/two-factor/get-authenticator": self(root + "/get-authenticator"),
		"POST /api/two-factor/get-recover":       self(root + "/get-recover"),
		"PUT /api/two-factor/authenticator":      once(root+"/authenticator", authenticator, event.UserEnabledTwoStep),
		"DELETE /api/two-factor/authenticator":   guarded(root+"/authenticator", func(p *person) m { return secret(p, m{"type": 0}) }, event.UserDisabledTwoStep),
		"PUT /api/two-factor/disable":            guarded(root+"/disable", func(p *person) m { return secret(p, m{"type": 0}) }, event.UserDisabledTwoStep),
	}
}
