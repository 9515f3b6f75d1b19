package mail

import (
	"html"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
)

var kinds = []Letter{
	RegistrationLink{}, VerifyEmail{}, EmailChangeCode{}, ConfirmationCode{}, SendCode{}, PasswordHint{}, NewDevice{}, OrgInvitation{}, OrgConfirmed{},
	DomainClaimed{}, DomainNotClaimed{}, DomainLost{}, OrgDeleted{},
	OrgAccepted{}, OwnerMade{}, OrgRevoked{}, OrgRecoveryOn{}, AccountRecovered{},
	ProviderSetup{}, ProviderInvitation{}, ProviderConfirmed{}, ProviderRemoved{}, ClientUnlinked{}, DeleteAccount{}, TwoStepFailed{}, AccountChanged{},
}

const link = "https://vault.example.com/#/accept?email=a%40example.com&token=t0k3n"

// filled gives the letter with said in every field that people type into.
func filled(t *testing.T, l Letter, said string) Letter {
	t.Helper()
	v := reflect.New(reflect.TypeOf(l)).Elem()
	for i := range v.NumField() {
		switch v.Type().Field(i).Name {
		case "Link":
			v.Field(i).SetString(link)
		case "Code": // made by the server
			v.Field(i).SetString("123456")
		case "Change":
			v.Field(i).SetString(string(PasswordChanged))
		case "Password", "TwoStep":
			v.Field(i).SetBool(true)
		case "Time", "Expires":
			v.Field(i).Set(reflect.ValueOf(time.Date(2026, 11, 22, 9, 5, 0, 0, time.UTC)))
		default:
			v.Field(i).SetString(said)
		}
	}
	return v.Interface().(Letter)
}

func TestEveryLetterInEveryLanguage(t *testing.T) {
	for _, lang := range []Lang{English, German} {
		for _, l := range kinds {
			t.Run(string(lang)+"/"+l.kind(), func(t *testing.T) {
				l := filled(t, l, "Muster & Söhne")
				m, err := Render(lang, "anna@example.com", l)
				if err != nil {
					t.Fatal(err)
				}
				if m.To != "anna@example.com" || m.Subject == "" || strings.Contains(m.Subject, "\n") {
					t.Errorf("to %q, subject %q", m.To, m.Subject)
				}
				_, hasLink := reflect.TypeOf(l).FieldByName("Link")
				for part, body := range map[string]string{"text": m.Text, "html": html.UnescapeString(m.HTML)} {
					if strings.Contains(body, "{{") || strings.Contains(body, "<no value>") || len(body) < 80 {
						t.Errorf("%s is not filled in: %s", part, body)
					}
					if got := strings.Contains(body, link); got != hasLink {
						t.Errorf("%s holds the link: %v, want %v", part, got, hasLink)
					}
				}
				if !strings.Contains(m.HTML, `<html lang="`+string(lang)+`">`) {
					t.Error("the page does not name its language")
				}
			})
		}
	}
}

func TestLanguagesDiffer(t *testing.T) {
	for _, l := range kinds {
		en, err := Render(English, "a@example.com", filled(t, l, "x"))
		if err != nil {
			t.Fatal(err)
		}
		de, err := Render(German, "a@example.com", filled(t, l, "x"))
		if err != nil {
			t.Fatal(err)
		}
		if en.Subject == de.Subject || en.Text == de.Text {
			t.Errorf("%s is the same in both languages: %q", l.kind(), en.Subject)
		}
	}
}

func TestEveryChangeHasItsOwnWords(t *testing.T) {
	for _, lang := range []Lang{English, German} {
		subjects := map[string]Change{}
		for _, c := range []Change{PasswordChanged, EmailChanged, KDFChanged, SessionsEnded, UserKeyChanged, KeyRotated, TemporaryEnded,
			TwoStepEnabled, TwoStepDisabled, TwoStepRecovered} {
			m, err := Render(lang, "a@example.com", AccountChanged{Change: c, Time: time.Unix(0, 0)})
			if err != nil {
				t.Fatal(err)
			}
			if other, taken := subjects[m.Subject]; taken {
				t.Errorf("%s: %s and %s have the same subject %q", lang, c, other, m.Subject)
			}
			subjects[m.Subject] = c
		}
	}
}

func TestWhatWasResetIsTold(t *testing.T) {
	for _, lang := range []Lang{English, German} {
		seen := map[string]bool{}
		for _, l := range []Letter{
			AccountRecovered{Organization: "x", Password: true}, AccountRecovered{Organization: "x", TwoStep: true},
			AccountRecovered{Organization: "x", Password: true, TwoStep: true},
			OrgRevoked{Organization: "x", Policy: TwoStepPolicy}, OrgRevoked{Organization: "x", Policy: SingleOrgPolicy},
		} {
			m, err := Render(lang, "a@example.com", l)
			if err != nil {
				t.Fatal(err)
			}
			if seen[m.Text] {
				t.Errorf("%s: %+v says what another one says: %s", lang, l, m.Text)
			}
			seen[m.Text] = true
		}
	}
}

func TestHintIsToldOrSaidToBeAbsent(t *testing.T) {
	with, err := Render(English, "a@example.com", PasswordHint{Hint: "the usual"})
	if err != nil {
		t.Fatal(err)
	}
	without, err := Render(English, "a@example.com", PasswordHint{})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(with.Text, "the usual") || !strings.Contains(without.Text, "There is none") {
		t.Errorf("with: %s\nwithout: %s", with.Text, without.Text)
	}
}

var hostile = []string{
	`<img src=x onerror=alert(1)>`,
	`"><a href=https://evil.example/>click</a>`,
	"Nice Org\r\nBcc: victim@example.com\r\n\r\nSecond body",
	"Pay at https://evil.example/now or www.evil.example",
	"{{.Link}} {{printf \"%s\" .}}",
	"right\u202eto left\u200b\x00\x1b[31m",
	strings.Repeat("long ", 500),
	"javascript:alert(1)",
}

// anchor finds what mail programs make a link of in plain text.
var anchor = regexp.MustCompile(`(?i)(https?://\S+|www\.\w\S*|\w[\w.]*@\w+\.\w+|\b[\w-]+\.(?:example|com)\b)`)

func TestHostileNamesStayNames(t *testing.T) {
	for _, lang := range []Lang{English, German} {
		for _, l := range kinds {
			for _, said := range hostile {
				m, err := Render(lang, "anna@example.com", filled(t, l, said))
				if err != nil {
					t.Fatalf("%s with %q: %v", l.kind(), said, err)
				}
				checkHarmless(t, l.kind(), m)
			}
		}
	}
}

func checkHarmless(t *testing.T, kind string, m Message) {
	t.Helper()
	if strings.ContainsAny(m.Subject, "\r\n\x00\x1b") || len([]rune(m.Subject)) > 200 {
		t.Errorf("%s: subject %q", kind, m.Subject)
	}
	if strings.Contains(m.HTML, "<img") || strings.Contains(m.HTML, "<script") {
		t.Errorf("%s: markup came through: %s", kind, m.HTML)
	}
	for _, href := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(m.HTML, -1) {
		if html.UnescapeString(href[1]) != link {
			t.Errorf("%s: a foreign link came through: %s", kind, href[1])
		}
	}
	if strings.Count(m.HTML, "<a ") > 1 {
		t.Errorf("%s: more than one link: %s", kind, m.HTML)
	}
	for _, body := range []string{m.Text, m.Subject} {
		if found := anchor.FindString(strings.ReplaceAll(body, link, "")); found != "" {
			t.Errorf("%s: mail programs make a link of %q in %q", kind, found, body)
		}
		if strings.ContainsAny(body, "\r\x00\x1b\u202e\u200b") {
			t.Errorf("%s: control characters came through: %q", kind, body)
		}
	}
	if len(m.Text) > 2000 {
		t.Errorf("%s: %d bytes of text", kind, len(m.Text))
	}
}

func TestRenderRefuses(t *testing.T) {
	tests := map[string]struct {
		to string
		l  Letter
	}{
		"two recipients":   {"a@example.com, b@example.com", VerifyEmail{link}},
		"header":           {"a@example.com\r\nBcc: b@example.com", VerifyEmail{link}},
		"name and address": {"A <a@example.com>", VerifyEmail{link}},
		"nobody":           {"", VerifyEmail{link}},
		"script for link":  {"a@example.com", VerifyEmail{"javascript:alert(1)"}},
		"broken link":      {"a@example.com", VerifyEmail{"https://vault.example.com/\r\nx"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if m, err := Render(English, tt.to, tt.l); err == nil {
				t.Errorf("rendered %+v", m)
			}
		})
	}
}

func TestLangOf(t *testing.T) {
	for culture, want := range map[string]Lang{"de": German, "de-AT": German, "DE-de": German, "en-US": English, "": English, "den": English} {
		if got := LangOf(culture); got != want {
			t.Errorf("LangOf(%q) = %s, want %s", culture, got, want)
		}
	}
}
