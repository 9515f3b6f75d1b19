package send

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kastellan/kastellan/client/internal/vectors"
	"github.com/kastellan/kastellan/client/seal"
)

// What other clients sealed opens, and leads to the same link.
func TestOpenTheSendsOfOthers(t *testing.T) {
	var list []struct {
		UserKeyB64                       vectors.B64
		AccessID                         string `json:"accessId"`
		EncryptedSeed, Name, Notes, Text seal.EncString
		URLKey                           string `json:"urlKey"`
		NamePlain, NotesPlain, TextPlain string
	}
	vectors.Load(t, "send", &list)
	opened := 0
	for _, v := range list {
		if v.Name == "" {
			continue // only a seed
		}
		owner, err := seal.KeyFromBytes(v.UserKeyB64)
		if err != nil {
			t.Fatal(err)
		}
		in := sealed{AccessID: v.AccessID, Key: v.EncryptedSeed, Name: v.Name, Text: &sealedText{Text: &v.Text}}
		if v.Notes != "" {
			in.Notes = &v.Notes
		}
		if v.Text == "" {
			in.Text = nil
		}
		got, err := in.open(owner)
		if err != nil {
			t.Fatal(err)
		}
		opened++
		if got.Name != v.NamePlain || got.Notes != v.NotesPlain || got.Text != v.TextPlain || got.seed.Link() != v.URLKey {
			t.Errorf("got %q, %q, %q", got.Name, got.Notes, got.Text)
		}
	}
	if opened == 0 {
		t.Error("no vector with content")
	}
}

func full(kind Type) Send {
	s := Send{
		ID: "i", AccessID: "a", Type: kind, Name: "For Ben", Notes: "mine alone", Auth: ByLink, MaxAccesses: 3, Disabled: true, HideEmail: true,
		Deletion: time.Date(2031, 1, 2, 3, 4, 5, 0, time.UTC), Expiration: time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC), seed: seal.NewSendSeed(),
	}
	if kind == File {
		s.File = Attached{ID: "f", Name: "plan.pdf"}
	} else {
		s.Text, s.Hidden = "the text", true
	}
	return s
}

func TestSealAndOpen(t *testing.T) {
	owner := seal.NewKey()
	for _, want := range []Send{full(Text), full(File), {Type: Text, Auth: ByLink, seed: seal.NewSendSeed()}} {
		request, err := want.seal(owner)
		if err != nil {
			t.Fatal(err)
		}
		wire, err := json.Marshal(request)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"For Ben", "mine alone", "the text", "plan.pdf", want.seed.Link()} {
			if strings.Contains(string(wire), secret) {
				t.Errorf("%q is in the request", secret)
			}
		}
		var back sealed
		if err := json.Unmarshal(wire, &back); err != nil {
			t.Fatal(err)
		}
		back.AccessID = want.AccessID
		got, err := back.open(owner)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Send{})); diff != "" || got.seed != want.seed {
			t.Errorf("the same seed %v (-want +got):\n%s", got.seed == want.seed, diff)
		}
		if _, err := back.open(seal.NewKey()); !errors.Is(err, seal.ErrDecrypt) {
			t.Errorf("another key: got %v, want %v", err, seal.ErrDecrypt)
		}
	}
}

func TestWhatRecipientsAreAskedFor(t *testing.T) {
	for name, test := range map[string]struct {
		in       Send
		want     Auth
		password bool
		emails   string
	}{
		"a new one with nothing":         {in: Send{}, want: ByLink},
		"a new one with a password":      {in: Send{Password: "p"}, want: ByPassword, password: true},
		"a new one with addresses":       {in: Send{Emails: []string{"A@example.test", "b@example.test"}}, want: ByEmail, emails: "a@example.test,b@example.test"},
		"one that has a password":        {in: Send{ID: "i", Auth: ByPassword}, want: ByPassword},
		"addresses in place of it":       {in: Send{ID: "i", Auth: ByPassword, Emails: []string{"a@example.test"}}, want: ByEmail, emails: "a@example.test"},
		"one without its addresses":      {in: Send{ID: "i", Auth: ByEmail}, want: ByLink},
		"a password in place of them":    {in: Send{ID: "i", Auth: ByEmail, Password: "p"}, want: ByPassword, password: true},
		"a password for one that is new": {in: Send{ID: "i", Auth: ByLink, Password: "p"}, want: ByPassword, password: true},
	} {
		test.in.seed = seal.NewSendSeed()
		got, err := test.in.seal(seal.NewKey())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		emails := ""
		if got.Emails != nil {
			emails = *got.Emails
		}
		if got.Auth != test.want || (got.Password != nil) != test.password || emails != test.emails {
			t.Errorf("%s: got %d, a password %v, %q", name, got.Auth, got.Password != nil, emails)
		}
	}
	both := Send{Password: "p", Emails: []string{"a@example.test"}}
	if _, err := both.seal(seal.NewKey()); !errors.Is(err, errBoth) {
		t.Errorf("both: got %v, want %v", err, errBoth)
	}
}
