package token_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/kastellan/kastellan/internal/token"
)

func keeper(t *testing.T) *token.Keeper {
	t.Helper()
	k, err := token.NewKeeper(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestTokenIsGoodForItsPurposeAndTimeOnly(t *testing.T) {
	k := keeper(t)
	now := time.Unix(1_800_000_000, 0)
	k.Now = func() time.Time { return now }
	signed, err := k.Sign(token.OrgInvitation, time.Hour, map[string]any{"sub": "m"})
	if err != nil {
		t.Fatal(err)
	}
	if c, err := k.Verify(token.OrgInvitation, signed); err != nil || c.Text("sub") != "m" {
		t.Errorf("Verify = %v, %v; want the claim", c, err)
	}
	if _, err := k.Verify(token.Access, signed); !errors.Is(err, token.ErrInvalid) {
		t.Errorf("invitation used as access token: %v, want ErrInvalid", err)
	}
	now = now.Add(time.Hour + time.Minute)
	if _, err := k.Verify(token.OrgInvitation, signed); !errors.Is(err, token.ErrInvalid) {
		t.Errorf("expired: %v, want ErrInvalid", err)
	}
}

func TestUnsignedTokenIsRefused(t *testing.T) {
	none, err := jwt.NewWithClaims(jwt.SigningMethodNone, jwt.MapClaims{"exp": time.Now().Add(time.Hour).Unix()}).SignedString(jwt.UnsafeAllowNoneSignatureType)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := keeper(t).Verify(token.Access, none); !errors.Is(err, token.ErrInvalid) {
		t.Errorf("alg none: %v, want ErrInvalid", err)
	}
}

func TestSealedValueOpensInItsRowOnly(t *testing.T) {
	k := keeper(t)
	sealed := k.Seal("api key", "row-1", []byte("secret"))
	if bytes.Contains(sealed, []byte("secret")) {
		t.Error("the sealed value shows its content")
	}
	if got, err := k.Open("api key", "row-1", sealed); err != nil || string(got) != "secret" {
		t.Errorf("Open = %q, %v", got, err)
	}
	for _, c := range []struct{ purpose, row string }{{"api key", "row-2"}, {"mail", "row-1"}} {
		if _, err := k.Open(c.purpose, c.row, sealed); !errors.Is(err, token.ErrInvalid) {
			t.Errorf("Open as %v: %v, want ErrInvalid", c, err)
		}
	}
	if _, err := k.Open("api key", "row-1", nil); !errors.Is(err, token.ErrInvalid) {
		t.Error("empty value opened")
	}
}

func TestOpaqueTokensDiffer(t *testing.T) {
	a, ha := token.Opaque()
	b, _ := token.Opaque()
	if a == b || ha != token.Hash(a) || ha == a {
		t.Errorf("Opaque gave %q and %q with hash %q", a, b, ha)
	}
}
