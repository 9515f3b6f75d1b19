package client

import (
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client/internal/exchange"
)

func TestNewNeedsTLS(t *testing.T) {
	tests := []struct {
		url string
		ok  bool
	}{
		{"https://vault.example.test", true},
		{"https://vault.example.test/", true},
		{"http://localhost:8080", true},
		{"http://127.0.0.1:8080", true},
		{"http://[::1]:8080", true},
		{"http://vault.example.test", false},
		{"http://127.0.0.1.example.test", false},
		{"http://localhost.example.test", false},
		{"ftp://localhost", false},
		{"vault.example.test", false},
		{"", false},
	}
	for _, test := range tests {
		if _, err := New(test.url, nil); (err == nil) != test.ok {
			t.Errorf("%q: got %v, want ok %v", test.url, err, test.ok)
		}
	}
}

func TestErrors(t *testing.T) {
	tests := []struct {
		name   string
		status int
		body   string
		want   *Error
		text   string
	}{
		{"api", 404, `{"object":"error","message":"Resource not found.","validationErrors":null}`,
			&Error{Status: 404, Message: "Resource not found."}, "Resource not found. (404)"},
		{"validation", 400, `{"message":"The model state is invalid.","validationErrors":{"Name":["The Name is required."]}}`,
			&Error{Status: 400, Message: "The model state is invalid.", Fields: map[string][]string{"Name": {"The Name is required."}}},
			"The Name is required. (400)"},
		{"token", 400, `{"error":"invalid_grant","error_description":"invalid_username_or_password","ErrorModel":{"Message":"Username or password is incorrect. Try again.","Object":"error"}}`,
			&Error{Status: 400, Message: "Username or password is incorrect. Try again.", Code: "invalid_grant"},
			"Username or password is incorrect. Try again. (400)"},
		{"bare code", 400, `{"error":"invalid_client"}`, &Error{Status: 400, Message: "invalid_client", Code: "invalid_client"}, "invalid_client (400)"},
		{"second step", 400, `{"error":"invalid_grant","error_description":"Two factor required.","TwoFactorProviders2":{"7":{},"0":null}}`,
			&Error{Status: 400, Message: "Two factor required.", Code: "invalid_grant", TwoFactor: []TwoFactor{Authenticator, WebAuthn}},
			"Two factor required. (400)"},
		{"empty", 401, ``, &Error{Status: 401, Message: "Unauthorized"}, "Unauthorized (401)"},
		{"page of a proxy", 502, `<html>`, &Error{Status: 502, Message: "Bad Gateway"}, "Bad Gateway (502)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := exchange.Refusal(test.status, []byte(test.body))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if got.Error() != test.text {
				t.Errorf("text: got %q, want %q", got.Error(), test.text)
			}
		})
	}
	if !(&Error{Code: "device_error"}).NewDevice() || (&Error{Code: "invalid_grant"}).NewDevice() {
		t.Error("NewDevice does not tell the two apart")
	}
}

// Other codes of success mean that something in between answered.
func TestOnly200And201And204AreSuccess(t *testing.T) {
	for _, status := range []int{202, 206, 304, 400, 404, 500} {
		f := newFake(t)
		f.fail("GET /api/config", status, nil)
		var refusal *Error
		if _, err := f.client().Config(t.Context()); !errors.As(err, &refusal) || refusal.Status != status {
			t.Errorf("%d: got %v", status, err)
		}
	}
	if !IsNotFound(&Error{Status: http.StatusNotFound}) || IsNotFound(&Error{Status: 400}) {
		t.Error("IsNotFound does not tell the two apart")
	}
}

func TestParseLink(t *testing.T) {
	const base = "https://vault.example.test/#"
	tests := []struct {
		name, in string
		want     Link
		err      error
	}{
		{"organization", base + "/accept-organization?organizationId=o&organizationUserId=m&email=a%2Bb%40example.test&organizationName=Example%20Bakery&token=t%2B1&initOrganization=false&orgUserHasExistingUser=",
			Link{Kind: OrganizationLink, OrganizationID: "o", MemberID: "m", Email: "a+b@example.test", OrganizationName: "Example Bakery", Token: "t+1"}, nil},
		{"provider", base + "/providers/accept-provider?providerId=p&providerUserId=u&providerName=N&email=e&token=t",
			Link{Kind: ProviderLink, ProviderID: "p", ProviderUserID: "u", ProviderName: "N", Email: "e", Token: "t"}, nil},
		{"set-up", base + "/providers/setup-provider?providerId=p&token=t", Link{Kind: SetupLink, ProviderID: "p", Token: "t"}, nil},
		{"registration", " " + base + "/finish-signup?token=t&email=e\n", Link{Kind: RegistrationLink, Email: "e", Token: "t"}, nil},
		{"another page", base + "/vault?token=t", Link{}, ErrLink},
		{"no token", base + "/finish-signup?email=e", Link{}, ErrLink},
		{"no fragment", "https://vault.example.test/finish-signup?token=t", Link{}, ErrLink},
		{"bad escape", base + "/finish-signup?token=%zz", Link{}, ErrLink},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := ParseLink(test.in)
			if !errors.Is(err, test.err) || got != test.want {
				t.Errorf("got another link or %v, want %v", err, test.err)
			}
		})
	}
}

func FuzzParseLink(f *testing.F) {
	f.Add("https://x.test/#/finish-signup?token=t&email=e")
	f.Fuzz(func(t *testing.T, s string) {
		if link, err := ParseLink(s); err == nil && (link.Kind == NoLink || link.Token == "") {
			t.Errorf("%q gave a link of no kind or without token", s)
		}
	})
}
