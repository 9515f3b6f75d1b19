package apitest_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// about is an act on a fresh member of the client, who is called "new".
func about(method, suffix string, body any, before ...string) func(h *hearing) func() apitest.Answer {
	return func(h *hearing) func() apitest.Answer {
		p, member := confirmed(h.world)
		h.fresh(p)
		at := "/api/organizations/" + h.Org + "/users/" + member
		for _, step := range before {
			h.Must(h.T, h.Owner, http.MethodPut, at+step, nil)
		}
		return func() apitest.Answer { return h.Do(h.T, h.Owner, method, at+suffix, body) }
	}
}

func toldOfOrganizations() []heardCase {
	return []heardCase{
		{"name", call(owner, "PUT", "/api/organizations/{org}", m{"name": "Another name"}), []string{"17: " + ofAll}},
		{"name and seats by the provider", call(admin, "PUT", "/api/providers/{provider}/clients/{client}", m{"name": "Example Client", "assignedSeats": 200}), []string{"17: " + ofAll}},
		{"limits", call(owner, "PUT", "/api/organizations/{org}/collection-management", m{"limitCollectionCreation": true, "limitCollectionDeletion": false, "limitItemDeletion": true, "allowAdminAccessToAllCollectionItems": true}),
			[]string{"19 org {true false true}: " + ofAll}},
		{"limits and admins", call(owner, "PUT", "/api/organizations/{org}/collection-management", m{"limitCollectionCreation": false, "limitCollectionDeletion": false, "limitItemDeletion": false, "allowAdminAccessToAllCollectionItems": false}),
			[]string{"17: " + ofAll, "19 org {false false false}: " + ofAll}},
		{"admins", call(owner, "PUT", "/api/organizations/{org}/collection-management", m{"limitCollectionCreation": false, "limitCollectionDeletion": false, "limitItemDeletion": false, "allowAdminAccessToAllCollectionItems": true}),
			[]string{"17: " + ofAll}},
		{"policy", call(owner, "PUT", "/api/organizations/{org}/policies/1", m{"enabled": true, "data": m{"minLength": 12}}),
			[]string{"25 org policy 1 true map[minLength:12]: " + ofOrg, "5: " + staff}},
		{"suspended", call(admin, "PUT", "/api/providers/{provider}/clients/{client}/enabled", m{"enabled": false}), []string{"18 org false: " + ofAll}},
		{"resumed", call(admin, "PUT", "/api/providers/{provider}/clients/{client}/enabled", m{"enabled": true}), []string{"18 org true: " + ofAll}},
		{"client made", call(admin, "POST", "/api/providers/{provider}/clients", apitest.NewClient("another@client.example")), []string{"6: admin, service"}},
		{"reach of a service user", func(h *hearing) func() apitest.Answer {
			body := m{"assigned": true, "clients": []any{m{"id": h.SiblingClient}}, "tags": []any{}}
			return func() apitest.Answer {
				return h.Do(h.T, h.Admin, "PUT", "/api/providers/"+h.Provider+"/users/"+h.Staff[h.ScopedElsewhere]+"/reach", body)
			}
		}, []string{"6: elsewhere"}},
		{"organization deleted", func(h *hearing) func() apitest.Answer {
			client := h.Must(h.T, h.OtherAdmin, "POST", "/api/providers/"+h.OtherProvider+"/clients", apitest.NewClient("third@client.example"))
			return func() apitest.Answer {
				return h.Do(h.T, h.OtherAdmin, "DELETE", "/api/organizations/"+client.Text(h.T, "organizationId"), secret(h.OtherAdmin))
			}
		}, []string{"6: other admin"}},
	}
}

func toldOfMembers() []heardCase {
	return []heardCase{
		{"somebody invited", call(owner, "POST", "/api/organizations/{org}/users/invite", m{"emails": []string{address()}, "type": 2, "collections": []any{}, "groups": []any{}}), []string{}},
		{"invitation accepted", func(h *hearing) func() apitest.Answer {
			p := h.fresh(newcomer(h.world))
			member := h.Invite(p.Email, 2)
			token := h.InvitationToken(h.Owner, h.Org, member)
			return func() apitest.Answer {
				return h.Do(h.T, p, "POST", "/api/organizations/"+h.Org+"/users/"+member+"/accept", m{"token": token})
			}
		}, []string{}},
		{"member confirmed", func(h *hearing) func() apitest.Answer {
			p := h.fresh(newcomer(h.world))
			member := h.Invite(p.Email, 2)
			h.Accept(p, h.Owner, h.Org, member)
			return func() apitest.Answer {
				return h.Do(h.T, h.Owner, "POST", "/api/organizations/"+h.Org+"/users/"+member+"/confirm", m{"key": apitest.Encapsulated()})
			}
		}, []string{"6: new"}},
		{"member revoked", about("PUT", "/revoke", nil), []string{"6: new"}},
		{"member restored", about("PUT", "/restore/vnext", m{}, "/revoke"), []string{"6: new"}},
		{"member removed", about("DELETE", "", nil), []string{"6: new"}},
		{"revoked member removed", about("DELETE", "", nil, "/revoke"), []string{}},
		{"role", about("PUT", "", m{"type": 1, "collections": []any{}, "groups": []any{}}), []string{"6: new"}},
		{"collections of a member", func(h *hearing) func() apitest.Answer {
			return about("PUT", "", m{"type": 2, "collections": []any{share(h.other, true)}, "groups": []any{}})(h)
		}, []string{"5: new"}},
		{"member left", func(h *hearing) func() apitest.Answer {
			p, _ := confirmed(h.world)
			h.fresh(p)
			return func() apitest.Answer { return h.Do(h.T, p, "POST", "/api/organizations/"+h.Org+"/leave", nil) }
		}, []string{"6: new"}},

		{"group made", call(owner, "POST", "/api/organizations/{org}/groups", m{"name": "Nobody", "collections": []any{}, "users": []string{}}), []string{}},
		{"group with people", func(h *hearing) func() apitest.Answer {
			body := m{"name": "Bakers", "collections": []any{share(h.other, true)}, "users": []string{h.Members[h.Bare]}}
			return func() apitest.Answer { return h.Do(h.T, h.Owner, "POST", "/api/organizations/"+h.Org+"/groups", body) }
		}, []string{"5: bare"}},
		{"collection made", func(h *hearing) func() apitest.Answer {
			body := m{"name": apitest.Enc(), "groups": []any{}, "users": []any{share(h.Members[h.Revoked], true), m{"id": h.Members[h.Owner], "manage": true, "readOnly": false, "hidePasswords": false}}}
			return func() apitest.Answer {
				return h.Do(h.T, h.Owner, "POST", "/api/organizations/"+h.Org+"/collections", body)
			}
		}, []string{"5: owner"}},
		{"collection deleted", func(h *hearing) func() apitest.Answer {
			c := h.NewCollection()
			return func() apitest.Answer {
				return h.Do(h.T, h.Owner, "DELETE", "/api/organizations/"+h.Org+"/collections/"+c, nil)
			}
		}, []string{"5: owner"}},
	}
}

// TestAMessageNamesTheInstallationThatActs, which ignores it, and no other.
func TestAMessageNamesTheInstallationThatActs(t *testing.T) {
	s := apitest.Start(t, dbtest.SQLite(t))
	p := s.Register(t, "ann", "ann@example.test", nil)
	ear := s.Listen()
	s.Must(t, p, http.MethodPost, "/api/ciphers", apitest.Item())
	heard := ear.Take()
	if len(heard) != 1 || heard[0].Context != p.Device {
		t.Errorf("heard %+v, want one message from %s", heard, p.Device)
	}
	s.Form(t, "/identity/connect/token", url.Values{"grant_type": {"refresh_token"}, "client_id": {"cli"}, "refresh_token": {p.Refresh}})
	if heard := ear.Take(); len(heard) > 0 {
		t.Errorf("a log-in told %+v", heard)
	}
}

// TestWhoseVaultChangesHears compares, for every route that writes, what everybody
// syncs before and after: whoever gets something else is told to ask for it.
func TestWhoseVaultChangesHears(t *testing.T) {
	w, all := apitest.NewWorld(t, dbtest.SQLite(t)), rows()
	ear := w.Listen()
	for _, r := range w.Routes {
		line, ok := all[r.Method+" "+r.Path]
		if !ok || r.Method == http.MethodGet {
			continue
		}
		t.Run(r.Method+" "+r.Path, func(t *testing.T) {
			w.T = t
			writers := permitted(w, r.Who, line)
			p := writers[len(writers)-1]
			path, body := line.try(w, p)
			readers := append(everybody(w)[1:], p)
			before := vaultsOf(t, w, readers)
			ear.Take()
			w.Do(t, p, r.Method, path, renamed(body))
			heard := ear.Take()
			for i, after := range vaultsOf(t, w, readers) {
				if diff := cmp.Diff(before[i], after); diff != "" && !apitest.Hears(t, heard, readers[i]) {
					t.Errorf("%s is told nothing of:\n%s", readers[i].Name, diff)
				}
			}
		})
	}
}

func vaultsOf(t *testing.T, w *world, readers []*person) []string {
	t.Helper()
	out := make([]string, len(readers))
	for i, p := range readers {
		out[i] = string(w.Do(t, p, http.MethodGet, "/api/sync", nil).Body)
	}
	return out
}
