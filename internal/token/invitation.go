package token

import "time"

// Invitation is what the token in an invitation's link says: the row that
// invites, and the address that it invites. The row may be gone or taken by the
// time the link is used: whoever reads the token looks there too.
type Invitation struct {
	Row   string // id of the member, the provider user, or the provider to set up
	Email string // normalised; empty when the link is not bound to an address
}

// Invite makes the token for a link.
func (k *Keeper) Invite(p Purpose, ttl time.Duration, in Invitation) (string, error) {
	return k.Sign(p, ttl, map[string]any{"sub": in.Row, "email": in.Email})
}

// Invited reads the token of a link; every failure is ErrInvalid.
func (k *Keeper) Invited(p Purpose, signed string) (Invitation, error) {
	c, err := k.Verify(p, signed)
	if err != nil {
		return Invitation{}, err
	}
	return Invitation{Row: c.Text("sub"), Email: c.Text("email")}, nil
}
