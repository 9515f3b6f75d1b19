package providers_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/api/providers"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/offboard"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/token"
	"github.com/kastellan/kastellan/internal/wire"
)

var (
	type2 = "2." + strings.Repeat("A", 22) + "==|" + strings.Repeat("A", 43) + "=|" + strings.Repeat("A", 43) + "="
	type4 = "4." + strings.Repeat("A", 342) + "=="
)

type m = map[string]any

// server is the surface alone, with the caller given to each call.
type server struct {
	t         *testing.T
	mux       http.Handler
	providers *provider.Service
}

func newServer(t *testing.T, d *db.DB) server {
	t.Helper()
	keeper, err := token.NewKeeper([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	api := &providers.API{
		Providers: &provider.Service{DB: d, Tokens: keeper}, Enroll: &enroll.Service{DB: d, Tokens: keeper, PublicURL: "https://v.example.com"},
		Offboard: &offboard.Service{DB: d, Tokens: keeper},
	}
	mux := chi.NewRouter()
	for _, r := range api.Routes() {
		if r.Who == "" {
			t.Errorf("%s %s declares nobody", r.Method, r.Path)
		}
		mux.Method(r.Method, r.Path, wire.Adapt(r.Handle))
		for _, older := range r.Also {
			method, path, _ := strings.Cut(older, " ")
			mux.Method(method, path, wire.Adapt(r.Handle))
		}
	}
	return server{t, mux, api.Providers}
}

func (s server) call(user id.User, method, path string, body any) (int, any) {
	s.t.Helper()
	text := ""
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			s.t.Fatal(err)
		}
		text = string(raw)
	}
	r := httptest.NewRequest(method, path, strings.NewReader(text))
	r = r.WithContext(reqctx.WithActor(r.Context(), reqctx.Actor{User: user}))
	w := httptest.NewRecorder()
	s.mux.ServeHTTP(w, r)
	var out any
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
			s.t.Fatalf("%s %s: %v: %s", method, path, err, w.Body)
		}
	}
	return w.Code, out
}

func (s server) ok(user id.User, method, path string, body any) any {
	s.t.Helper()
	status, out := s.call(user, method, path, body)
	if status != 200 {
		s.t.Fatalf("%s %s: %d %v", method, path, status, out)
	}
	return out
}

func data(v any) []any { return v.(m)["data"].([]any) }

func newClient() m {
	return m{
		"name": "Meadow Bakery", "ownerEmail": "owner@example.com", "planType": 19, "seats": 3, "key": type2, "collectionName": type2,
		"keyPair": m{"publicKey": dbtest.PublicKey, "encryptedPrivateKey": type2},
	}
}

func TestFromTheSetUpLinkToTheFirstClient(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		link, err := s.providers.CreatePending(t.Context(), "boss@example.com")
		if err != nil {
			t.Fatal(err)
		}
		boss := dbtest.Account(t, d, "boss@example.com")
		base := "/api/providers/" + string(link.Provider)
		if p := s.ok(boss, "GET", base, nil).(m); p["object"] != "provider" || p["name"] != nil {
			t.Errorf("pending: %v", p)
		}
		p := s.ok(boss, "POST", base+"/setup", m{
			"name": "Lighthouse IT", "billingEmail": "b@example.com", "token": link.Token, "key": type4, "paymentMethod": nil, "billingAddress": m{"country": "DE"},
		}).(m)
		if p["name"] != "Lighthouse IT" || p["type"] != 0.0 {
			t.Errorf("set up: %v", p)
		}
		created := s.ok(boss, "POST", base+"/clients", newClient()).(m)
		owner := created["ownerMemberId"]
		delete(created, "ownerMemberId")
		want := m{
			"object": "providerOrganizationOrganizationDetail", "id": created["id"], "providerId": string(link.Provider),
			"organizationId": created["organizationId"], "organizationName": "Meadow Bakery", "key": type2, "settings": nil, "userCount": 0.0,
			"occupiedSeats": 1.0, "seats": 3.0, "remainingSeats": 2.0, "plan": "Enterprise (Monthly)", "planType": 19.0, "status": 2.0, "enabled": true,
			"tags": []any{}, "revisionDate": created["revisionDate"],
		}
		if diff := cmp.Diff(want, created); diff != "" || owner == nil {
			t.Errorf("client (-want +got):\n%s\nowner %v", diff, owner)
		}
		s.ok(boss, "PUT", base+"/clients/"+created["id"].(string), m{"name": "Meadow", "assignedSeats": 10})
		list := data(s.ok(boss, "GET", base+"/organizations", nil))
		want["organizationName"], want["seats"], want["remainingSeats"] = "Meadow", 10.0, 9.0
		want["revisionDate"] = list[0].(m)["revisionDate"]
		if diff := cmp.Diff([]any{want}, list); diff != "" {
			t.Errorf("clients (-want +got):\n%s", diff)
		}
		if p := s.ok(boss, "PUT", base, m{"name": "Beacon IT", "billingEmail": "b@example.com"}).(m); p["name"] != "Beacon IT" || p["businessName"] != nil {
			t.Errorf("renamed: %v", p)
		}
	})
}

func TestPeopleOfAProviderOnTheWire(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := newServer(t, d), dbtest.Provider(t, d, 2)
		boss, tech := dbtest.Account(t, d, "boss@example.com"), dbtest.Account(t, d, "a-tech@example.com")
		dbtest.Staff(t, d, p, boss, 0, 2)
		users := "/api/providers/" + string(p) + "/users"
		s.ok(boss, "POST", users+"/invite", m{"emails": []string{"a-tech@example.com"}, "type": 1})
		row := data(s.ok(boss, "GET", users, nil))[0].(m)
		want := m{
			"object": "providerUserUserDetails", "id": row["id"], "userId": nil, "type": 1.0, "status": 0.0, "permissions": m{}, "name": nil, "email": "a-tech@example.com",
			"assigned": false, "until": nil, "clients": []any{}, "tags": []any{},
		}
		if diff := cmp.Diff(want, row); diff != "" {
			t.Errorf("invited (-want +got):\n%s", diff)
		}
		one := users + "/" + row["id"].(string)
		link := s.ok(boss, "GET", one+"/invite-link", nil).(m)
		_, signed, _ := strings.Cut(link["url"].(string), "&token=")
		s.ok(tech, "POST", one+"/accept", m{"token": signed})
		keys := data(s.ok(boss, "POST", users+"/public-keys", m{"ids": []any{row["id"]}}))
		if want := []any{m{"object": "providerUserPublicKeyResponseModel", "id": row["id"], "userId": string(tech), "key": dbtest.PublicKey}}; !cmp.Equal(keys, want) {
			t.Errorf("public keys: %v", keys)
		}
		done := data(s.ok(boss, "POST", users+"/confirm", m{"keys": []m{{"id": row["id"], "key": type4}}}))
		if want := []any{m{"object": "providerBulkConfirmResponseModel", "id": row["id"], "error": ""}}; !cmp.Equal(done, want) {
			t.Errorf("confirmed: %v", done)
		}
		s.ok(boss, "PUT", one, m{"type": 0})
		if got := s.ok(boss, "GET", one, nil).(m); got["object"] != "providerUser" || got["type"] != 0.0 || got["status"] != 2.0 {
			t.Errorf("one: %v", got)
		}
		s.ok(boss, "POST", one+"/delete", nil)
		if status, _ := s.call(tech, "GET", "/api/providers/"+string(p), nil); status != 404 {
			t.Errorf("a removed admin gets %d", status)
		}
	})
}

func TestForeignProvidersAreAbsentAndBadBodiesRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p, other := newServer(t, d), dbtest.Provider(t, d, 2), dbtest.Provider(t, d, 2)
		boss := dbtest.Account(t, d, "boss@example.com")
		dbtest.Staff(t, d, p, boss, 0, 2)
		person, link := string(dbtest.Staff(t, d, other, "", 0, 0)), string(dbtest.Client(t, d, other, dbtest.Org(t, d, nil)))
		base, edit := "/api/providers/"+string(p), m{"name": "x", "billingEmail": "b@example.com"}
		for _, thing := range []string{"foreign", "unknown", "malformed"} {
			q, who, client := string(other), person, link
			switch thing {
			case "unknown":
				q, who, client = string(id.New[id.Provider]()), string(id.New[id.ProviderUser]()), string(id.New[id.ProviderClient]())
			case "malformed":
				q, who, client = "1", "x'--", "..."
			}
			for _, c := range []struct {
				method, path string
				body         any
			}{
				{"GET", "/api/providers/" + q, nil},
				{"PUT", "/api/providers/" + q, edit},
				{"GET", "/api/providers/" + q + "/organizations", nil},
				{"POST", "/api/providers/" + q + "/clients", newClient()},
				{"GET", "/api/providers/" + q + "/users", nil},
				{"PUT", base + "/clients/" + client, m{"name": "x", "assignedSeats": 5}},
				{"GET", base + "/users/" + who, nil},
				{"PUT", base + "/users/" + who, m{"type": 1}},
				{"DELETE", base + "/users/" + who, nil},
				{"DELETE", base + "/users", m{"ids": []string{who}}},
				{"POST", base + "/users/reinvite", m{"ids": []string{who}}},
				{"GET", base + "/users/" + who + "/invite-link", nil},
				{"POST", base + "/users/" + who + "/confirm", m{"key": type4}},
				{"POST", base + "/users/confirm", m{"keys": []m{{"id": who, "key": type4}}}},
				{"POST", base + "/users/public-keys", m{"ids": []string{who}}},
			} {
				status, body := s.call(boss, c.method, c.path, c.body)
				if status != 404 || body.(m)["message"] != "Resource not found." {
					t.Errorf("%s: %s %s: %d %v", thing, c.method, c.path, status, body)
				}
			}
		}
		for _, c := range []struct {
			path string
			body any
		}{
			{"/users/invite", m{"emails": []string{"a@example.com"}}},
			{"/users/invite", m{"emails": []string{"a@example.com"}, "type": 2}},
			{"/users/invite", m{"emails": []string{}, "type": 1}},
			{"/clients", m{}},
			{"/clients", nil},
			{"/setup", m{"name": "x", "billingEmail": "b@example.com", "token": "x", "key": type4}},
		} {
			if status, body := s.call(boss, "POST", base+c.path, c.body); status != 400 || body.(m)["object"] != "error" {
				t.Errorf("%s %v: %d %v", c.path, c.body, status, body)
			}
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events`); n != 0 {
			t.Errorf("%d events of what did not happen", n)
		}
	})
}
