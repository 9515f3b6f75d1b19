package apitest

import (
	"net/http"
	"testing"

	rights "github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/app"
	"github.com/kastellan/kastellan/internal/db"
)

// World is two providers with a client each, and everybody who could want
// something there.
type World struct {
	*Server
	T testing.TB

	Admin, Service         *Person // of the provider
	Owner, Manager, User   *Person // confirmed members of its client; Manager has the role admin
	Custom, Bare           *Person // confirmed members with the custom role, with all permissions and with none
	Invited, Accepted      *Person // members of the client that are not confirmed yet
	Revoked                *Person
	InvitedStaff           *Person // invited to the provider, not accepted
	ScopedService          *Person // a service user to whom the client is assigned, and nothing else
	ScopedElsewhere        *Person // a service user to whom another client of the provider is assigned
	ExpiredScope           *Person // a service user whose time is over
	Stranger               *Person // an account without any tie
	OtherAdmin, OtherOwner *Person // of another provider and its client
	Key, OtherKey          *Person // the client and the other provider's client, by their own API keys
	Program, OtherProgram  *Person // of the providers, by API keys for all clients that may write

	Provider, Client, Org string // ids; Client is the id of the link
	Collection            string // User may only read it
	SiblingClient         string // another client of the provider, and its organization
	SiblingOrg            string
	OtherProvider         string
	OtherOrg              string
	OtherCollection       string
	Members               map[*Person]string // member ids in Org
	Staff                 map[*Person]string // provider-user ids in Provider
}

// NewWorld builds it through the API.
func NewWorld(t testing.TB, d *db.DB) *World {
	t.Helper()
	w := &World{Server: Start(t, d), T: t, Members: map[*Person]string{}, Staff: map[*Person]string{}}
	w.Admin, w.Provider = w.setUp("provider admin", "admin@provider.example", w.SetupLink)
	link, err := app.CreateProvider(t.Context(), w.Base, "")
	if err != nil {
		t.Fatal(err)
	}
	w.OtherAdmin, w.OtherProvider = w.setUp("admin of another provider", "admin@other.example", link)
	w.Org, w.Client, w.Owner = w.client(w.Admin, w.Provider, "owner", "owner@client.example")
	w.OtherOrg, _, w.OtherOwner = w.client(w.OtherAdmin, w.OtherProvider, "owner of another organization", "owner@elsewhere.example")
	w.OtherCollection = w.newCollection(w.OtherOwner, w.OtherOrg, nil)
	w.Key, w.OtherKey = &Person{Name: "the organization"}, &Person{Name: "another organization"}
	w.RenewKeys()
	w.Program = w.NewProgram(w.Admin, w.Provider, AllClients()).Person
	w.OtherProgram = w.NewProgram(w.OtherAdmin, w.OtherProvider, AllClients()).Person
	w.OtherProgram.Name = "a program of another provider"
	w.Stranger = w.Register(t, "stranger", "stranger@nowhere.example", nil)
	w.hire()
	w.enlist()
	w.scope()
	return w
}

// setUp makes a provider of a set-up link.
func (w *World) setUp(name, email, link string) (*Person, string) {
	w.T.Helper()
	q := Query(w.T, link)
	p := w.Register(w.T, name, email, map[string]any{"providerSetupToken": q.Get("token")})
	w.Must(w.T, p, http.MethodPost, "/api/providers/"+q.Get("providerId")+"/setup", map[string]any{
		"name": "Example Provider", "billingEmail": email, "token": q.Get("token"), "key": Encapsulated(),
	})
	return p, q.Get("providerId")
}

// NewClient is the body that creates a client organization.
func NewClient(ownerEmail string) map[string]any {
	return map[string]any{
		"name": "Example Client", "ownerEmail": ownerEmail, "planType": 19, "seats": 200, "key": WrappedKey(), "collectionName": Enc(),
		"keyPair": map[string]any{"publicKey": PublicKey(), "encryptedPrivateKey": WrappedPrivateKey()},
	}
}

func (w *World) client(admin *Person, provider, name, email string) (org, link string, owner *Person) {
	w.T.Helper()
	a := w.Must(w.T, admin, http.MethodPost, "/api/providers/"+provider+"/clients", NewClient(email))
	org, link = a.Text(w.T, "organizationId"), a.Text(w.T, "id")
	owner = w.Register(w.T, name, email, nil)
	w.Members[owner] = a.Text(w.T, "ownerMemberId")
	w.Accept(owner, admin, org, w.Members[owner])
	w.Confirm(admin, org, w.Members[owner])
	return org, link, owner
}

// Accept accepts an invitation into an organization.
func (w *World) Accept(p, inviter *Person, org, member string) {
	w.T.Helper()
	w.Must(w.T, p, http.MethodPost, "/api/organizations/"+org+"/users/"+member+"/accept",
		map[string]any{"token": w.InvitationToken(inviter, org, member)})
}

// InvitationToken is the token in the link for an invited member.
func (w *World) InvitationToken(inviter *Person, org, member string) string {
	w.T.Helper()
	link := w.Must(w.T, inviter, http.MethodGet, "/api/organizations/"+org+"/users/"+member+"/invite-link", nil).Text(w.T, "url")
	return Query(w.T, link).Get("token")
}

// Confirm confirms a member.
func (w *World) Confirm(by *Person, org, member string) {
	w.T.Helper()
	w.Must(w.T, by, http.MethodPost, "/api/organizations/"+org+"/users/"+member+"/confirm", map[string]any{"key": Encapsulated()})
}

// Invite invites an address to the client and gives the member id.
func (w *World) Invite(email string, kind int, collections ...any) string {
	w.T.Helper()
	w.Must(w.T, w.Owner, http.MethodPost, "/api/organizations/"+w.Org+"/users/invite", map[string]any{
		"emails": []string{email}, "type": kind, "collections": collections, "groups": []string{},
	})
	list := w.Must(w.T, w.Owner, http.MethodGet, "/api/organizations/"+w.Org+"/users", nil).JSON(w.T)
	return find(w.T, list, "email", email)
}

// find gives the id of the entry of a list in which a member has a value.
func find(t testing.TB, list map[string]any, name, value string) string {
	t.Helper()
	data, _ := list["data"].([]any)
	for _, e := range data {
		if m, ok := e.(map[string]any); ok && m[name] == value {
			s, _ := m["id"].(string)
			return s
		}
	}
	t.Fatalf("nobody with %s %s in the list", name, value)
	return ""
}

func (w *World) enlist() {
	w.T.Helper()
	w.Collection = w.newCollection(w.Owner, w.Org, []any{access(w.Members[w.Owner], false, true)})
	w.User = w.Register(w.T, "user", "user@client.example", nil)
	w.Manager = w.Register(w.T, "admin of the client", "manager@client.example", nil)
	w.Custom = w.Register(w.T, "custom with all permissions", "custom@client.example", nil)
	w.Bare = w.Register(w.T, "custom without permissions", "bare@client.example", nil)
	w.Invited = w.Register(w.T, "invited", "invited@client.example", nil)
	w.Accepted = w.Register(w.T, "accepted", "accepted@client.example", nil)
	w.Revoked = w.Register(w.T, "revoked", "revoked@client.example", nil)
	readable := access(w.Collection, true, false)
	writable := access(w.Collection, false, true)
	w.Members[w.User] = w.Invite(w.User.Email, 2, readable)
	w.Members[w.Manager] = w.Invite(w.Manager.Email, 1, writable)
	w.Members[w.Invited] = w.Invite(w.Invited.Email, 0, writable)
	w.Members[w.Accepted] = w.Invite(w.Accepted.Email, 0, writable)
	w.Members[w.Revoked] = w.Invite(w.Revoked.Email, 0, writable)
	w.Members[w.Custom] = w.Invite(w.Custom.Email, 2, writable)
	w.Members[w.Bare] = w.Invite(w.Bare.Email, 2, readable)
	for _, p := range []*Person{w.User, w.Manager, w.Custom, w.Bare, w.Accepted, w.Revoked} {
		w.Accept(p, w.Owner, w.Org, w.Members[p])
	}
	for _, p := range []*Person{w.User, w.Manager, w.Custom, w.Bare, w.Revoked} {
		w.Confirm(w.Owner, w.Org, w.Members[p])
	}
	w.set(`UPDATE members SET type = 4, permissions = $3 WHERE org_id = $1 AND id = $2`, w.Org, w.Members[w.Custom], int(rights.AllPermissions))
	w.set(`UPDATE members SET type = 4 WHERE org_id = $1 AND id = $2`, w.Org, w.Members[w.Bare])
	w.set(`UPDATE members SET status = -1 WHERE org_id = $1 AND id = $2`, w.Org, w.Members[w.Revoked])
}

// set changes a row for which there is no route yet.
func (w *World) set(statement string, args ...any) {
	w.T.Helper()
	err := w.Base.DB.Update(w.T.Context(), func(tx *db.Tx) error { return tx.ExecOne(w.T.Context(), statement, args...) })
	if err != nil {
		w.T.Fatal(err)
	}
}

func (w *World) hire() {
	w.T.Helper()
	w.Service = w.Register(w.T, "service user", "service@provider.example", nil)
	w.InvitedStaff = w.Register(w.T, "invited to the provider", "invited@provider.example", nil)
	for _, p := range []*Person{w.Service, w.InvitedStaff} {
		w.Staff[p] = w.InviteStaff(p.Email)
	}
	w.AcceptStaff(w.Service, w.Staff[w.Service])
	w.Must(w.T, w.Admin, http.MethodPost, "/api/providers/"+w.Provider+"/users/"+w.Staff[w.Service]+"/confirm",
		map[string]any{"key": Encapsulated()})
}

// scope hires the service users who do not reach everything.
func (w *World) scope() {
	w.T.Helper()
	sibling := w.Must(w.T, w.Admin, http.MethodPost, "/api/providers/"+w.Provider+"/clients", NewClient("owner@sibling.example"))
	w.SiblingOrg, w.SiblingClient = sibling.Text(w.T, "organizationId"), sibling.Text(w.T, "id")
	w.ScopedService = w.Hire("service user of the client", "scoped@provider.example")
	w.ScopedElsewhere = w.Hire("service user of another client", "elsewhere@provider.example")
	w.ExpiredScope = w.Hire("service user of the past", "expired@provider.example")
	w.Assign(w.ScopedService, w.Client)
	w.Assign(w.ScopedElsewhere, w.SiblingClient)
	w.Assign(w.ExpiredScope, w.Client)
	w.set(`INSERT INTO provider_plans (provider_id, plan_type, seat_minimum) VALUES ($1, 19, 1000000)`, w.Provider) // service users buy nothing
	w.set(`UPDATE provider_users SET until = 1 WHERE provider_id = $1 AND id = $2`, w.Provider, w.Staff[w.ExpiredScope])
}

// Hire makes a new account a confirmed service user of the provider.
func (w *World) Hire(name, email string) *Person {
	w.T.Helper()
	p := w.Register(w.T, name, email, nil)
	w.Staff[p] = w.InviteStaff(email)
	w.AcceptStaff(p, w.Staff[p])
	w.Must(w.T, w.Admin, http.MethodPost, "/api/providers/"+w.Provider+"/users/"+w.Staff[p]+"/confirm", map[string]any{"key": Encapsulated()})
	return p
}

// Assign has a service user reach exactly these clients.
func (w *World) Assign(p *Person, clients ...string) {
	w.T.Helper()
	ties := make([]any, len(clients))
	for i, c := range clients {
		ties[i] = map[string]any{"id": c}
	}
	w.Must(w.T, w.Admin, http.MethodPut, "/api/providers/"+w.Provider+"/users/"+w.Staff[p]+"/reach",
		map[string]any{"assigned": true, "clients": ties, "tags": []any{}})
}

// AcceptStaff accepts an invitation to the provider.
func (w *World) AcceptStaff(p *Person, who string) {
	w.T.Helper()
	w.Must(w.T, p, http.MethodPost, "/api/providers/"+w.Provider+"/users/"+who+"/accept", map[string]any{"token": w.StaffToken(who)})
}

// StaffToken is the token in the link for somebody invited to the provider.
func (w *World) StaffToken(who string) string {
	w.T.Helper()
	link := w.Must(w.T, w.Admin, http.MethodGet, "/api/providers/"+w.Provider+"/users/"+who+"/invite-link", nil).Text(w.T, "url")
	return Query(w.T, link).Get("token")
}

// NewCollection makes a collection of the client that its owner manages.
func (w *World) NewCollection() string {
	w.T.Helper()
	return w.newCollection(w.Owner, w.Org, nil)
}

// InviteStaff invites an address to the provider and gives the provider-user id.
func (w *World) InviteStaff(email string) string {
	w.T.Helper()
	at := "/api/providers/" + w.Provider + "/users"
	w.Must(w.T, w.Admin, http.MethodPost, at+"/invite", map[string]any{"emails": []string{email}, "type": 1})
	return find(w.T, w.Must(w.T, w.Admin, http.MethodGet, at, nil).JSON(w.T), "email", email)
}

func access(who string, readOnly, manage bool) map[string]any {
	return map[string]any{"id": who, "readOnly": readOnly, "hidePasswords": false, "manage": manage}
}

func (w *World) newCollection(as *Person, org string, members []any) string {
	w.T.Helper()
	if members == nil {
		members = []any{access(w.Members[as], false, true)}
	}
	return w.Must(w.T, as, http.MethodPost, "/api/organizations/"+org+"/collections",
		map[string]any{"name": Enc(), "groups": []any{}, "users": members}).Text(w.T, "id")
}

// Item is the body of a login item.
func Item() map[string]any {
	return map[string]any{"type": 1, "name": Enc(), "notes": nil, "favorite": false, "reprompt": 0, "login": map[string]any{
		"username": Enc(), "password": Enc(), "uris": []any{map[string]any{"uri": Enc(), "uriChecksum": Enc(), "match": nil}},
	}}
}

// NewItem makes a personal item.
func (w *World) NewItem(as *Person) string {
	w.T.Helper()
	return w.Must(w.T, as, http.MethodPost, "/api/ciphers", Item()).Text(w.T, "id")
}

// NewOrgItem makes an item in the client's collection.
func (w *World) NewOrgItem() string {
	w.T.Helper()
	item := Item()
	item["organizationId"] = w.Org
	return w.Must(w.T, w.Owner, http.MethodPost, "/api/ciphers/create",
		map[string]any{"cipher": item, "collectionIds": []string{w.Collection}}).Text(w.T, "id")
}
