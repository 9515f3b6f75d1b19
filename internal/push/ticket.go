package push

import "github.com/kastellan/kastellan/internal/id"

// Ticket is what remains of a token once a socket is open.
type Ticket struct {
	User   id.User
	Device id.Device
	// Proof is what the token was accepted for, in the words of whoever issued the
	// ticket and will be asked whether it still holds.
	Proof string
}
