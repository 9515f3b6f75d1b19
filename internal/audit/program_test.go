package audit_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/audit"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// A key for some clients reads nothing of the others, nor what the provider keeps
// to itself.
func TestProgramsReadTheLogsThatTheirKeyReaches(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := build(t, d)
		second := dbtest.Org(t, d, dbtest.Columns{"name": "Mill Lane Dairy"})
		link := dbtest.Client(t, d, w.provider, second)
		former := dbtest.Org(t, d, nil)
		w.act(t, d, "service",
			event.Event{Type: event.OrgAccessedByProvider, Org: second, Provider: w.provider},
			event.Event{Type: event.ClientAccessed, Provider: w.provider, ProviderClient: link},
			event.Event{Type: event.MemberRemoved, Org: former, Provider: w.provider})
		first := id.ProviderClient(dbtest.Value[string](t, d, `SELECT id FROM provider_clients WHERE org_id = $1`, w.org))
		key := func(all bool, expires any, clients ...id.ProviderClient) id.ProviderKey {
			k := id.New[id.ProviderKey]()
			dbtest.Row(t, d, "provider_keys", dbtest.Columns{"provider_id": w.provider, "id": k, "name": string(k), "secret_hash": "-",
				"all_clients": all, "may_write": false, "created_at": 1, "expires_at": expires})
			for _, c := range clients {
				dbtest.Row(t, d, "provider_key_clients", dbtest.Columns{"provider_id": w.provider, "key_id": k, "client_id": c})
			}
			return k
		}
		for _, v := range []struct {
			name string
			key  id.ProviderKey
			q    audit.FleetQuery
			want []event.Type // none: absent
		}{
			{"all clients", key(true, nil), audit.FleetQuery{}, []event.Type{1101, 1500, 1503, 1603, 1800, 1903}},
			{"one client", key(false, nil, link), audit.FleetQuery{}, []event.Type{1603, 1903}},
			{"the same, asked for", key(false, nil, link), audit.FleetQuery{Clients: []id.ProviderClient{link}}, []event.Type{1603, 1903}},
			{"another client", key(false, nil, first), audit.FleetQuery{}, []event.Type{1101, 1500}},
			{"no client", key(false, nil), audit.FleetQuery{}, []event.Type{}},
			{"one beyond the key", key(false, nil, link), audit.FleetQuery{Clients: []id.ProviderClient{first}}, nil},
			{"one beyond the key, and one of it", key(false, nil, link), audit.FleetQuery{Clients: []id.ProviderClient{link, first}}, nil},
			{"an expired key", key(true, 1), audit.FleetQuery{}, nil},
			{"no such key", id.New[id.ProviderKey](), audit.FleetQuery{}, nil},
		} {
			ctx := reqctx.WithActor(t.Context(), reqctx.Actor{Provider: w.provider, ProviderKey: v.key})
			page, err := w.audit.OfFleet(ctx, access.ProviderKey, w.provider, v.q)
			if v.want == nil {
				if !fault.Is(err, fault.NotFound) {
					t.Errorf("%s: %v, want absent", v.name, err)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", v.name, err)
			}
			if diff := cmp.Diff(v.want, kinds(page)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", v.name, diff)
			}
		}
	})
}

// kinds are the types of a page's entries, in order.
func kinds(page audit.FleetPage) []event.Type {
	out := []event.Type{}
	for _, e := range page.Entries {
		out = append(out, e.Type)
	}
	slices.Sort(out)
	return out
}
