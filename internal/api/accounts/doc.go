// Package accounts is the surface on which people register and look after their
// own account: profile, keys, password, devices, equivalent domains; with the
// few empty lists that clients ask for.
//
// Handlers decode, make one call of a service and encode. It does not log
// anybody in (api/identity), and renders the profile by syncview.
package accounts
