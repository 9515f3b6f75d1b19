package apitest_test

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/event"
)

// offerRecovery turns account recovery on for the client, and what it depends on.
func offerRecovery(w *world) {
	for _, kind := range []string{"3", "8"} {
		w.Must(w.T, w.Owner, http.MethodPut, "/api/organizations/"+w.Org+"/policies/"+kind, m{"enabled": true, "data": m{}})
	}
}

func enrolment(p *person) m {
	return m{"resetPasswordKey": apitest.Encapsulated(), "masterPasswordHash": p.Password}
}

// enrolledMember is a fresh user of the client whose account can be recovered.
func enrolledMember(w *world) string {
	offerRecovery(w)
	p, member := confirmed(w)
	w.Must(w.T, p, http.MethodPut, "/api/organizations/"+w.Org+"/users/"+string(p.ID)+"/reset-password-enrollment", enrolment(p))
	return member
}

func recoveryRows() map[string]row {
	password := m{"newMasterPasswordHash": "hash of a temporary password", "key": apitest.WrappedKey()}
	both := m{"newMasterPasswordHash": "hash of a temporary password", "key": apitest.WrappedKey(), "resetMasterPassword": true, "resetTwoFactor": true}
	people := only(user, bare, custom, manager, owner, accepted)
	return map[string]row{
		"GET /api/organizations/{org}/auto-enroll-status": {who: people, try: inOrg("/auto-enroll-status", nil).try},
		"PUT /api/organizations/{org}/users/{user}/reset-password-enrollment": {
			who: people, events: []event.Type{event.MemberEnrolledRecovery}, try: func(w *world, p *person) (string, any) {
				offerRecovery(w)
				return "/api/organizations/" + w.Org + "/users/" + string(p.ID) + "/reset-password-enrollment", enrolment(p)
			},
		},
		"GET /api/organizations/{org}/users/{member}/reset-password-details": aboutMember(enrolledMember, "/reset-password-details", nil),
		"POST /api/organizations/{org}/users/account-recovery-details":       aboutMembers(enrolledMember, "/account-recovery-details"),
		"PUT /api/organizations/{org}/users/{member}/recover-account": aboutMember(enrolledMember, "/recover-account", both,
			event.MemberRecoveredPassword, event.MemberRecoveredTwoStep),
		"PUT /api/organizations/{org}/users/{member}/reset-password": aboutMember(enrolledMember, "/reset-password", password, event.MemberRecoveredPassword),
		"PUT /api/accounts/update-temp-password": {
			self: true, events: []event.Type{event.UserSetPassword}, who: func(w *world) []*person {
				p := newcomer(w)
				apitest.Set(w.T, w.Server, `UPDATE users SET force_password_reset = TRUE WHERE id = $1`, p.ID)
				return []*person{p}
			}, try: func(*world, *person) (string, any) { return "/api/accounts/update-temp-password", password },
		},
	}
}

func accepted(w *world) *person { return w.Accepted }
func invitee(w *world) *person  { return w.Invited }
