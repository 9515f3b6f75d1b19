package item

import "time"

// Content is everything of an item that is encrypted, and the plain settings
// between it. S is [seal.EncString] or string. An empty text is an absent one.
type Content[S ~string] struct {
	Name  S `json:"name"`
	Notes S `json:"notes,omitempty"`

	Login          *Login[S]          `json:"login,omitempty"`
	SecureNote     *SecureNote        `json:"secureNote,omitempty"`
	Card           *Card[S]           `json:"card,omitempty"`
	Identity       *Identity[S]       `json:"identity,omitempty"`
	SSHKey         *SSHKey[S]         `json:"sshKey,omitempty"`
	BankAccount    *BankAccount[S]    `json:"bankAccount,omitempty"`
	DriversLicense *DriversLicense[S] `json:"driversLicense,omitempty"`
	Passport       *Passport[S]       `json:"passport,omitempty"`

	Fields          []Field[S]       `json:"fields,omitempty"`
	PasswordHistory []OldPassword[S] `json:"passwordHistory,omitempty"`
}

// Login is the content of a log-in.
type Login[S ~string] struct {
	URIs                 []URI[S]     `json:"uris,omitempty"`
	Username             S            `json:"username,omitempty"`
	Password             S            `json:"password,omitempty"`
	PasswordRevisionDate *time.Time   `json:"passwordRevisionDate,omitempty"`
	TOTP                 S            `json:"totp,omitempty"`
	AutofillOnPageLoad   *bool        `json:"autofillOnPageLoad,omitempty"`
	Passkeys             []Passkey[S] `json:"fido2Credentials,omitempty"`
}

// URI is one address of a log-in. The checksum ties it to the item's key.
type URI[S ~string] struct {
	URI      S    `json:"uri,omitempty"`
	Checksum S    `json:"uriChecksum,omitempty"`
	Match    *int `json:"match"`
}

// Passkey is a FIDO2 credential; numbers and booleans are texts, too.
type Passkey[S ~string] struct {
	CredentialID    S         `json:"credentialId"`
	KeyType         S         `json:"keyType"`
	KeyAlgorithm    S         `json:"keyAlgorithm"`
	KeyCurve        S         `json:"keyCurve"`
	KeyValue        S         `json:"keyValue"`
	RPID            S         `json:"rpId"`
	RPName          S         `json:"rpName,omitempty"`
	UserHandle      S         `json:"userHandle,omitempty"`
	UserName        S         `json:"userName,omitempty"`
	UserDisplayName S         `json:"userDisplayName,omitempty"`
	Counter         S         `json:"counter"`
	Discoverable    S         `json:"discoverable"`
	CreationDate    time.Time `json:"creationDate"`
}

// SecureNote has no content of its own; the text is in the notes.
type SecureNote struct {
	Type int `json:"type"`
}

// Card is a payment card.
type Card[S ~string] struct {
	CardholderName S `json:"cardholderName,omitempty"`
	Brand          S `json:"brand,omitempty"`
	Number         S `json:"number,omitempty"`
	ExpMonth       S `json:"expMonth,omitempty"`
	ExpYear        S `json:"expYear,omitempty"`
	Code           S `json:"code,omitempty"`
}

// Identity is a person's data for forms.
type Identity[S ~string] struct {
	Title          S `json:"title,omitempty"`
	FirstName      S `json:"firstName,omitempty"`
	MiddleName     S `json:"middleName,omitempty"`
	LastName       S `json:"lastName,omitempty"`
	Address1       S `json:"address1,omitempty"`
	Address2       S `json:"address2,omitempty"`
	Address3       S `json:"address3,omitempty"`
	City           S `json:"city,omitempty"`
	State          S `json:"state,omitempty"`
	PostalCode     S `json:"postalCode,omitempty"`
	Country        S `json:"country,omitempty"`
	Company        S `json:"company,omitempty"`
	Email          S `json:"email,omitempty"`
	Phone          S `json:"phone,omitempty"`
	SSN            S `json:"ssn,omitempty"`
	Username       S `json:"username,omitempty"`
	PassportNumber S `json:"passportNumber,omitempty"`
	LicenseNumber  S `json:"licenseNumber,omitempty"`
}

// SSHKey is a key pair in the form of OpenSSH.
type SSHKey[S ~string] struct {
	PrivateKey  S `json:"privateKey"`
	PublicKey   S `json:"publicKey"`
	Fingerprint S `json:"keyFingerprint"`
}

// BankAccount is an account at a bank.
type BankAccount[S ~string] struct {
	BankName         S `json:"bankName,omitempty"`
	NameOnAccount    S `json:"nameOnAccount,omitempty"`
	AccountType      S `json:"accountType,omitempty"`
	AccountNumber    S `json:"accountNumber,omitempty"`
	RoutingNumber    S `json:"routingNumber,omitempty"`
	BranchNumber     S `json:"branchNumber,omitempty"`
	PIN              S `json:"pin,omitempty"`
	SwiftCode        S `json:"swiftCode,omitempty"`
	IBAN             S `json:"iban,omitempty"`
	BankContactPhone S `json:"bankContactPhone,omitempty"`
}

// DriversLicense is a driver's licence; dates are YYYY-MM-DD.
type DriversLicense[S ~string] struct {
	FirstName        S `json:"firstName,omitempty"`
	MiddleName       S `json:"middleName,omitempty"`
	LastName         S `json:"lastName,omitempty"`
	DateOfBirth      S `json:"dateOfBirth,omitempty"`
	LicenseNumber    S `json:"licenseNumber,omitempty"`
	IssuingCountry   S `json:"issuingCountry,omitempty"`
	IssuingState     S `json:"issuingState,omitempty"`
	IssueDate        S `json:"issueDate,omitempty"`
	ExpirationDate   S `json:"expirationDate,omitempty"`
	IssuingAuthority S `json:"issuingAuthority,omitempty"`
	LicenseClass     S `json:"licenseClass,omitempty"`
}

// Passport is a passport; dates are YYYY-MM-DD.
type Passport[S ~string] struct {
	Surname                      S `json:"surname,omitempty"`
	GivenName                    S `json:"givenName,omitempty"`
	DateOfBirth                  S `json:"dateOfBirth,omitempty"`
	Sex                          S `json:"sex,omitempty"`
	BirthPlace                   S `json:"birthPlace,omitempty"`
	Nationality                  S `json:"nationality,omitempty"`
	IssuingCountry               S `json:"issuingCountry,omitempty"`
	PassportNumber               S `json:"passportNumber,omitempty"`
	PassportType                 S `json:"passportType,omitempty"`
	NationalIdentificationNumber S `json:"nationalIdentificationNumber,omitempty"`
	IssuingAuthority             S `json:"issuingAuthority,omitempty"`
	IssueDate                    S `json:"issueDate,omitempty"`
	ExpirationDate               S `json:"expirationDate,omitempty"`
}

// FieldType is the kind of a custom field.
type FieldType int

// The kinds; the numbers are those of the wire.
const (
	TextField    FieldType = 0
	HiddenField  FieldType = 1
	BooleanField FieldType = 2
	LinkedField  FieldType = 3
)

// Field is a custom field. A linked one has no value, only the id of another.
type Field[S ~string] struct {
	Type     FieldType `json:"type"`
	Name     S         `json:"name,omitempty"`
	Value    S         `json:"value,omitempty"`
	LinkedID *int      `json:"linkedId"`
}

// OldPassword is an entry of the password history, newest first.
type OldPassword[S ~string] struct {
	Password     S         `json:"password"`
	LastUsedDate time.Time `json:"lastUsedDate"`
}
