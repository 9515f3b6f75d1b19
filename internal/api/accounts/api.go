package accounts

import (
	"net/http"
	"slices"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/authrequest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/login"
	"github.com/kastellan/kastellan/internal/offboard"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/rotate"
	"github.com/kastellan/kastellan/internal/syncview"
	"github.com/kastellan/kastellan/internal/wire"
)

// API answers the calls of this surface.
type API struct {
	Accounts *account.Service
	Login    *login.Service
	Offboard *offboard.Service
	Rotate   *rotate.Service
	Views    *syncview.Service
	Policies *policy.Service
	Requests *authrequest.Service
	// Origin is where people open this server, as log-in requests say it.
	Origin string
}

// Routes are the endpoints.
func (a *API) Routes() []wire.Route {
	return slices.Concat(a.registrationRoutes(), a.profileRoutes(), a.secretRoutes(), a.twoFactorRoutes(), a.deviceRoutes(), a.authRequestRoutes(), a.otherRoutes())
}

func (a *API) registrationRoutes() []wire.Route {
	return []wire.Route{
		{Method: "POST", Path: "/identity/accounts/prelogin/password", Who: wire.Anyone, Handle: a.prelogin,
			Also: []string{"POST /identity/accounts/prelogin", "POST /api/accounts/prelogin"}},
		{Method: "POST", Path: "/identity/accounts/register/send-verification-email", Who: wire.Anyone, Handle: a.beginRegistration},
		{Method: "POST", Path: "/identity/accounts/register/verification-email-clicked", Who: wire.Anyone, Handle: a.verificationClicked},
		{Method: "POST", Path: "/identity/accounts/register/finish", Who: wire.Anyone, Handle: a.finishRegistration},
	}
}

func (a *API) profileRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: "/api/accounts/profile", Who: wire.Account, Handle: a.profile},
		{Method: "PUT", Path: "/api/accounts/profile", Who: wire.Account, Handle: a.updateProfile, Also: []string{"POST /api/accounts/profile"}},
		{Method: "PUT", Path: "/api/accounts/avatar", Who: wire.Account, Handle: a.setAvatar, Also: []string{"POST /api/accounts/avatar"}},
		{Method: "GET", Path: "/api/accounts/organizations", Who: wire.Account, Handle: a.organizations},
		{Method: "GET", Path: "/api/accounts/revision-date", Who: wire.Account, Handle: a.revisionDate},
		{Method: "GET", Path: "/api/accounts/keys", Who: wire.Account, Handle: a.keys},
		{Method: "POST", Path: "/api/accounts/keys", Who: wire.Account, Handle: a.setKeys},
		{Method: "POST", Path: "/api/accounts/key-management/user-key-id", Who: wire.Account, Handle: a.setUserKeyID},
		{Method: "POST", Path: "/api/accounts/key-management/regenerate-keys", Who: wire.Account, Handle: a.regenerateKeys},
		{Method: "GET", Path: "/api/accounts/key-management/key-rotation-data", Who: wire.Account, Handle: a.rotationData},
		{Method: "POST", Path: "/api/accounts/key-management/rotate-user-account-keys", Who: wire.Account, Handle: a.rotateUserKey},
		{Method: "GET", Path: "/api/users/{id}/public-key", Who: wire.Account, Handle: a.publicKey},
		{Method: "GET", Path: "/api/users/{id}/keys", Who: wire.Account, Handle: a.publicKeys},
	}
}

func (a *API) secretRoutes() []wire.Route {
	return []wire.Route{
		{Method: "POST", Path: "/api/accounts/verify-password", Who: wire.Account, Handle: a.verifyPassword},
		{Method: "POST", Path: "/api/accounts/password", Who: wire.Account, Handle: a.changePassword},
		{Method: "PUT", Path: "/api/accounts/update-temp-password", Who: wire.Account, Handle: a.replaceTemporary,
			Also: []string{"POST /api/accounts/update-temp-password"}},
		{Method: "POST", Path: "/api/accounts/kdf", Who: wire.Account, Handle: a.changeKDF},
		{Method: "POST", Path: "/api/accounts/email-token", Who: wire.Account, Handle: a.requestEmailChange},
		{Method: "POST", Path: "/api/accounts/email", Who: wire.Account, Handle: a.changeEmail},
		{Method: "POST", Path: "/api/accounts/security-stamp", Who: wire.Account, Handle: a.logOutEverywhere},
		{Method: "POST", Path: "/api/accounts/api-key", Who: wire.Account, Handle: a.apiKey},
		{Method: "POST", Path: "/api/accounts/rotate-api-key", Who: wire.Account, Handle: a.rotateAPIKey},
		{Method: "POST", Path: "/api/accounts/request-otp", Who: wire.Account, Handle: a.requestOTP},
		{Method: "POST", Path: "/api/accounts/verify-otp", Who: wire.Account, Handle: a.verifyOTP},
		{Method: "PUT", Path: "/api/accounts/verify-devices", Who: wire.Account, Handle: a.setVerifyDevices, Also: []string{"POST /api/accounts/verify-devices"}},
		{Method: "POST", Path: "/api/accounts/resend-new-device-otp", Who: wire.Anyone, Handle: a.resendDeviceCode},
		{Method: "POST", Path: "/api/accounts/password-hint", Who: wire.Anyone, Handle: a.mailHint},
		{Method: "POST", Path: "/api/accounts/verify-email", Who: wire.Account, Handle: a.mailVerification},
		{Method: "POST", Path: "/api/accounts/verify-email-token", Who: wire.Anyone, Handle: a.verifyEmail},
		{Method: "DELETE", Path: "/api/accounts", Who: wire.Account, Handle: a.deleteAccount, Also: []string{"POST /api/accounts/delete"}},
		{Method: "POST", Path: "/api/accounts/delete-recover", Who: wire.Anyone, Handle: a.mailDeletion},
		{Method: "POST", Path: "/api/accounts/delete-recover-token", Who: wire.Anyone, Handle: a.deleteByLink},
	}
}

func (a *API) deviceRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: "/api/devices/knowndevice", Who: wire.Anyone, Handle: a.knownDevice},
		{Method: "GET", Path: "/api/devices", Who: wire.Account, Handle: a.devices},
		{Method: "POST", Path: "/api/devices", Who: wire.Account, Handle: a.addDevice},
		{Method: "GET", Path: "/api/devices/{id}", Who: wire.Owner, Handle: a.device},
		{Method: "PUT", Path: "/api/devices/{id}", Who: wire.Owner, Handle: a.updateDevice, Also: []string{"POST /api/devices/{id}"}},
		{Method: "DELETE", Path: "/api/devices/{id}", Who: wire.Owner, Handle: a.removeDevice,
			Also: []string{"POST /api/devices/{id}/deactivate", "POST /api/devices/{id}/delete"}},
		{Method: "GET", Path: "/api/devices/identifier/{identifier}", Who: wire.Owner, Handle: a.deviceByIdentifier},
		{Method: "PUT", Path: "/api/devices/identifier/{identifier}/token", Who: wire.Owner, Handle: a.setPushToken,
			Also: []string{"POST /api/devices/identifier/{identifier}/token"}},
		{Method: "PUT", Path: "/api/devices/identifier/{identifier}/clear-token", Who: wire.Anyone, Handle: a.clearPushToken,
			Also: []string{"POST /api/devices/identifier/{identifier}/clear-token"}},
	}
}

func (a *API) otherRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: "/api/settings/domains", Who: wire.Account, Handle: a.domains},
		{Method: "PUT", Path: "/api/settings/domains", Who: wire.Account, Handle: a.setDomains, Also: []string{"POST /api/settings/domains"}},
		{Method: "GET", Path: "/api/tasks", Who: wire.Account, Handle: nothing},
		{Method: "GET", Path: "/api/notifications", Who: wire.Account, Handle: nothing},
	}
}

// nothing answers the lists that clients ask for and this server has nothing on.
func nothing(w http.ResponseWriter, _ *http.Request) error {
	return wire.JSON(w, wire.ListOf[struct{}](nil))
}

// actor is the account that calls.
func actor(r *http.Request) (id.User, error) {
	who, ok := reqctx.ActorOf(r.Context())
	if !ok {
		return "", fault.New(fault.Unauthenticated, "Please log in.")
	}
	return who.User, nil
}

// asked reads the two things that nearly every call begins with.
func asked[T any](w http.ResponseWriter, r *http.Request) (user id.User, in T, err error) {
	if user, err = actor(r); err != nil {
		return user, in, err
	}
	in, err = wire.Decode[T](w, r, wire.SmallBody)
	return user, in, err
}
