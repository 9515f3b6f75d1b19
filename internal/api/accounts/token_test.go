package accounts_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// shape is a value with the member names that it has, and the kinds of the rest.
func shape(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := m{}
		for name, member := range v {
			out[name] = shape(member)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = shape(v[i])
		}
		return out
	case string:
		return "text"
	case float64:
		return "number"
	}
	return v // true, false and null stand for themselves
}

func TestRegisterThenLogIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)

		grant := passwordGrant(" ALICE@example.com", password, laptop)
		grant["GRANT_TYPE"], grant["DeviceType"] = grant["grant_type"], grant["deviceType"] // old clients vary in case
		delete(grant, "grant_type")
		delete(grant, "deviceType")
		a := s.form(grant)
		if a.Status != http.StatusOK {
			t.Fatalf("log-in: %d %s", a.Status, a.Body)
		}
		kdf := m{"KdfType": "number", "Iterations": "number", "Memory": nil, "Parallelism": nil}
		want := m{
			"access_token": "text", "expires_in": "number", "token_type": "text", "refresh_token": "text", "scope": "text",
			"Key": "text", "PrivateKey": "text",
			"AccountKeys": m{
				"object": "text", "signatureKeyPair": nil, "securityState": nil,
				"publicKeyEncryptionKeyPair": m{"object": "text", "wrappedPrivateKey": "text", "publicKey": "text", "signedPublicKey": nil},
			},
			"Kdf": "number", "KdfIterations": "number", "KdfMemory": nil, "KdfParallelism": nil,
			"ResetMasterPassword": false, "ForcePasswordReset": false, "MasterPasswordPolicy": m{"object": "text"},
			"UserDecryptionOptions": m{
				"Object": "text", "HasMasterPassword": true,
				"MasterPasswordUnlock": m{"Kdf": kdf, "MasterKeyEncryptedUserKey": "text", "Salt": "text"},
			},
		}
		v := a.JSON(t)
		if diff := cmp.Diff(want, shape(v)); diff != "" {
			t.Errorf("token answer (-want +got):\n%s", diff)
		}
		if v["token_type"] != "Bearer" || v["expires_in"] != 3600.0 || v["scope"] != "api offline_access" {
			t.Errorf("OAuth members: %s", a.Body)
		}

		access := v["access_token"].(string)
		profile := s.must("GET", "/api/accounts/profile", access, nil).JSON(t)
		if profile["email"] != alice || profile["name"] != "Alice Example" {
			t.Errorf("profile = %v", profile)
		}
		if got := strings.TrimSpace(string(s.must("GET", "/api/accounts/revision-date", access, nil).Body)); got != "1800000000000" {
			t.Errorf("revision-date = %s, want the time of registration in milliseconds", got)
		}
		claims := claimsOf(t, access)
		if claims["sub"] != profile["id"] || claims["email"] != alice || claims["premium"] != true || claims["client_id"] != "cli" ||
			claims["device"] != laptop || claims["email_verified"] != false || claims["sstamp"] == "" {
			t.Errorf("claims = %v", claims)
		}
	})
}

func claimsOf(t *testing.T, jwt string) m {
	t.Helper()
	part := strings.Split(jwt, ".")
	if len(part) != 3 {
		t.Fatalf("access token has %d parts", len(part))
	}
	b, err := base64.RawURLEncoding.DecodeString(part[1])
	if err != nil {
		t.Fatal(err)
	}
	var claims m
	if err := json.Unmarshal(b, &claims); err != nil {
		t.Fatal(err)
	}
	return claims
}

func TestRefusedLogIns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newServer(t, d)
		s.register(alice, password)
		with := func(changes ...string) map[string]string {
			f := passwordGrant(alice, password, laptop)
			for i := 0; i+1 < len(changes); i += 2 {
				if f[changes[i]] = changes[i+1]; changes[i+1] == "" {
					delete(f, changes[i])
				}
			}
			return f
		}
		wrong := `{"error":"invalid_grant","error_description":"invalid_username_or_password","ErrorModel":{"Message":"Username or password is incorrect. Try again.","Object":"error"}}`
		for _, c := range []struct {
			name string
			form map[string]string
			want string
		}{
			{"wrong password", with("password", "guess"), wrong},
			{"unknown address", with("username", "nobody@example.com"), wrong},
			{"no password", with("password", ""), wrong},
			{"absurdly long password", with("password", strings.Repeat("x", 5000)), wrong},
			{"no device", with("deviceIdentifier", ""), `{"error":"device_error","ErrorModel":{"Message":"no device information provided","Object":"error"}}`},
			{"unknown client", with("client_id", "toaster"), `{"error":"invalid_client","ErrorModel":{"Message":"This client is not known.","Object":"error"}}`},
			{"unknown grant", with("grant_type", "wish"), `{"error":"unsupported_grant_type"}`},
			{"dead refresh token", map[string]string{"grant_type": "refresh_token", "client_id": "cli", "refresh_token": "gone"}, `{"error":"invalid_grant"}`},
			{"bad API key", map[string]string{"grant_type": "client_credentials", "client_id": "user.00000000-0000-4000-8000-000000000000", "client_secret": "x", "scope": "api", "deviceIdentifier": laptop, "deviceType": "25"}, `{"error":"invalid_client"}`},
			{"malformed API client", map[string]string{"grant_type": "client_credentials", "client_id": "user.me", "client_secret": "x"}, `{"error":"invalid_client"}`},
		} {
			a := s.form(c.form)
			if got := strings.TrimSpace(string(a.Body)); a.Status != http.StatusBadRequest || got != c.want {
				t.Errorf("%s: %d %s\nwant 400 %s", c.name, a.Status, got, c.want)
			}
		}
		if a := s.form(with("deviceType", "9999")); a.Status != http.StatusOK {
			t.Errorf("an unknown device type kept somebody out: %d %s", a.Status, a.Body)
		}
	})
}

func TestPreloginTellsNothing(t *testing.T) {
	d := dbtest.SQLite(t)
	s := newServer(t, d)
	s.register(alice, password)
	ask := func(path, email string) m {
		return s.must("POST", path, "", m{"email": email}).JSON(t)
	}
	want := m{"kdf": 0.0, "kdfIterations": 600000.0, "kdfMemory": nil, "kdfParallelism": nil, "salt": alice,
		"kdfSettings": m{"kdfType": 0.0, "iterations": 600000.0, "memory": nil, "parallelism": nil}}
	for _, path := range []string{"/identity/accounts/prelogin/password", "/identity/accounts/prelogin", "/api/accounts/prelogin"} {
		if diff := cmp.Diff(want, ask(path, " Alice@Example.com")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
	kinds := []float64{}
	for _, c := range "abcdefghijklmnopqrstuvwxyzäöü0123456789" {
		email := string(c) + "@example.org"
		first := ask("/identity/accounts/prelogin", email)
		if diff := cmp.Diff(first, ask("/identity/accounts/prelogin/password", strings.ToUpper(email))); diff != "" {
			t.Errorf("two answers for one unknown address:\n%s", diff)
		}
		if first["salt"] != email {
			t.Errorf("salt = %v, want the address", first["salt"])
		}
		kinds = append(kinds, first["kdf"].(float64))
	}
	if !slices.Contains(kinds, 0) || !slices.Contains(kinds, 1) {
		t.Errorf("made-up settings are all alike: %v", kinds)
	}
}
