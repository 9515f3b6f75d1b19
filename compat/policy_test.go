//go:build compat

package compat

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/compat/realserver"
)

func TestPolicies(t *testing.T) { onBothDatabases(t, testPolicies) }

// testPolicies is a member, in one long session of the official client, to whom the
// policies of the organization come and go.
func testPolicies(t *testing.T, s *realserver.Server) {
	h := newHouse(t, s)
	paul, id := h.bringIn(t, "paul")
	b := install(t, s)
	b.login(t, paul)
	p := bound{house: h, paul: paul, id: id, cli: b, api: b.serve(t)}
	p.own = p.api.make(t, note("Own"))

	t.Run("no items of one's own", p.testOwnership)
	t.Run("no export of one's own", p.testExport)
	t.Run("what the generator makes", p.testGenerator)
	t.Run("a master password that is too weak", p.testMasterPassword)
	t.Run("two-step login", p.testTwoStep)
	t.Run("a disabled organization", p.testDisabled)
	t.Run("the key of the organization opens no vault", p.testKey)
}

// bound is the member paul, who is bound by policies.
type bound struct {
	house
	paul person
	id   client.MemberID
	cli  *bw
	api  restAPI
	own  map[string]any
}

func note(name string) map[string]any {
	return map[string]any{"type": 2, "name": name, "notes": "text", "secureNote": map[string]any{"type": 0}}
}

// during turns a policy on while an act happens, as the member's client meets it
// after its next sync.
func (p bound) during(t *testing.T, kind client.PolicyType, data map[string]any, act func()) {
	t.Helper()
	p.policy(t, kind, true, data)
	p.api.call(t, "POST", "/sync", nil)
	act()
	p.policy(t, kind, false, data)
	p.api.call(t, "POST", "/sync", nil)
}

func (p bound) testOwnership(t *testing.T) {
	shelf := p.collection(t, "Shelf")
	row := p.find(t, p.id)
	row.Collections = []client.Access[client.CollectionID]{{ID: shelf}}
	must(t, p.owner.ChangeMember(t.Context(), p.org, row))
	own := "/object/item/" + p.own["id"].(string)
	p.during(t, client.DataOwnershipPolicy, nil, func() {
		const create = "Your organization wants new items to belong to it. Choose the organization and a collection for this item."
		if got := p.api.send(t, "POST", "/object/item", note("Refused")); got.Message != create {
			t.Errorf("a new item of one's own: %+v", got)
		}
		const edit = "An organization policy restricts editing this cipher. Please use the share command first before modifying it."
		if got := p.api.send(t, "PUT", own, p.own); got.Message != edit {
			t.Errorf("editing what was there before: %+v", got)
		}
		shared := with(with(note("Shared"), "organizationId", string(p.org)), "collectionIds", []string{string(shelf)})
		p.api.make(t, shared)
	})
	p.api.call(t, "PUT", own, with(p.own, "notes", "after the policy"))
}

func (p bound) testExport(t *testing.T) {
	p.during(t, client.NoPersonalExportPolicy, nil, func() {
		const want = "One or more organization policies prevents you from exporting your personal vault."
		if got := p.cli.fails(t, "export", "--format", "json", "--raw"); !strings.Contains(got, want) {
			t.Errorf("printed %q", got)
		}
	})
	p.cli.says(t, "Own", "export", "--format", "json", "--raw")
}

func (p bound) testGenerator(t *testing.T) {
	p.during(t, client.PasswordGeneratorPolicy, map[string]any{"minLength": 31, "useNumbers": true, "minNumbers": 4}, func() {
		got := p.api.call(t, "GET", "/generate?length=8&lowercase", nil)["data"].(string)
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, got)
		if len(got) != 31 || len(digits) < 4 {
			t.Errorf("generated %q, want 31 characters with 4 digits", got)
		}
	})
}

func (p bound) testMasterPassword(t *testing.T) {
	p.during(t, client.MasterPasswordPolicy, map[string]any{"minLength": 100, "enforceOnLogin": true}, func() {
		const want = "Your master password does not meet one or more of your organization policies."
		if got := install(t, p.server).fails(t, "login", p.paul.email, p.paul.password); !strings.Contains(got, want) {
			t.Errorf("printed %q", got)
		}
	})
}

// testTwoStep: turning the policy on suspends who has no two-step login, whether they
// were confirmed or only waited to be.
func (p bound) testTwoStep(t *testing.T) {
	ctx := t.Context()
	quinn := p.invite(t, "quinn")
	waiting, _ := accepted(t, p.server, p.owner, p.org, "quinn@example.test")
	p.policy(t, client.TwoFactorPolicy, true, nil)
	boss := install(t, p.server)
	boss.login(t, p.owner)
	if got := boss.fails(t, p.in("confirm", "org-member", string(quinn))...); !strings.Contains(got, "User is revoked and cannot be confirmed.") {
		t.Errorf("confirming somebody without two-step login printed %q", got)
	}
	p.api.call(t, "POST", "/sync", nil)
	if got := p.api.refused(t, "GET", "/list/object/org-collections"+p.query()); got != "Organization not found." {
		t.Errorf("a confirmed member without two-step login: %q", got)
	}
	if err := p.owner.RestoreMember(ctx, p.org, quinn); err == nil || !strings.Contains(err.Error(), "requires two-step login") {
		t.Errorf("restoring somebody without two-step login: %v", err)
	}
	for member, who := range map[client.MemberID]person{quinn: waiting, p.id: p.paul} {
		enableAuthenticator(t, who)
		must(t, p.owner.RestoreMember(ctx, p.org, member))
	}
	boss.must(t, p.in("confirm", "org-member", string(quinn))...)
	if got := p.find(t, quinn).Status; got != client.Confirmed {
		t.Errorf("after confirming with two-step login: %v", got)
	}
	waiting.sync(t)
	p.api.call(t, "POST", "/sync", nil)
	p.api.listed(t, "/list/object/org-collections"+p.query(), 1)
}

// testDisabled: what is the person's own keeps working.
func (p bound) testDisabled(t *testing.T) {
	p.policy(t, client.DataOwnershipPolicy, true, nil)
	p.server.Exec(`UPDATE organizations SET enabled = FALSE WHERE id = $1`, p.org)
	p.server.Exec(`UPDATE users SET revised_at = revised_at + 1000`)
	p.api.call(t, "POST", "/sync", nil)
	listed := p.api.listed(t, "/list/object/items", 1)
	mustHold(t, "what is left", map[string]any{"organizationId": nil, "notes": "after the policy"}, listed["Own"])
	made := p.api.make(t, note("Also my own")) // its policies do not bind any more
	p.api.call(t, "DELETE", "/object/item/"+made["id"].(string), nil)

	p.server.Exec(`UPDATE organizations SET enabled = TRUE WHERE id = $1`, p.org)
	p.server.Exec(`UPDATE users SET revised_at = revised_at + 1000`)
	p.api.call(t, "POST", "/sync", nil)
	p.api.listed(t, "/list/object/items", 2)
}

func (p bound) testKey(t *testing.T) {
	key, err := p.owner.OrgAPIKey(t.Context(), p.org, p.owner.password)
	must(t, err)
	got := install(t, p.server).run(t, []string{"BW_CLIENTID=" + key.ClientID, "BW_CLIENTSECRET=" + key.Secret}, "login", "--apikey")
	if got.ok || !strings.Contains(got.both(), "Organization API Key currently not supported") {
		t.Errorf("logging in with it printed %q", got.both())
	}
	grant := func(scope string) (int, string) {
		t.Helper()
		res, err := p.server.HTTP.PostForm(p.server.URL()+"/identity/connect/token", url.Values{
			"grant_type": {"client_credentials"}, "client_id": {key.ClientID}, "client_secret": {key.Secret}, "scope": {scope},
		})
		must(t, err)
		defer res.Body.Close()
		var body struct {
			Token string `json:"access_token"`
		}
		must(t, json.NewDecoder(res.Body).Decode(&body))
		return res.StatusCode, body.Token
	}
	if status, token := grant("api"); status != http.StatusBadRequest || token != "" {
		t.Errorf("a token for the vault: %d", status)
	}
	status, token := grant("api.organization")
	if status != http.StatusOK {
		t.Fatalf("a token for the Public API: %d", status)
	}
	for path, want := range map[string]int{"/api/public/members": http.StatusOK, "/api/sync": http.StatusUnauthorized} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.server.URL()+path, nil)
		must(t, err)
		req.Header.Set("Authorization", "Bearer "+token)
		res, err := p.server.HTTP.Do(req)
		must(t, err)
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s with a token of the organization: %d, want %d", path, res.StatusCode, want)
		}
	}
}
