package content_test

import (
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/vault/content"
)

var enc = "2." + base64.StdEncoding.EncodeToString(make([]byte, 16)) + "|" + base64.StdEncoding.EncodeToString(make([]byte, 16)) + "|" + base64.StdEncoding.EncodeToString(make([]byte, 32))

func TestOnlyThePartOfTheTypeIsKept(t *testing.T) {
	name := enc
	c := content.Content{Name: &name, Login: &content.Login{}, Card: &content.Card{Number: &name}}
	got, err := c.Fragment(content.CardType)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(got, "login") || !strings.Contains(got, `"card":{`) {
		t.Errorf("stored %s", got)
	}
}

func TestEmptyTextsAreAbsentOnes(t *testing.T) {
	var c content.Content
	if err := json.Unmarshal([]byte(`{"name":"`+enc+`","notes":"","key":"","secureNote":{"type":0,"response":null}}`), &c); err != nil {
		t.Fatal(err)
	}
	got, err := c.Fragment(content.SecureNoteType)
	want := `"name":"` + enc + `","notes":null,"key":null,"data":null,"reprompt":0,"secureNote":{"type":0},"fields":null,"passwordHistory":null`
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestOneCiphertextForAll(t *testing.T) {
	whole := enc
	got, err := content.Content{Data: &whole}.Fragment(content.LoginType)
	if err != nil || !strings.Contains(got, `"data":"`+enc+`"`) {
		t.Errorf("%s, %v", got, err)
	}
}

func TestDatesAreThoseThatBrowsersRead(t *testing.T) {
	for date, want := range map[string]bool{
		"2026-01-02T03:04:05Z": true, "2026-01-02T03:04:05.1234567Z": true, "2026-01-02T03:04:05+02:00": true,
		"2026-01-02T03:04:05,1Z": false, "2026-01-02T3:04:05Z": false, "2026-01-02T03:04:05": false, "2026-01-02": false, "now": false,
	} {
		name, old := enc, enc
		_, err := content.Content{Name: &name, Data: &name, PasswordHistory: []content.OldPassword{{Password: &old, LastUsedDate: &date}}}.Fragment(content.LoginType)
		if (err == nil) != want {
			t.Errorf("%s: %v", date, err)
		}
	}
}

// Every member must have a rule, or what it holds would be stored unseen.
func TestEveryMemberHasARule(t *testing.T) {
	var walk func(path string, typ reflect.Type)
	walk = func(path string, typ reflect.Type) {
		for i := range typ.NumField() {
			f := typ.Field(i)
			inner, rule := f.Type, false
			for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice {
				inner = inner.Elem()
			}
			switch inner.Kind() {
			case reflect.Struct:
				walk(path+"."+f.Name, inner)
				continue
			case reflect.String:
				_, isEnc := f.Tag.Lookup("enc")
				_, isDate := f.Tag.Lookup("date")
				rule = isEnc != isDate && f.Type.Kind() == reflect.Pointer
			case reflect.Int:
				_, rule = f.Tag.Lookup("max")
			case reflect.Bool:
				rule = true
			default:
			}
			if !rule {
				t.Errorf("%s.%s has no rule", path, f.Name)
			}
		}
	}
	walk("Content", reflect.TypeFor[content.Content]())
}

func FuzzFragment(f *testing.F) {
	f.Add(1, `{"name":"`+enc+`","login":{"username":"`+enc+`","uris":[{"uri":"`+enc+`","match":null,"response":null}],"fido2Credentials":[{"creationDate":"2026-01-02T03:04:05Z"}]}}`)
	f.Add(5, `{"NAME":"`+enc+`","sshKey":{"privateKey":"`+enc+`","publicKey":"`+enc+`","keyFingerprint":"`+enc+`"},"attachments":{}}`)
	f.Add(3, `{"name":"`+enc+`","card":{"number":"x"},"card":{"brand":"`+enc+`"}}`)
	f.Add(2, `{"data":"`+enc+`","fields":[{"type":3,"linkedId":100}],"passwordHistory":[{"password":"`+enc+`","lastUsedDate":"2026-01-02T03:04:05.1Z"}]}`)
	f.Fuzz(func(t *testing.T, kind int, text string) {
		var in content.Content
		if json.Unmarshal([]byte(text), &in) != nil {
			return
		}
		got, err := in.Fragment(content.Type(kind))
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("%v is not the sender's fault", err)
			}
			return
		}
		var out content.Content
		if err := json.Unmarshal([]byte("{"+got+"}"), &out); err != nil {
			t.Fatalf("stored what is no JSON: %v\n%s", err, got)
		}
		for _, s := range accepted(reflect.ValueOf(out)) {
			if !strings.Contains(got, `"`+s+`"`) {
				t.Errorf("%q is not in %s", s, got)
			}
		}
		again, err := out.Fragment(content.Type(kind))
		if err != nil || again != got {
			t.Errorf("reading what was stored gives another item: %v\n%s\n%s", err, got, again)
		}
		// What was sent for the type is there, member for member.
		sent, err := in.Fragment(content.Type(kind))
		if err != nil || sent != got {
			t.Errorf("the same content gives two forms: %v", err)
		}
		if in.Name != nil && (out.Name == nil || *out.Name != *in.Name) {
			t.Errorf("the name %q came back as %v", *in.Name, out.Name)
		}
		if in.Login != nil && content.Type(kind) == content.LoginType {
			if diff := cmp.Diff(in.Login, out.Login); diff != "" {
				t.Errorf("login (-sent +stored):\n%s", diff)
			}
		}
		if diff := cmp.Diff(in.Fields, out.Fields); diff != "" {
			t.Errorf("fields (-sent +stored):\n%s", diff)
		}
		if diff := cmp.Diff(in.PasswordHistory, out.PasswordHistory); diff != "" {
			t.Errorf("history (-sent +stored):\n%s", diff)
		}
	})
}

// accepted are all texts in a value.
func accepted(v reflect.Value) []string {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return accepted(v.Elem())
	case reflect.String:
		return []string{v.String()}
	case reflect.Slice:
		var out []string
		for i := range v.Len() {
			out = append(out, accepted(v.Index(i))...)
		}
		return out
	case reflect.Struct:
		var out []string
		for i := range v.NumField() {
			out = append(out, accepted(v.Field(i))...)
		}
		return out
	default:
		return nil
	}
}
