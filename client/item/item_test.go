package item

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client/seal"
)

// sample fills every text of a view with its own value.
func sample(kind Type) View {
	match := 3
	v := View{Meta: Meta{Type: kind}}
	v.Login = &Login[string]{URIs: []URI[string]{{Match: &match}}, Passkeys: []Passkey[string]{{}}}
	v.SecureNote, v.Card, v.Identity, v.SSHKey = new(SecureNote), new(Card[string]), new(Identity[string]), new(SSHKey[string])
	v.BankAccount, v.DriversLicense, v.Passport = new(BankAccount[string]), new(DriversLicense[string]), new(Passport[string])
	v.Fields = []Field[string]{{Type: HiddenField}}
	v.PasswordHistory = []OldPassword[string]{{LastUsedDate: time.Unix(1, 0).UTC()}}
	n := 0
	fillTexts(reflect.ValueOf(&v.Content).Elem(), &n)
	v.Login.URIs[0].Checksum = checksum(v.Login.URIs[0].URI)
	return v
}

func fillTexts(v reflect.Value, n *int) {
	switch v.Kind() {
	case reflect.String:
		*n++
		v.SetString(fmt.Sprintf("text %d", *n))
	case reflect.Pointer:
		if !v.IsNil() {
			fillTexts(v.Elem(), n)
		}
	case reflect.Slice:
		for i := range v.Len() {
			fillTexts(v.Index(i), n)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			fillTexts(v.Field(i), n)
		}
	default:
	}
}

// Reflection fills what the lists of texts name by hand, so a field that a list
// forgets comes back empty.
func TestSealAndOpenKeepEveryText(t *testing.T) {
	owner := seal.NewKey()
	for _, own := range []bool{false, true} {
		for kind := LoginType; kind <= PassportType; kind++ {
			t.Run(fmt.Sprintf("type %d own key %v", kind, own), func(t *testing.T) {
				want := sample(kind)
				if own {
					want.OwnKey(owner)
				}
				cipher, err := want.Seal(owner)
				if err != nil {
					t.Fatal(err)
				}
				body, err := json.Marshal(cipher.Request())
				if err != nil {
					t.Fatal(err)
				}
				if strings.Contains(string(body), "text ") {
					t.Error("the request holds plain text")
				}
				var stored Cipher
				if err := json.Unmarshal(body, &stored); err != nil {
					t.Fatal(err)
				}
				got, err := stored.Open(owner)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	owner := seal.NewKey()
	view := View{Meta: Meta{Type: LoginType}, Content: Content[string]{Name: "n"}}
	good, err := view.Seal(owner)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		change func(*Cipher)
		owner  seal.Key
		want   error
	}{
		{"another owner's key", func(*Cipher) {}, seal.NewKey(), seal.ErrDecrypt},
		{"a name that is not encrypted", func(c *Cipher) { c.Name = "plain" }, owner, seal.ErrSyntax},
		{"a blob of version 2", func(c *Cipher) { c.Data = `{"format_version":1,"envelope":""}` }, owner, seal.ErrVersion2},
		{"a name of version 2", func(c *Cipher) { c.Name = "7.AAAA" }, owner, seal.ErrVersion2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cipher := good
			test.change(&cipher)
			if _, err := cipher.Open(test.owner); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
	good.Data = `{"Name":"2.x"}` // the server's own copy of an ordinary item
	if _, err := good.Open(owner); err != nil {
		t.Errorf("ordinary data: %v", err)
	}
}

func TestGive(t *testing.T) {
	user, org := seal.NewKey(), seal.NewKey()
	for _, own := range []bool{false, true} {
		view := sample(LoginType)
		if own {
			view.OwnKey(user)
		}
		file, err := view.SealFile(user, "a.txt", []byte("body"))
		if err != nil {
			t.Fatal(err)
		}
		view.Attachments = []Attachment[string]{{ID: "f", FileName: "a.txt", Key: file.Key}}
		given, err := view.Give(user, org)
		if err != nil {
			t.Fatal(err)
		}
		cipher, err := given.Seal(org)
		if err != nil {
			t.Fatal(err)
		}
		got, err := cipher.Open(org)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(view.Content, got.Content); diff != "" {
			t.Errorf("own key %v: %s", own, diff)
		}
		body, err := got.OpenFile(org, got.Attachments[0].Key, file.Blob)
		if err != nil || string(body) != "body" {
			t.Errorf("own key %v: attachment: %q, %v", own, body, err)
		}
	}
	old := View{Attachments: []Attachment[string]{{ID: "f"}}}
	for range 2 {
		if _, err := old.Give(user, org); !errors.Is(err, ErrOldAttachment) {
			t.Errorf("file without a key, item key %q: got %v, want %v", old.Key, err, ErrOldAttachment)
		}
		old.OwnKey(user)
	}
}

func TestRemember(t *testing.T) {
	now := time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)
	before := View{Content: Content[string]{
		Login:           &Login[string]{Password: "old"},
		Fields:          []Field[string]{{Type: HiddenField, Name: "PIN", Value: "1"}, {Type: TextField, Name: "t", Value: "2"}},
		PasswordHistory: []OldPassword[string]{{Password: "a"}, {Password: "b"}, {Password: "c"}, {Password: "d"}},
	}}
	after := before
	after.Login = &Login[string]{Password: "new"}
	after.Fields = nil
	after.Remember(before, now)
	var got []string
	for _, old := range after.PasswordHistory {
		got = append(got, old.Password)
	}
	if diff := cmp.Diff([]string{"old", "PIN: 1", "a", "b", "c"}, got); diff != "" {
		t.Error(diff)
	}
	if after.Login.PasswordRevisionDate == nil || !after.Login.PasswordRevisionDate.Equal(now) {
		t.Errorf("revision date: got %v, want %v", after.Login.PasswordRevisionDate, now)
	}
	same := before
	same.Remember(before, now)
	if len(same.PasswordHistory) != 4 || same.Login.PasswordRevisionDate != nil {
		t.Errorf("an unchanged item changed: %+v", same)
	}
}
