package apitest_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/dbtest"
)

var update = flag.Bool("update", false, "write docs/compat.md anew")

const compatDoc = "../../docs/compat.md"

// partial are the routes that answer, but not yet with everything; and what is missing.
var partial = map[string]string{
	"GET /api/two-factor":                                "the authenticator is the one kind that there is",
	"PUT /api/organizations/{}/users/{}/restore/vnext":   "without a collection for personal items, which this server does not make",
	"POST /api/organizations/domain/sso/verified":        "always empty: there is no single sign-on yet",
	"GET /api/organizations/{}/subscription":             "the organization, its plan and seats; nothing is billed",
	"POST /api/auth-requests/admin-request":              "refused: there are no trusted devices for administrators to approve",
	"GET /api/plans":                                     "the four plans that this server knows, without prices",
	"GET /api/tasks":                                     "always empty",
	"GET /api/notifications":                             "always empty",
	"PUT /api/organizations/{}/policies/{}":              "all types; single sign-on (4, 12) and automatic confirmation (18) have no effect on log-ins and confirmations yet",
	"GET /api/sends/{}/file/{}":                          "the same answer as the announcement: files are uploaded to this server alone",
	"GET /api/ciphers/{}/attachment/{}/renew":            "the same answer as the announcement: files are uploaded to this server alone",
	"POST /identity/connect/token":                       "grants password (also with the approval of another device), refresh_token, send_access and client_credentials of a user, of an organization and of a program of a provider; second steps by authenticator, recovery code and remembered device; no other second steps, passkeys or single sign-on",
	"PUT /api/public/organization/subscription":          "the number of seats of an organization without a provider",
	"DELETE /api/providers/{}":                           "asks for the admin's secret in the body, and refuses while there are clients",
	"GET /api/providers/{}/billing/subscription":         "plans and seats as they are; nothing costs anything",
	"GET /api/providers/{}/billing/invoices":             "always empty: nothing is billed",
	"GET /api/providers/{}/billing/invoices/{}":          "never found: nothing is billed",
	"GET /api/providers/{}/billing/vnext/payment-method": "always none: nothing is billed",
	"PUT /api/providers/{}/billing/vnext/payment-method": "refused: nothing is billed",
}

var parameter = regexp.MustCompile(`\{[^}]*\}`)

// TestCompatDocIsTrue holds docs/compat.md to the routes that there are. With
// -update it writes the file.
func TestCompatDocIsTrue(t *testing.T) {
	want := compatText(t)
	if *update {
		if err := os.WriteFile(compatDoc, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(compatDoc)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/compat.md does not say what the server does; run go test ./internal/apitest -run Compat -update")
	}
}

func compatText(t *testing.T) string {
	t.Helper()
	ours := map[string]bool{}
	for _, r := range apitest.Start(t, dbtest.SQLite(t)).Routes {
		for _, spelling := range append([]string{r.Method + " " + r.Path}, r.Also...) {
			ours[parameter.ReplaceAllString(spelling, "{}")] = true
		}
	}
	for name := range partial {
		if !ours[name] {
			t.Errorf("%s is called partial and does not exist", name)
		}
	}
	list, err := os.ReadFile("testdata/official-routes.txt")
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	areas, official := map[string][]string{}, map[string]bool{}
	for line := range strings.Lines(string(list)) {
		part := strings.Split(strings.TrimSpace(line), "\t")
		area, route := part[0], part[1]+" "+part[2]
		name := parameter.ReplaceAllString(route, "{}")
		official[name] = true
		state, note := "absent", ""
		if ours[name] {
			state = "done"
		}
		if why, ok := partial[name]; ok {
			state, note = "partial", why
		}
		count[state]++
		areas[area] = append(areas[area], fmt.Sprintf("| `%s` | %s | %s |", route, state, note))
	}
	var b strings.Builder
	fmt.Fprintf(&b, compatHead, len(official), count["done"], count["partial"], count["absent"])
	for _, area := range slices.Sorted(maps.Keys(areas)) {
		fmt.Fprintf(&b, "\n## %s\n\n| endpoint | state | remark |\n|---|---|---|\n%s\n", strings.ToUpper(area[:1])+area[1:], strings.Join(areas[area], "\n"))
	}
	b.WriteString(compatTail)
	return b.String()
}

const compatHead = `# What official clients can do here

Of the %d endpoints of the official API that concern a password server, %d are done, %d partial and %d absent. An absent one answers like
anything that does not exist: 404 with the error body that clients read. This page is made from the routes of the server by a test, which fails
when it is no longer true.

Tested with the official command line client (the version is pinned in compat/package.json), against SQLite and PostgreSQL: log-in by
password and API key, two-step login by authenticator, unlock, sync, items of every type, folders, archive, trash, import, export, organizations, confirming members,
sharing, ` + "`serve`" + `. Other official apps share these endpoints but are not driven by the tests yet.
`

const compatTail = `
## Our own additions

Official clients never see these; our web app and the Go client use them.

| what | where |
|---|---|
| ` + "`kastellan`" + ` in the configuration: who may register, whether the server sends mail, its version | ` + "`GET /api/config`" + ` |
| registering by the set-up link of a provider: ` + "`providerSetupToken`" + ` | ` + "`POST /identity/accounts/register/finish`" + ` |
| which clients a technician reaches, by client or tag, and until when: ` + "`assigned`, `until`, `clients`, `tags`; `reach` in invitations and edits" + ` | ` + "`PUT /api/providers/{id}/users/{id}/reach`, `GET /api/providers/{id}/users`" + ` |
| tags of clients | ` + "`/api/providers/{id}/tags`, `PUT /api/providers/{id}/clients/{id}/tags`" + ` |
| seats of many clients at once, with a dry run | ` + "`POST /api/providers/{id}/clients/seats`" + ` |
| suspending a client | ` + "`PUT /api/providers/{id}/clients/{id}/enabled`" + ` |
| what unlinking a client hands over; unlinking answers the same | ` + "`GET /api/providers/{id}/organizations/{id}/handover`" + ` |
| a technician leaves the provider and all clients in one act, with a dry run | ` + "`POST /api/providers/{id}/users/{id}/offboard`" + ` |
| the set-up link needs neither payment nor billing address | ` + "`POST /api/providers/{id}/setup`" + ` |
| invitation links for those who may invite, on servers without mail | ` + "`GET /api/organizations/{id}/users/{id}/invite-link`, `GET /api/providers/{id}/users/{id}/invite-link`" + ` |
| the new client is answered, with the id of its invited owner | ` + "`POST /api/providers/{id}/clients`" + ` |
| the description of the Public API, in OpenAPI 3.1 | ` + "`GET /api/public/openapi.json`" + ` |
| the provider's own log and those of all clients as one stream, with names: ` + "`clients`, `acting`, `categories`, `types`" + ` | ` + "`GET /api/providers/{id}/audit`" + ` |
| logs filtered on the server: ` + "`type`" + ` (user, item, collection, group, member, organization, policy, provider, domain; several with commas) and ` + "`actingUserId`" + ` | ` + "`GET /api/events`, `GET /api/organizations/{id}/events` …" + ` |
| the names of those who acted as its people, also when they have left: ` + "`actingUserName`" + ` | ` + "`GET /api/organizations/{id}/events`" + ` |
| what saving a policy would do, without doing it | ` + "`POST /api/organizations/{id}/policies/{type}/preview`" + ` |
| API keys of a provider, and the Provider API that they open, described in OpenAPI 3.1 | ` + "`GET /api/providers/{id}/keys` …, `/api/public/provider/…`, `GET /api/public/provider/openapi.json`" + ` |
| what the files of an account, or of an organization, take and may take, in bytes; the limit of a client, null for the server's: ` + "`limit`" + ` | ` + "`GET /api/accounts/storage`, `GET /api/organizations/{id}/storage`, `PUT /api/providers/{id}/organizations/{id}/storage`" + ` |
| baselines of a provider: what it wants the policies and settings of its clients to be, how they differ, what applying would do, and applying | ` + "`GET /api/providers/{id}/baselines`, `GET /api/providers/{id}/baselines/drift`, `POST /api/providers/{id}/clients/{id}/baseline/apply` …" + ` |
| the baseline that governs an organization, and what its owners decide otherwise, with a reason | ` + "`GET /api/organizations/{id}/baseline`, `PUT /api/organizations/{id}/baseline/deviations/{subject}`" + ` |
| what one member may know, also a revoked one: collections, items, and when each was last used | ` + "`GET /api/organizations/{id}/users/{id}/reach`" + ` |
| the public keys of the organizations that may recover the account | ` + "`GET /api/accounts/key-management/key-rotation-data`" + ` |
| more is told of each client: address of the link, plan type, state | ` + "`GET /api/providers/{id}/organizations`" + ` |
| how all clients of a provider stand; people in all of them; what a list of invitations into many of them would do | ` + "`GET /api/providers/{id}/overview`, `GET /api/providers/{id}/people`, `POST /api/providers/{id}/people/check`" + ` |
| whether the provider's staff reaches the client's items, decided by the client's own owners: ` + "`providerItemAccess`" + ` | ` + "`PUT /api/organizations/{id}/provider-access`" + ` |
| ` + "`lastKnownRevisionDate`" + ` in the bodies of settings, members, groups, collections, policies and baselines: refused when somebody else was faster | ` + "`PUT /api/organizations/{id}` …" + ` |
| provider staff reach a client's items by the admin routes while the client's switch is on (default) | ` + "`/api/ciphers/…/admin`" + ` |
`
