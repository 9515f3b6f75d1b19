package wire_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/wire"
)

func TestErrorsBecomeTheBodyThatClientsRead(t *testing.T) {
	for _, c := range []struct {
		name   string
		err    error
		status int
		says   string
	}{
		{"a fault's sentence is shown", fault.New(fault.Invalid, "Bad seat count."), 400, "Bad seat count."},
		{"forbidden never is 403", fault.New(fault.Forbidden, "Ask an admin."), 400, "Ask an admin."},
		{"absent", fault.Absent(), 404, "Resource not found."},
		{"too many tries", fault.New(fault.RateLimited, "Wait."), 429, "Wait."},
		{"a cause stays inside", fault.Wrap(fault.Conflict, "Taken.", errors.New("secret cause")), 409, "Taken."},
		{"a plain error shows only the request's id", errors.New("secret cause"), 500, "req-7"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r = r.WithContext(reqctx.WithRequestID(r.Context(), "req-7"))
			w := httptest.NewRecorder()
			wire.Adapt(func(http.ResponseWriter, *http.Request) error { return c.err }).ServeHTTP(w, r)
			var body struct{ Object, Message string }
			if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
				t.Fatal(err)
			}
			if w.Code != c.status || body.Object != "error" || !strings.Contains(body.Message, c.says) {
				t.Errorf("got %d %+v, want %d with %q", w.Code, body, c.status, c.says)
			}
			if strings.Contains(w.Body.String(), "secret cause") {
				t.Errorf("the cause left the server: %s", w.Body)
			}
		})
	}
}

func TestDecode(t *testing.T) {
	type body struct {
		MasterPasswordHash string `json:"masterPasswordHash"`
		When               wire.Date
	}
	for _, c := range []struct {
		name, in string
		want     fault.Kind
		ok       bool
	}{
		{"another case and junk members", `{"MasterPasswordHash":"x","response":null}`, 0, true},
		{"empty", ``, fault.Invalid, false},
		{"not JSON", `{"a"`, fault.Invalid, false},
		{"wrong type", `{"masterPasswordHash":7}`, fault.Invalid, false},
		{"two values", `{} {}`, fault.Invalid, false},
		{"bad date", `{"when":"tomorrow"}`, fault.Invalid, false},
		{"too large", `{"masterPasswordHash":"` + strings.Repeat("x", 200) + `"}`, fault.TooLarge, false},
	} {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(c.in))
		_, err := wire.Decode[body](httptest.NewRecorder(), r, 100)
		if (err == nil) != c.ok || (err != nil && fault.KindOf(err) != c.want) {
			t.Errorf("%s: %v (%v), want %v", c.name, err, fault.KindOf(err), c.want)
		}
	}
}

func TestDateKeepsWhatItReads(t *testing.T) {
	b, err := json.Marshal(wire.Date(time.Date(2026, 11, 22, 10, 55, 21, 11123000, time.UTC)))
	if err != nil || string(b) != `"2026-11-22T10:55:21.011123Z"` {
		t.Errorf("Marshal = %s, %v", b, err)
	}
	if b, _ := json.Marshal(wire.Date{}); string(b) != "null" {
		t.Errorf("zero date = %s, want null", b)
	}
}
