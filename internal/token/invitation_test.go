package token_test

import (
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/token"
)

func TestInvitationIsGoodForItsPurposeAlone(t *testing.T) {
	k := keeper(t)
	want := token.Invitation{Row: "row-1", Email: "a@example.com"}
	signed, err := k.Invite(token.OrgInvitation, time.Hour, want)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := k.Invited(token.OrgInvitation, signed); err != nil || got != want {
		t.Errorf("Invited = %+v, %v; want %+v", got, err, want)
	}
	if _, err := k.Invited(token.ProviderInvitation, signed); err == nil {
		t.Error("an invitation to an organization passed for one to a provider")
	}
}
