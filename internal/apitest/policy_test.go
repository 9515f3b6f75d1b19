package apitest_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
)

// refusedWith checks that an answer is a 400 with a sentence.
func refusedWith(t *testing.T, what string, a apitest.Answer, says string) {
	t.Helper()
	if a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), says) {
		t.Errorf("%s: %d %s, want 400 with %q", what, a.Status, a.Body, says)
	}
}

// policiesOf are the policies that a person's clients get, by type.
func policiesOf(w *world, p *person) map[float64]map[string]any {
	w.T.Helper()
	out := map[float64]map[string]any{}
	list, _ := w.Must(w.T, p, "GET", "/api/sync", nil).JSON(w.T)["policies"].([]any)
	for _, e := range list {
		entry, _ := e.(map[string]any)
		of, _ := entry["type"].(float64)
		out[of] = entry
	}
	return out
}

// TestEveryGenerationOfClientsSavesPolicies sends each shape to each path, and
// looks at what sync gives the members afterwards.
func TestEveryGenerationOfClientsSavesPolicies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		if got := policiesOf(w, w.User); len(got) != 0 {
			t.Errorf("policies before there is any: %v", got)
		}
		flat := m{"type": 1, "enabled": true, "data": m{"minLength": 14, "MinComplexity": 3}}
		nested := m{"policy": m{"type": 1, "enabled": false, "data": m{"minLength": 16}}, "metadata": m{"x": 1}}
		for i, c := range []struct {
			path string
			body any
			want m
		}{
			{"1", flat, m{"minLength": 14.0, "minComplexity": 3.0}},
			{"1/vnext", nested, m{"minLength": 16.0}},
			{"1/vnext", flat, m{"minLength": 14.0, "minComplexity": 3.0}},
			{"1", nested, m{"minLength": 16.0}},
			{"1", m{"Enabled": true, "Data": nil}, nil},
		} {
			saved := w.Must(t, w.Manager, "PUT", policy(w, c.path), c.body).JSON(t)
			got := policiesOf(w, w.User)[1]
			for _, name := range []string{"id", "organizationId", "type", "enabled", "revisionDate", "canToggleState", "object"} {
				if saved[name] == nil || saved[name] != got[name] {
					t.Errorf("%d: %s was saved as %v and is synced as %v", i, name, saved[name], got[name])
				}
			}
			var want any
			if c.want != nil {
				want = map[string]any(c.want)
			}
			if diff := cmp.Diff(want, got["data"]); diff != "" {
				t.Errorf("%d: data (-want +got):\n%s", i, diff)
			}
			one := w.Must(t, w.Service, "GET", policy(w, "1"), nil).JSON(t)
			if diff := cmp.Diff(saved, one); diff != "" {
				t.Errorf("%d: read again (-saved +read):\n%s", i, diff)
			}
		}
		list, _ := w.Must(t, w.Custom, "GET", policy(w, "")[:len(policy(w, ""))-1], nil).JSON(t)["data"].([]any)
		if len(list) != 23 {
			t.Errorf("%d policies in the list", len(list))
		}
		never := w.Must(t, w.Owner, "GET", policy(w, "13"), nil).JSON(t)
		want := map[string]any{
			"object": "policy", "id": nil, "organizationId": w.Org, "type": 13.0, "data": nil, "enabled": false, "canToggleState": true, "revisionDate": nil,
		}
		if diff := cmp.Diff(want, never); diff != "" {
			t.Errorf("a policy that was never saved (-want +got):\n%s", diff)
		}
	})
}

func TestPoliciesInBadRequests(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		for name, c := range map[string]struct {
			path   string
			body   any
			status int
			says   string
		}{
			"an unknown type":         {"23", m{"enabled": true}, 404, "not found"},
			"a negative type":         {"-1", m{"enabled": true}, 404, "not found"},
			"a huge type":             {"99999999999999999999", m{"enabled": true}, 404, "not found"},
			"a word":                  {"two-step", m{"enabled": true}, 404, "not found"},
			"no body":                 {"1", nil, 400, "no body"},
			"nothing in the body":     {"1", m{}, 400, "shall be on"},
			"nothing in the policy":   {"1", m{"policy": m{}}, 400, "shall be on"},
			"another type":            {"1", m{"type": 2, "enabled": true}, 400, "another policy"},
			"data that is a list":     {"1", m{"enabled": true, "data": []int{1}}, 400, "JSON object"},
			"data out of bounds":      {"1", m{"enabled": true, "data": m{"minLength": 1}}, 400, "minLength"},
			"what is missing":         {"8", m{"enabled": true}, 400, "Single organization"},
			"a date that is no date":  {"1", m{"enabled": true, "lastKnownRevisionDate": "yesterday"}, 400, "date"},
			"a flag that is no flag":  {"1", m{"enabled": "yes"}, 400, "wrong type"},
			"a preview of nothing":    {"1/preview", m{}, 400, "shall be on"},
			"a preview of an unknown": {"23/preview", m{"enabled": true}, 404, "not found"},
		} {
			method := "PUT"
			if strings.HasSuffix(c.path, "/preview") {
				method = "POST"
			}
			a := w.Do(t, w.Owner, method, policy(w, c.path), c.body)
			if a.Status != c.status || !strings.Contains(string(a.Body), c.says) {
				t.Errorf("%s: %d %s, want %d with %q", name, a.Status, a.Body, c.status, c.says)
			}
		}
		if got := policiesOf(w, w.Owner); len(got) != 0 {
			t.Errorf("something was saved: %v", got)
		}
		first := w.Must(t, w.Owner, "PUT", policy(w, "14"), m{"enabled": true}).Text(t, "revisionDate")
		w.Must(t, w.Manager, "PUT", policy(w, "14"), m{"enabled": false})
		for _, body := range []m{
			{"enabled": true, "lastKnownRevisionDate": first}, {"policy": m{"enabled": true, "lastKnownRevisionDate": first}},
			{"policy": m{"enabled": true}, "lastKnownRevisionDate": first},
		} {
			refusedWith(t, "what somebody else changed", w.Do(t, w.Owner, "PUT", policy(w, "14"), body), "changed by somebody else")
		}
	})
}

// TestPasswordRulesReachThePerson: in the answer to the log-in, when the password
// is checked again, and for whoever is invited.
func TestPasswordRulesReachThePerson(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		logIn := func() any {
			return w.Form(t, "/identity/connect/token", url.Values{
				"grant_type": {"password"}, "username": {w.User.Email}, "password": {w.User.Password}, "scope": {"api offline_access"},
				"client_id": {"cli"}, "deviceType": {"25"}, "deviceIdentifier": {w.User.Device}, "deviceName": {"linux"},
			}).JSON(t)["MasterPasswordPolicy"]
		}
		verify := func() any {
			return w.Must(t, w.User, "POST", "/api/accounts/verify-password", m{"masterPasswordHash": w.User.Password}).JSON(t)
		}
		none := map[string]any{"object": "masterPasswordPolicy"}
		if diff := cmp.Diff([]any{none, none}, []any{logIn(), verify()}); diff != "" {
			t.Errorf("without a policy (-want +got):\n%s", diff)
		}
		setPolicy(w, "1", true, m{"minLength": 14, "requireUpper": true, "enforceOnLogin": true})
		pascal := map[string]any{
			"object": "masterPasswordPolicy", "MinComplexity": 0.0, "MinLength": 14.0, "RequireUpper": true, "RequireLower": false,
			"RequireNumbers": false, "RequireSpecial": false, "EnforceOnLogin": true,
		}
		camel := map[string]any{
			"object": "masterPasswordPolicy", "minComplexity": 0.0, "minLength": 14.0, "requireUpper": true, "requireLower": false,
			"requireNumbers": false, "requireSpecial": false, "enforceOnLogin": true,
		}
		if diff := cmp.Diff([]any{pascal, camel}, []any{logIn(), verify()}); diff != "" {
			t.Errorf("with a policy (-want +got):\n%s", diff)
		}
		w.Must(t, w.User, http.MethodPut, "/api/two-factor/authenticator", authenticator(w.User))
		if diff := cmp.Diff(pascal, logIn()); diff != "" {
			t.Errorf("when a second step is asked for (-want +got):\n%s", diff)
		}
		list, _ := w.Must(t, apitest.Nobody, "GET", invitedTo(w, &person{Email: "soon@client.example"}), nil).JSON(t)["data"].([]any)
		if len(list) != 1 {
			t.Errorf("the invited person reads %v", list)
		}
		if a := w.Do(t, apitest.Nobody, "GET", policy(w, "token?token=x&email=y&organizationUserId=z"), nil); a.Status != http.StatusNotFound {
			t.Errorf("without a token: %d %s", a.Status, a.Body)
		}
	})
}

// TestNewItemsBelongToTheOrganization: nobody whom the policy binds gets a new
// item of their own, and what they have can be handed over and edited.
func TestNewItemsBelongToTheOrganization(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		mine := w.NewItem(w.Custom)
		w.NewItem(w.User)
		preview := w.Must(t, w.Owner, "POST", policy(w, "5/preview"), m{"enabled": true}).JSON(t)
		people, _ := preview["members"].([]any)
		if preview["object"] != "policyPreview" || preview["blockedBy"] != nil || len(people) != 2 {
			t.Errorf("preview: %v", preview)
		}
		setPolicy(w, "5", true, nil)
		const says = "new items to belong to it"
		refusedWith(t, "create", w.Do(t, w.User, "POST", "/api/ciphers", apitest.Item()), says)
		refusedWith(t, "create, as another client does", w.Do(t, w.User, "POST", "/api/ciphers/create", m{"cipher": apitest.Item(), "collectionIds": []string{}}), says)
		imported := m{"ciphers": []any{apitest.Item()}, "folders": []any{}, "folderRelationships": []any{}}
		refusedWith(t, "import", w.Do(t, w.User, "POST", "/api/ciphers/import", imported), says)
		w.Must(t, w.Owner, "POST", "/api/ciphers", apitest.Item())
		w.Must(t, w.Stranger, "POST", "/api/ciphers", apitest.Item())
		w.Must(t, w.Custom, "PUT", "/api/ciphers/"+mine, apitest.Item())
		item := apitest.Item()
		item["organizationId"] = w.Org
		w.Must(t, w.Custom, "POST", "/api/ciphers/create", m{"cipher": item, "collectionIds": []string{w.Collection}})
		w.Must(t, w.Custom, "PUT", "/api/ciphers/"+mine+"/share", m{"cipher": item, "collectionIds": []string{w.Collection}})
		setPolicy(w, "5", false, nil)
		w.NewItem(w.User)
	})
}

// TestTwoStepLoginIsRequired from the day it is turned on: who has none is out at
// once, nobody comes in without, and who gives it up is out as well.
func TestTwoStepLoginIsRequired(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		const enable = "/api/two-factor/authenticator"
		w.Must(t, w.User, http.MethodPut, enable, authenticator(w.User))
		before := w.Must(t, w.Bare, "GET", "/api/sync", nil).JSON(t)
		preview := w.Must(t, w.Owner, "POST", policy(w, "0/preview"), m{"enabled": true}).JSON(t)
		setPolicy(w, "0", true, nil)
		var told []string
		people, _ := preview["members"].([]any)
		for _, e := range people {
			one, _ := e.(map[string]any)
			email, _ := one["email"].(string)
			told = append(told, email)
			if one["effect"] != "revoked" {
				t.Errorf("effect %v", one["effect"])
			}
		}
		if diff := cmp.Diff([]string{w.Bare.Email, w.Custom.Email}, told); diff != "" {
			t.Errorf("announced (-want +got):\n%s", diff)
		}
		at := "/api/organizations/" + w.Org + "/collections"
		for p, status := range map[*person]int{w.Bare: 404, w.Custom: 404, w.User: 200, w.Manager: 200, w.Service: 200} {
			if a := w.Do(t, p, "GET", at, nil); a.Status != status {
				t.Errorf("%s gets %d, want %d", p.Name, a.Status, status)
			}
		}
		if after := w.Must(t, w.Bare, "GET", "/api/sync", nil).JSON(t); len(cmp.Diff(before, after)) == 0 {
			t.Error("sync still has what the person lost")
		}
		joiner := newcomer(w)
		member := w.Invite(joiner.Email, 2)
		accept := m{"token": w.InvitationToken(w.Owner, w.Org, member)}
		refusedWith(t, "accept without", w.Do(t, joiner, "POST", "/api/organizations/"+w.Org+"/users/"+member+"/accept", accept), "two-step login")
		w.Must(t, joiner, http.MethodPut, enable, authenticator(joiner))
		w.Must(t, joiner, "POST", "/api/organizations/"+w.Org+"/users/"+member+"/accept", accept)
		w.Confirm(w.Owner, w.Org, member)
		w.Must(t, joiner, "GET", at, nil)
		w.Must(t, joiner, http.MethodDelete, enable, secret(joiner, m{"type": 0}))
		if a := w.Do(t, joiner, "GET", at, nil); a.Status != http.StatusNotFound {
			t.Errorf("who gave two-step login up gets %d", a.Status)
		}
		restore := w.Do(t, w.Owner, "PUT", "/api/organizations/"+w.Org+"/users/"+member+"/restore", nil)
		refusedWith(t, "restore without", restore, "two-step login")
	})
}

// TestASingleOrganization shuts out who belongs to another one, and keeps others
// from joining one more.
func TestASingleOrganization(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		elsewhere := func(p *person) (path string, accept any) {
			at := "/api/organizations/" + w.OtherOrg + "/users"
			w.Must(t, w.OtherOwner, "POST", at+"/invite", m{"emails": []string{p.Email}, "type": 2, "collections": []any{}, "groups": []any{}})
			list, _ := w.Must(t, w.OtherOwner, "GET", at, nil).JSON(t)["data"].([]any)
			for _, e := range list {
				if one, _ := e.(map[string]any); one["email"] == p.Email {
					member, _ := one["id"].(string)
					return at + "/" + member + "/accept", m{"token": w.InvitationToken(w.OtherOwner, w.OtherOrg, member)}
				}
			}
			t.Fatal("nobody was invited")
			return "", nil
		}
		path, accept := elsewhere(w.Bare)
		w.Must(t, w.Bare, "POST", path, accept)
		setPolicy(w, "3", true, nil)
		at := "/api/organizations/" + w.Org + "/collections"
		for p, status := range map[*person]int{w.Bare: 404, w.User: 200} {
			if a := w.Do(t, p, "GET", at, nil); a.Status != status {
				t.Errorf("%s gets %d, want %d", p.Name, a.Status, status)
			}
		}
		path, accept = elsewhere(w.User)
		refusedWith(t, "a member joins another", w.Do(t, w.User, "POST", path, accept), "does not allow its members to join another")
		path, accept = elsewhere(w.Manager)
		w.Must(t, w.Manager, "POST", path, accept)
	})
}

// TestAccountsOfClaimedDomains are made by invitation of the claiming
// organization alone.
func TestAccountsOfClaimedDomains(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		apitest.Set(t, w.Server, `INSERT INTO claimed_domains (org_id, id, name, txt, verified_at, checks, created_at) VALUES ($1, $2, 'claimed.example', '-', 1, 1, 1)`,
			w.Org, string(id.New[id.ClaimedDomain]()))
		begin := func() apitest.Answer {
			return w.Do(t, apitest.Nobody, "POST", "/identity/accounts/register/send-verification-email", m{"email": "ann@claimed.example", "name": "Ann"})
		}
		token := begin()
		if token.Status != http.StatusOK {
			t.Fatalf("before the policy: %d %s", token.Status, token.Body)
		}
		setPolicy(w, "19", true, nil)
		refusedWith(t, "begin", begin(), "keeps for its own people")
		kdf := m{"kdfType": 0, "iterations": 600000}
		finish := m{
			"email": "ann@claimed.example", "emailVerificationToken": strings.Trim(strings.TrimSpace(string(token.Body)), `"`),
			"masterPasswordAuthentication": m{"kdf": kdf, "masterPasswordAuthenticationHash": "x" + apitest.Enc(), "salt": "ann@claimed.example"},
			"masterPasswordUnlock":         m{"kdf": kdf, "masterKeyWrappedUserKey": apitest.WrappedKey(), "salt": "ann@claimed.example"},
			"userAsymmetricKeys":           m{"publicKey": apitest.PublicKey(), "encryptedPrivateKey": apitest.WrappedPrivateKey()},
		}
		refusedWith(t, "finish with an older token", w.Do(t, apitest.Nobody, "POST", "/identity/accounts/register/finish", finish), "keeps for its own people")
		member := w.Invite("ann@claimed.example", 2)
		ann := w.Register(t, "ann", "ann@claimed.example", m{"orgInviteToken": w.InvitationToken(w.Owner, w.Org, member), "organizationUserId": member})
		w.Accept(ann, w.Owner, w.Org, member)
	})
}

// TestMembersOfAnAutomaticOrganization found nothing else and work for nobody.
func TestMembersOfAnAutomaticOrganization(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		found := func() apitest.Answer {
			return w.Do(t, w.User, "POST", "/api/organizations", m{
				"name": "Own Garden", "billingEmail": w.User.Email, "planType": 19, "key": apitest.Encapsulated(),
				"keys": m{"publicKey": apitest.PublicKey(), "encryptedPrivateKey": apitest.WrappedPrivateKey()}, "collectionName": apitest.Enc(),
			})
		}
		setPolicy(w, "3", true, nil)
		refusedWith(t, "a member of a single organization", found(), "does not allow its members")
		setPolicy(w, "18", true, nil)
		refusedWith(t, "a member of an automatic one", found(), "does not allow its members")
		who := w.InviteStaff(w.User.Email)
		accept := m{"token": w.StaffToken(who)}
		at := "/api/providers/" + w.Provider + "/users/" + who + "/accept"
		refusedWith(t, "work", w.Do(t, w.User, "POST", at, accept), "cannot work for a provider")
		setPolicy(w, "18", false, nil)
		w.Must(t, w.User, "POST", at, accept)
		refusedWith(t, "automatic, with somebody of a provider", w.Do(t, w.Owner, "PUT", policy(w, "18"), m{"enabled": true}), "to a provider")
		setPolicy(w, "3", false, nil)
		if a := found(); a.Status != http.StatusOK {
			t.Errorf("without a policy: %d %s", a.Status, a.Body)
		}
	})
}
