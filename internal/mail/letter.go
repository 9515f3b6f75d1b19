package mail

import "time"

// Letter is one kind of letter with what it says. The fields hold what people
// typed, as they typed it; rendering makes it harmless.
type Letter interface{ kind() string }

// RegistrationLink lets a person prove their address and go on registering.
type RegistrationLink struct{ Link string }

// VerifyEmail asks an existing account to prove its address.
type VerifyEmail struct{ Link string }

// EmailChangeCode goes to the new address of an account.
type EmailChangeCode struct{ Code string }

// ConfirmationCode is asked for before a sensitive act, or at a log-in from a new
// device.
type ConfirmationCode struct{ Code string }

// SendCode opens a Send that is for the reader's address. The sender may be hidden.
type SendCode struct{ Code, Sender, Server string }

// PasswordHint brings the hint; an empty one says that there is none.
type PasswordHint struct{ Hint string }

// NewDevice tells of a log-in from a device that was not seen before.
type NewDevice struct {
	Device  string
	Address string
	Time    time.Time
}

// OrgInvitation invites into an organization.
type OrgInvitation struct {
	Organization string
	Link         string
	Expires      time.Time
}

// OrgConfirmed tells a member that the organization's items are open to them.
type OrgConfirmed struct {
	Organization string
	Link         string
}

// OrgAccepted tells owners and admins that somebody waits to be confirmed.
type OrgAccepted struct {
	Organization string
	Person       string // the address of whoever accepted
	Link         string
}

// OwnerMade tells the owners of an organization that its provider made somebody
// one of them, or invited them as one.
type OwnerMade struct {
	Organization string
	Provider     string
	Person       string // the address, or several
	Time         time.Time
}

// OrgRevoked tells a member that a policy of the organization shut them out.
type OrgRevoked struct {
	Organization string
	Policy       PolicyBroken
}

// PolicyBroken is the policy that OrgRevoked tells about.
type PolicyBroken string

// The policies that revoke.
const (
	TwoStepPolicy   PolicyBroken = "two_step"
	SingleOrgPolicy PolicyBroken = "single_org"
)

// OrgRecoveryOn asks a member to enroll in account recovery.
type OrgRecoveryOn struct{ Organization string }

// AccountRecovered tells that an organization reset the password of an account,
// its two-step login, or both.
type AccountRecovered struct {
	Organization string
	Password     bool
	TwoStep      bool
	Time         time.Time
}

// DomainClaimed tells members that their addresses, and with them their accounts,
// belong to the organization.
type DomainClaimed struct {
	Organization string
	Domain       string
}

// DomainNotClaimed tells the heads of an organization that the record of a domain
// is not there yet, and until when it is looked for.
type DomainNotClaimed struct {
	Organization string
	Domain       string
	Expires      time.Time
	Link         string
}

// DomainLost tells the heads of an organization that the record of a domain that
// it had proved is gone, and until when it can be set again.
type DomainLost struct {
	Organization string
	Domain       string
	Expires      time.Time
	Link         string
}

// OrgDeleted tells the people of an organization that it is gone.
type OrgDeleted struct {
	Organization string
	Time         time.Time
}

// ProviderSetup brings the link with which a provider is set up.
type ProviderSetup struct {
	Link    string
	Expires time.Time
}

// ProviderInvitation invites into a provider's staff.
type ProviderInvitation struct {
	Provider string
	Link     string
	Expires  time.Time
}

// ProviderConfirmed tells a person that they work for the provider now.
type ProviderConfirmed struct {
	Provider string
	Link     string
}

// ProviderRemoved tells a person that they work for the provider no longer, or that
// an invitation was taken back.
type ProviderRemoved struct {
	Provider string
	Time     time.Time
}

// ClientUnlinked tells the owners of an organization that its provider let go of it.
type ClientUnlinked struct {
	Organization string
	Provider     string
	Time         time.Time
}

// DeleteAccount asks for the last confirmation before an account is deleted.
type DeleteAccount struct{ Link string }

// TwoStepFailed tells that somebody had the right password and a wrong code.
type TwoStepFailed struct {
	Address string
	Time    time.Time
}

// AccountChanged tells that something about the security of an account changed.
type AccountChanged struct {
	Change Change
	Time   time.Time
}

// Change is what AccountChanged tells about.
type Change string

// The changes.
const (
	PasswordChanged Change = "password"
	EmailChanged    Change = "email" // goes to the old address
	KDFChanged      Change = "kdf"
	SessionsEnded   Change = "sessions"
	UserKeyChanged  Change = "user_key"
	KeyRotated      Change = "api_key"
	TemporaryEnded  Change = "temporary" // a password of one's own after account recovery

	TwoStepEnabled   Change = "two_step_on" // also changed
	TwoStepDisabled  Change = "two_step_off"
	TwoStepRecovered Change = "two_step_recovered"
)

func (RegistrationLink) kind() string   { return "registration_link" }
func (VerifyEmail) kind() string        { return "verify_email" }
func (EmailChangeCode) kind() string    { return "email_change_code" }
func (ConfirmationCode) kind() string   { return "confirmation_code" }
func (SendCode) kind() string           { return "send_code" }
func (PasswordHint) kind() string       { return "password_hint" }
func (NewDevice) kind() string          { return "new_device" }
func (OrgInvitation) kind() string      { return "org_invitation" }
func (OrgConfirmed) kind() string       { return "org_confirmed" }
func (OrgAccepted) kind() string        { return "org_accepted" }
func (OwnerMade) kind() string          { return "owner_made" }
func (OrgRevoked) kind() string         { return "org_revoked" }
func (OrgRecoveryOn) kind() string      { return "org_recovery_on" }
func (AccountRecovered) kind() string   { return "account_recovered" }
func (DomainClaimed) kind() string      { return "domain_claimed" }
func (DomainNotClaimed) kind() string   { return "domain_not_claimed" }
func (DomainLost) kind() string         { return "domain_lost" }
func (OrgDeleted) kind() string         { return "org_deleted" }
func (ProviderSetup) kind() string      { return "provider_setup" }
func (ProviderInvitation) kind() string { return "provider_invitation" }
func (ProviderConfirmed) kind() string  { return "provider_confirmed" }
func (ProviderRemoved) kind() string    { return "provider_removed" }
func (ClientUnlinked) kind() string     { return "client_unlinked" }
func (DeleteAccount) kind() string      { return "delete_account" }
func (TwoStepFailed) kind() string      { return "two_step_failed" }
func (AccountChanged) kind() string     { return "account_changed" }
