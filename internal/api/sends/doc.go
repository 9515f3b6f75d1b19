// Package sends is the surface of Sends: for their owners, and for recipients, who have no
// account and no right but what they show.
//
// What recipients must show is package send's rule. The token endpoint, where they show
// it, is of package api/identity.
package sends
