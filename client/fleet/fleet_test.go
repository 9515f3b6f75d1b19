package fleet_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/fleet"
)

// server answers as the Provider API does, and writes down what it was asked.
type server struct {
	asked  []string
	bodies []string
	good   string // the token that it takes
	tokens int    // how many it gave
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/identity/connect/token" {
		s.token(w, r)
		return
	}
	s.asked = append(s.asked, r.Method+" "+r.URL.RequestURI())
	if r.Header.Get("Authorization") != "Bearer "+s.good {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	var body json.RawMessage
	if json.NewDecoder(r.Body).Decode(&body) == nil {
		s.bodies = append(s.bodies, string(body))
	}
	switch r.URL.Query().Get("continuationToken") {
	case "":
		fmt.Fprint(w, `{"object":"list","data":[{"id":"1"}],"continuationToken":"more"}`)
	default:
		fmt.Fprint(w, `{"object":"list","data":[{"id":"2"}],"continuationToken":null}`)
	}
}

func (s *server) token(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("client_id") != "provider.k" || r.FormValue("client_secret") != "s" || r.FormValue("scope") != "api.provider" {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, `{"error":"invalid_client"}`)
		return
	}
	s.tokens++
	s.good = fmt.Sprint("token ", s.tokens)
	fmt.Fprintf(w, `{"access_token":%q,"expires_in":3600,"token_type":"Bearer"}`, s.good)
}

func start(t *testing.T, secret string) (*server, *fleet.Fleet) {
	t.Helper()
	s := &server{}
	h := httptest.NewServer(s)
	t.Cleanup(h.Close)
	f, err := fleet.New(h.URL+"/", nil, fleet.Key{ClientID: "provider.k", Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	return s, f
}

func TestItLogsInOnceAndAgainWhenTheTokenEnds(t *testing.T) {
	s, f := start(t, "s")
	for range 3 {
		if _, err := f.Clients(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if s.tokens != 1 {
		t.Errorf("%d tokens for three requests, want 1", s.tokens)
	}
	s.good = "another" // as when the server's key was replaced
	if _, err := f.Clients(t.Context()); err != nil || s.tokens != 2 {
		t.Errorf("after the token's end: %v with %d tokens", err, s.tokens)
	}
}

func TestAWrongKeySaysSo(t *testing.T) {
	_, f := start(t, "guess")
	_, err := f.Clients(t.Context())
	if refusal, ok := errors.AsType[*client.Error](err); !ok || refusal.Code != "invalid_client" || !strings.HasPrefix(err.Error(), "log in with the API key: ") {
		t.Errorf("got %v", err)
	}
}

func TestWhatItAsksFor(t *testing.T) {
	s, f := start(t, "s")
	ctx := t.Context()
	two, status, role, seats := true, client.Revoked, client.Owner, 8
	var found []client.MemberID
	for after := ""; ; {
		people, next, err := f.People(ctx, fleet.PeopleQuery{Search: "a b", Client: "c/1", Status: &status, Role: &role, TwoStep: &two}, after)
		if err != nil {
			t.Fatal(err)
		}
		for range people {
			found = append(found, "")
		}
		if after = next; after == "" {
			break
		}
	}
	if len(found) != 2 {
		t.Errorf("%d people on two pages", len(found))
	}
	day := time.Date(2030, 1, 31, 0, 0, 0, 0, time.UTC)
	_, _, err := f.Events(ctx, fleet.EventQuery{Start: day, End: day, Clients: []client.ClientID{"c", "d"}, Acting: "u", Categories: []string{"member"}, Types: []string{"1500"}}, "")
	for _, err := range []error{
		err, f.Revoke(ctx, "c/1", "m"), f.Restore(ctx, "c", "m"), f.Remove(ctx, "c", "m"),
		second(f.Invite(ctx, "c", fleet.Invitation{Email: "a@example.com", Role: client.Owner})),
		second(f.SetClient(ctx, "c", fleet.Change{Seats: &seats})),
		second(f.SetSeats(ctx, true, fleet.Seats{ID: "c", Seats: 8})),
		second(f.ApplyBaseline(ctx, "c")), second(f.ApplyBaseline(ctx, "c", "policy:1")),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	const at = " /api/public/provider"
	want := []string{
		"GET" + at + "/people?client=c%2F1&search=a+b&status=-1&twoStep=true&type=0",
		"GET" + at + "/people?client=c%2F1&continuationToken=more&search=a+b&status=-1&twoStep=true&type=0",
		"GET" + at + "/events?acting=u&categories=member&clients=c%2Cd&end=2030-01-31T00%3A00%3A00Z&start=2030-01-31T00%3A00%3A00Z&types=1500",
		"PUT" + at + "/clients/c%2F1/members/m/revoke", "PUT" + at + "/clients/c/members/m/restore", "DELETE" + at + "/clients/c/members/m",
		"POST" + at + "/clients/c/members", "PUT" + at + "/clients/c", "POST" + at + "/seats",
		"POST" + at + "/clients/c/baseline/apply", "POST" + at + "/clients/c/baseline/apply",
	}
	if diff := cmp.Diff(want, s.asked); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	bodies := []string{
		`{"email":"a@example.com","type":0,"groups":[]}`, `{"seats":8}`, `{"dryRun":true,"rows":[{"id":"c","seats":8}]}`, `{}`, `{"subjects":["policy:1"]}`,
	}
	if diff := cmp.Diff(bodies, s.bodies); diff != "" {
		t.Errorf("bodies (-want +got):\n%s", diff)
	}
}

func second[T any](_ T, err error) error { return err }

func TestNothingIsSentInTheClear(t *testing.T) {
	for address, want := range map[string]bool{
		"https://vault.example.test": true, "http://localhost:8080": true, "http://vault.example.test": false, "vault.example.test": false, "": false,
	} {
		if _, err := fleet.New(address, nil, fleet.Key{}); (err == nil) != want {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestKeysDoNotPrint(t *testing.T) {
	_, f := start(t, "s3cret")
	for _, text := range []string{fmt.Sprint(f), fmt.Sprintf("%+v %#v", f, f), fmt.Sprintf("%v %#v", fleet.Key{Secret: "s3cret"}, fleet.Key{Secret: "s3cret"})} {
		if strings.Contains(text, "s3cret") {
			t.Errorf("prints %s", text)
		}
	}
}
