package apitest_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

type (
	world  = apitest.World
	person = apitest.Person
)

// row is one line of the matrix: a valid request to a route, and what comes of it.
type row struct {
	// try prepares what the request is about and gives the path and body; p is who
	// is going to make it.
	try func(w *world, p *person) (path string, body any)
	// who may make it; nil means everybody whom the route's Who names.
	who func(w *world) []*person
	// events are the kinds of events that a permitted request writes.
	events []event.Type
	// staff are the kinds that it writes besides when the provider's staff makes it.
	staff []event.Type
	// self says that anybody may make it about their own account, and that who
	// only picks an account to try it with.
	self bool
	// status of a permitted request, when it is not 200.
	status int
	// suspended says that admins may make the request about a suspended provider
	// too, or that it is about another one.
	suspended bool
	// client says that a request to a route of the provider is about one client.
	client bool
}

// rows are the lines of all surfaces, by "METHOD path" of the route.
func rows() map[string]row {
	all := map[string]row{}
	for _, some := range []map[string]row{accountRows(), deviceRows(), authRequestRows(), folderRows(), itemRows(), bulkRows(), attachmentRows(), sendRows(), consoleRows(), orgRows(), policyRows(), collectionRows(), providerRows(), eventRows(), publicRows(), twoStepRows(), orgLifeRows(), claimRows(), groupRows(), standingRows(), recoveryRows(), portalClientRows(), portalBillingRows(), portalKeyRows(), fleetRows(), overviewRows(), baselineRows(), portalAuditRows(), liveRows()} {
		for route, r := range some {
			r.client = r.client || strings.Contains(route, "/providers/{provider}/clients/{client}")
			all[route] = r
		}
	}
	return all
}

// TestEveryRouteDeclaresItsActorsAndHasARow fails for a route that forgot either.
func TestEveryRouteDeclaresItsActorsAndHasARow(t *testing.T) {
	all, seen := rows(), map[string]bool{}
	for _, r := range apitest.Start(t, dbtest.SQLite(t)).Routes {
		name := r.Method + " " + r.Path
		if seen[name] {
			t.Errorf("%s is mounted twice", name)
		}
		seen[name] = true
		if r.Who == "" {
			t.Errorf("%s does not declare for whom it is", name)
		}
		if _, ok := all[name]; !ok {
			t.Errorf("%s has no row in the actor matrix", name)
		}
	}
	for name := range all {
		if !seen[name] {
			t.Errorf("row %s belongs to no route", name)
		}
	}
}

// TestActorMatrix calls every route as everybody. Who may not gets 401 without a
// token and otherwise exactly the answer for a thing that does not exist, changes
// nothing, and is heard by no app; who may succeeds and writes the events that the row
// names. Which apps hear of what is in TestWhatAppsAreTold.
func TestActorMatrix(t *testing.T) {
	dbtest.EachAtOnce(t, func(t *testing.T, d *db.DB) {
		w, all := apitest.NewWorld(t, d), rows()
		ear := w.Listen()
		for _, r := range w.Routes {
			line, ok := all[r.Method+" "+r.Path]
			if !ok {
				continue // the test above says so
			}
			for _, spelling := range append([]string{r.Method + " " + r.Path}, r.Also...) {
				t.Run(spelling, func(t *testing.T) {
					w.T = t
					w.RenewKeys() // one of the routes replaces the API key
					method, pattern, _ := strings.Cut(spelling, " ")
					refuse(t, w, ear, r, line, method, pattern)
					permit(t, w, r, line, method, pattern)
				})
			}
		}
	})
}

// path is the row's path in another spelling of the route.
func respell(path, from, to string) string {
	if from == to {
		return path
	}
	path, query, asked := strings.Cut(path, "?")
	values := map[string]string{}
	have, want := strings.Split(path, "/"), strings.Split(from, "/")
	for i, part := range want {
		if strings.HasPrefix(part, "{") {
			values[part] = have[i]
		}
	}
	out := strings.Split(to, "/")
	for i, part := range out {
		if strings.HasPrefix(part, "{") {
			out[i] = values[part]
		}
	}
	if asked {
		return strings.Join(out, "/") + "?" + query
	}
	return strings.Join(out, "/")
}

func refuse(t *testing.T, w *world, ear *apitest.Ear, r wire.Route, line row, method, pattern string) {
	t.Helper()
	may := permitted(w, r.Who, line)
	if len(may) == 0 {
		t.Fatal("nobody may call this route")
	}
	path, body := line.try(w, may[0])
	if sent, ok := body.(m); ok && r.Who == wire.Invitee {
		sent["token"] = "forged" // the token is the right
	}
	path = respell(path, r.Path, pattern)
	before := fingerprint(t, w)
	ear.Take()
	for _, p := range append(everybody(w), w.Key, w.OtherKey, w.Program, w.OtherProgram) {
		if slices.Contains(may, p) || r.Who == wire.Anyone || (hasAccount(w, p) && aboutSelf(w, r.Who, line, p)) {
			continue
		}
		if r.Who == wire.OrgKey && p == w.OtherKey {
			continue // may call it, and finds nothing of ours: see TestTheKeyOfAnotherOrganization
		}
		if r.Who == wire.ProviderKey && p == w.OtherProgram {
			continue // likewise: see TestTheKeyOfAnotherProvider
		}
		a := w.Do(t, p, method, path, body)
		if want := refusal(t, w, r.Who, p, method, path, body); a.Status != want.Status || string(a.Body) != string(want.Body) {
			t.Errorf("%s: %s %s = %d %s, want %d %s", p.Name, method, path, a.Status, a.Body, want.Status, want.Body)
		}
	}
	if diff := cmp.Diff(before, fingerprint(t, w)); diff != "" {
		t.Errorf("refused requests changed something:\n%s", diff)
	}
	if heard := ear.Take(); len(heard) > 0 {
		t.Errorf("apps heard of refused requests: %+v", heard)
	}
}

// refusal is the answer that somebody without a right has to get: that for no
// token, or that for a thing which does not exist.
func refusal(t *testing.T, w *world, who wire.Who, p *person, method, path string, body any) apitest.Answer {
	t.Helper()
	if who == wire.OrgKey || who == wire.ProviderKey { // whose errors have a body of their own
		return w.Do(t, apitest.Nobody, http.MethodGet, "/api/public/members", nil)
	}
	if !hasAccount(w, p) || who == wire.SendRecipient {
		return w.Do(t, apitest.Nobody, http.MethodGet, "/api/accounts/profile", nil)
	}
	if who == wire.Invitee {
		// Whoever holds no valid token learns nothing about the invitation either.
		return w.Do(t, p, method, absent(path), body)
	}
	return w.Do(t, w.Stranger, http.MethodGet, "/api/folders/"+string(id.New[id.Folder]()), nil)
}

// absent is the path with ids that name nothing.
func absent(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if _, err := id.Parse[id.Org](part); err == nil {
			parts[i] = string(id.New[id.Org]())
		}
	}
	return strings.Join(parts, "/")
}

// aboutSelf reports whether the request is about the caller's own account or
// membership, so that it is permitted to everybody who has one.
func aboutSelf(w *world, who wire.Who, line row, p *person) bool {
	if who == wire.Account {
		return line.who == nil || line.self
	}
	return line.self && slices.Contains(permitted(w, who, row{}), p)
}

func permit(t *testing.T, w *world, r wire.Route, line row, method, pattern string) {
	t.Helper()
	want := line.status
	if want == 0 {
		want = http.StatusOK
	}
	for _, p := range permitted(w, r.Who, line) {
		path, body := line.try(w, p)
		path = respell(path, r.Path, pattern)
		// A visit of staff is noted once in an hour, so the last one is forgotten.
		apitest.Set(t, w.Server, `DELETE FROM events WHERE type IN (1603, 1903)`)
		before := events(t, w)
		a := w.Do(t, p, method, path, body)
		if a.Status != want {
			t.Errorf("%s: %s %s = %d %s, want %d", p.Name, method, path, a.Status, a.Body, want)
			continue
		}
		got := events(t, w)
		for id := range before {
			delete(got, id)
		}
		expected := line.events
		if p == w.Admin || p == w.Service || p == w.ScopedService {
			expected = slices.Concat(expected, line.staff)
		}
		if diff := cmp.Diff(kinds(expected), distinct(got)); diff != "" {
			t.Errorf("%s: events of %s %s (-want +got):\n%s", p.Name, method, path, diff)
		}
	}
}

// hasAccount is false for those who are nobody to the routes of accounts.
func hasAccount(w *world, p *person) bool {
	return !slices.Contains([]*person{apitest.Nobody, w.Key, w.OtherKey, w.Program, w.OtherProgram}, p)
}

func everybody(w *world) []*person {
	return []*person{apitest.Nobody, w.Stranger, w.Invited, w.Accepted, w.Revoked, w.User, w.Bare, w.Custom, w.Manager, w.Owner,
		w.Service, w.Admin, w.InvitedStaff, w.ScopedService, w.ScopedElsewhere, w.ExpiredScope, w.OtherAdmin, w.OtherOwner}
}

// permitted are those who may make the row's request. Where service users may,
// those may to whom the client is assigned; all others whose reach is limited find
// nothing there. What is about the provider itself, they may too.
func permitted(w *world, who wire.Who, line row) []*person {
	list := named(w, who, line)
	if slices.Contains(list, w.Service) {
		list = append(list, w.ScopedService)
		if who == wire.ProviderStaff && !line.client {
			list = append(list, w.ScopedElsewhere, w.ExpiredScope)
		}
	}
	return list
}

func named(w *world, who wire.Who, line row) []*person {
	if line.who != nil {
		return line.who(w)
	}
	switch who {
	case wire.Anyone:
		return []*person{apitest.Nobody}
	case wire.Account:
		return []*person{w.Stranger}
	case wire.Member:
		return []*person{w.User, w.Bare, w.Custom, w.Manager, w.Owner, w.Service, w.Admin}
	case wire.MemberManager, wire.GroupManager, wire.PolicyManager, wire.RecoveryManager, wire.DomainManager, wire.EventReader:
		return []*person{w.Custom, w.Manager, w.Owner, w.Service, w.Admin}
	case wire.OrgKey:
		return []*person{w.Key}
	case wire.ProviderKey:
		return []*person{w.Program}
	case wire.OrgOwner:
		return []*person{w.Owner, w.Service, w.Admin}
	case wire.ProviderStaff:
		return []*person{w.Service, w.Admin}
	case wire.ProviderAdmin:
		return []*person{w.Admin}
	case wire.Owner, wire.Invitee, wire.ItemReader, wire.ItemWriter, wire.SendRecipient:
	}
	return nil
}

// fingerprint is what a refused request must not change. Limits and last-seen
// times may move.
func fingerprint(t *testing.T, w *world) []string {
	t.Helper()
	var out []string
	err := w.Base.DB.View(t.Context(), func(tx *db.Tx) (err error) {
		for _, of := range []string{
			"COUNT(*), SUM(revised_at), SUM(kdf_iterations) FROM users", "COUNT(*), 0, 0 FROM devices", "COUNT(*), 0, 0 FROM sessions",
			"COUNT(*), COUNT(key), COUNT(answered_at) FROM auth_requests",
			"COUNT(*), SUM(revised_at), SUM(seats) FROM organizations", "COUNT(*), SUM(revised_at), SUM(status) FROM members",
			"COUNT(*), SUM(revised_at), 0 FROM collections", "COUNT(*), 0, 0 FROM collection_members", "COUNT(*), SUM(revised_at), 0 FROM groups",
			"COUNT(*), 0, 0 FROM group_members", "COUNT(*), 0, 0 FROM collection_groups", "COUNT(*), SUM(revised_at), COUNT(CASE WHEN enabled THEN 1 END) FROM policies",
			"COUNT(*), COUNT(verified_at), 0 FROM claimed_domains", "COUNT(recovery_key), SUM(permissions), SUM(type) FROM members",
			"COUNT(*), 0, 0 FROM collection_ciphers",
			"COUNT(*), SUM(revised_at), COUNT(deleted_at) FROM ciphers", "COUNT(*), COUNT(folder_id), COUNT(archived_at) FROM cipher_marks",
			"COUNT(*), SUM(size), COUNT(file) FROM attachments", "COUNT(*), SUM(size), 0 FROM attachment_moves", "COUNT(*), 0, 0 FROM doomed_files",
			"COUNT(*), SUM(revised_at), SUM(access_count) FROM sends", "COUNT(file), COUNT(password_hash), SUM(attempts) FROM sends LEFT JOIN send_codes ON sends.id = send_codes.send_id",
			"COUNT(*), SUM(revised_at), 0 FROM folders", "COUNT(*), SUM(revised_at), SUM(status) FROM providers",
			"COUNT(*), SUM(revised_at), SUM(status) FROM provider_users", "COUNT(*), SUM(revised_at), 0 FROM provider_clients", "COUNT(*), 0, 0 FROM events",
			"COUNT(*), SUM(kind), SUM(last_step) FROM second_factors", "COUNT(*), 0, 0 FROM recovery_codes", "COUNT(*), SUM(expires_at), 0 FROM remembered_devices",
			"COUNT(*), COUNT(CASE WHEN assigned THEN 1 END), SUM(until) FROM provider_users", "COUNT(*), 0, 0 FROM provider_tags", "COUNT(*), 0, 0 FROM client_tags",
			"COUNT(*), COUNT(CASE WHEN enabled THEN 1 END), SUM(status) FROM organizations", "COUNT(*), 0, 0 FROM provider_keys", "COUNT(*), 0, 0 FROM provider_key_clients",
			"COUNT(*), SUM(revised_at), SUM(rank) FROM baselines", "COUNT(*), COUNT(CASE WHEN enabled THEN 1 END), 0 FROM baseline_policies",
			"COUNT(*), 0, 0 FROM baseline_clients", "COUNT(*), 0, 0 FROM baseline_tags", "COUNT(*), SUM(created_at), 0 FROM baseline_deviations",
		} {
			line, err := db.One(t.Context(), tx, func(r db.Row) (string, error) {
				var a, b, c any
				err := r.Scan(&a, &b, &c)
				return fmt.Sprint(of, ": ", a, b, c), err
			}, "SELECT "+of)
			if err != nil {
				return err
			}
			out = append(out, line)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func events(t *testing.T, w *world) map[string]int {
	t.Helper()
	out := map[string]int{}
	err := w.Base.DB.View(t.Context(), func(tx *db.Tx) error {
		return db.Each(t.Context(), tx, func(r db.Row) error {
			var key string
			var kind int
			err := r.Scan(&key, &kind)
			out[key] = kind
			return err
		}, `SELECT id, type FROM events`)
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func distinct(events map[string]int) []int {
	out := []int{}
	for _, kind := range events {
		out = append(out, kind)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func kinds(list []event.Type) []int {
	out := []int{}
	for _, k := range list {
		out = append(out, int(k))
	}
	slices.Sort(out)
	return out
}

// only makes a row for exactly these people.
func only(pick ...func(w *world) *person) func(w *world) []*person {
	return func(w *world) []*person {
		out := make([]*person, len(pick))
		for i, f := range pick {
			out[i] = f(w)
		}
		return out
	}
}

func owner(w *world) *person    { return w.Owner }
func manager(w *world) *person  { return w.Manager }
func custom(w *world) *person   { return w.Custom }
func bare(w *world) *person     { return w.Bare }
func user(w *world) *person     { return w.User }
func admin(w *world) *person    { return w.Admin }
func service(w *world) *person  { return w.Service }
func stranger(w *world) *person { return w.Stranger }

// get is a row for a route without parameters or body.
func get(path string) row {
	return row{try: func(*world, *person) (string, any) { return path, nil }}
}

// newcomer is a person with a fresh account.
func newcomer(w *world) *person {
	return w.Register(w.T, "newcomer", string(id.New[id.User]())+"@new.example", nil)
}

type m = map[string]any
