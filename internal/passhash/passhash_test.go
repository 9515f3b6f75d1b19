package passhash_test

import (
	"context"
	"testing"

	"github.com/kastellan/kastellan/internal/passhash"
)

func TestCheck(t *testing.T) {
	h, err := passhash.Hash(t.Context(), "right")
	if err != nil {
		t.Fatal(err)
	}
	again, err := passhash.Hash(t.Context(), "right")
	if err != nil || again == h {
		t.Errorf("two hashes of one secret are equal (%v)", err)
	}
	for _, c := range []struct {
		name, hash, secret string
		want               bool
	}{
		{"right secret", h, "right", true},
		{"wrong secret", h, "wrong", false},
		{"empty secret", h, "", false},
		{"unknown account", "", "right", false},
		{"unknown account, empty secret", "", "", false},
	} {
		if got, err := passhash.Check(t.Context(), c.hash, c.secret); err != nil || got != c.want {
			t.Errorf("%s: %v, %v; want %v", c.name, got, err, c.want)
		}
	}
}

func TestUnreadableHashIsAnError(t *testing.T) {
	for _, h := range []string{"plain", "$argon2id$v=19$m=x$a$b", "$argon2id$v=19$m=1,t=1,p=1$!$b"} {
		if ok, err := passhash.Check(t.Context(), h, "s"); err == nil || ok {
			t.Errorf("Check(%q) = %v, %v; want an error", h, ok, err)
		}
	}
}

func TestCancelledCallerDoesNotHash(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 50 { // a free slot may win the race now and then, never always
		if _, err := passhash.Hash(ctx, "s"); err != nil {
			return
		}
	}
	t.Error("a cancelled caller was served fifty times")
}
