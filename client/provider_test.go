package client

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/kastellan/kastellan/client/seal"
)

// The whole way of a key: provider key to its founder, client key under it, both
// to the people who are confirmed.
func TestProviderKeysReachThePeopleWhoAreConfirmed(t *testing.T) {
	f := newFake(t)
	s := f.session()
	_, private, _ := s.keys()
	f.on("POST /api/providers/p/setup", map[string]string{"id": "p"})
	link := Link{Kind: SetupLink, ProviderID: "p", Token: "set-up"}
	if err := s.SetUpProvider(t.Context(), link, ProviderDetails{Name: "Example MSP", BillingEmail: "b@example.test"}); err != nil {
		t.Fatal(err)
	}
	var setup struct {
		Name, Token string
		Key         seal.EncString
	}
	f.last("POST /api/providers/p/setup", &setup)
	provider, err := private.Decapsulate(setup.Key)
	if err != nil || setup.Token != "set-up" || setup.Name != "Example MSP" {
		t.Fatalf("set-up: got %+v, %v", setup.Name, err)
	}

	f.on("POST /api/providers/p/clients", map[string]any{"id": "c", "organizationId": "o", "ownerMemberId": "m"})
	created, err := s.CreateClient(t.Context(), "p", NewClient{Name: "Example Bakery", OwnerEmail: "o@example.test", Plan: Teams, Seats: 5, Collection: "secret collection"})
	if err != nil || created.OrganizationID != "o" || created.OwnerMemberID != "m" {
		t.Fatalf("got %+v, %v", created, err)
	}
	var client struct {
		Key        seal.EncString
		KeyPair    keyPair
		Collection seal.EncString `json:"collectionName"`
		PlanType   Plan
		Seats      int
	}
	f.last("POST /api/providers/p/clients", &client)
	org, err := provider.Unwrap(client.Key)
	if err != nil {
		t.Fatal(err)
	}
	if name, err := org.DecryptText(client.Collection); err != nil || name != "secret collection" || client.PlanType != Teams || client.Seats != 5 {
		t.Errorf("client: got %q, %d, %d, %v", name, client.PlanType, client.Seats, err)
	}
	if pair, err := org.UnwrapPrivate(client.KeyPair.PrivateKey); err != nil || pair.Public().Base64() != client.KeyPair.PublicKey {
		t.Errorf("key pair of the client: %v", err)
	}

	person, err := seal.NewPrivateKey()
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]any{"data": []any{map[string]any{"id": "m", "userId": "u", "key": person.Public().Base64()}}}
	f.on("POST /api/organizations/o/users/public-keys", keys)
	f.on("POST /api/providers/p/users/public-keys", keys)
	f.on("POST /api/organizations/o/users/m/confirm", nil)
	f.on("POST /api/providers/p/users/m/confirm", nil)
	members, err := s.MemberKeys(t.Context(), "o", "m")
	if err != nil || members[0].Fingerprint() != seal.Fingerprint("u", person.Public()) {
		t.Fatalf("got %v, %v", members, err)
	}
	if err := s.ConfirmMember(t.Context(), "o", members[0]); err != nil {
		t.Fatal(err)
	}
	people, err := s.ProviderPersonKeys(t.Context(), "p", "m")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ConfirmProviderPerson(t.Context(), "p", people[0]); err != nil {
		t.Fatal(err)
	}
	for route, want := range map[string]seal.Key{"POST /api/organizations/o/users/m/confirm": org, "POST /api/providers/p/users/m/confirm": provider} {
		var body struct{ Key seal.EncString }
		f.last(route, &body)
		if got, err := person.Decapsulate(body.Key); err != nil || got != want {
			t.Errorf("%s: the person got another key, or %v", route, err)
		}
	}
	f.neverSaid("secret collection")
	if err := s.ConfirmMember(t.Context(), "other", members[0]); !errors.Is(err, ErrNoKey) {
		t.Errorf("organization without key: got %v, want %v", err, ErrNoKey)
	}
}

func TestInvitationsAlwaysCarryTheirLists(t *testing.T) {
	f := newFake(t)
	s := f.session()
	f.on("POST /api/organizations/o/users/invite", nil)
	if err := s.InviteMembers(t.Context(), "o", Invitation{Emails: []string{"a@example.test"}, Role: User}); err != nil {
		t.Fatal(err)
	}
	var got map[string]json.RawMessage
	f.last("POST /api/organizations/o/users/invite", &got)
	for name, want := range map[string]string{"emails": `["a@example.test"]`, "type": "2", "collections": "[]", "groups": "[]"} {
		if string(got[name]) != want {
			t.Errorf("%s: got %s, want %s", name, got[name], want)
		}
	}
}

func TestAccept(t *testing.T) {
	f := newFake(t)
	s := f.session()
	f.on("POST /api/organizations/o/users/m/accept", nil)
	f.on("POST /api/providers/p/users/u/accept", nil)
	for _, link := range []Link{
		{Kind: OrganizationLink, OrganizationID: "o", MemberID: "m", Token: "t"},
		{Kind: ProviderLink, ProviderID: "p", ProviderUserID: "u", Token: "t"},
	} {
		if err := s.Accept(t.Context(), link); err != nil {
			t.Error(err)
		}
	}
	if err := s.Accept(t.Context(), Link{Kind: SetupLink, Token: "t"}); !errors.Is(err, ErrLink) {
		t.Errorf("set-up link: got %v, want %v", err, ErrLink)
	}
}

func TestCreateOrganization(t *testing.T) {
	f := newFake(t)
	s := f.session()
	_, private, _ := s.keys()
	f.on("POST /api/organizations", map[string]string{"id": "o"})
	id, err := s.CreateOrganization(t.Context(), NewOrganization{Name: "Example Bakery", BillingEmail: "b@example.test", Collection: "secret collection"})
	if err != nil || id != "o" {
		t.Fatalf("got %q, %v", id, err)
	}
	var body struct {
		Key        seal.EncString
		Keys       keyPair
		Collection seal.EncString `json:"collectionName"`
	}
	f.last("POST /api/organizations", &body)
	org, err := private.Decapsulate(body.Key)
	if err != nil {
		t.Fatal(err)
	}
	if name, err := org.DecryptText(body.Collection); err != nil || name != "secret collection" {
		t.Errorf("collection: got %q, %v", name, err)
	}
	if held, err := s.orgKey("o"); err != nil || held != org {
		t.Errorf("the session holds another key, or %v", err)
	}
}
