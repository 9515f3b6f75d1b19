package content

// Type is the kind of an item, by its number on the wire.
type Type int

// The kinds.
const (
	LoginType          Type = 1
	SecureNoteType     Type = 2
	CardType           Type = 3
	IdentityType       Type = 4
	SSHKeyType         Type = 5
	BankAccountType    Type = 6
	DriversLicenseType Type = 7
	PassportType       Type = 8
)

// Content is what clients encrypted of an item, and the plain settings between
// it. The tag enc bounds a ciphertext, max a number, and date marks a moment; a
// text without any of them does not pass the check.
type Content struct {
	Name  *string `json:"name" enc:"1000"`
	Notes *string `json:"notes" enc:"10000"`
	Key   *string `json:"key" enc:"1000"`
	// Data is the whole item in one ciphertext, in place of all members below.
	Data     *string `json:"data" enc:"500000"`
	Reprompt int     `json:"reprompt" max:"1"`

	Login          *Login          `json:"login,omitempty"`
	SecureNote     *SecureNote     `json:"secureNote,omitempty"`
	Card           *Card           `json:"card,omitempty"`
	Identity       *Identity       `json:"identity,omitempty"`
	SSHKey         *SSHKey         `json:"sshKey,omitempty"`
	BankAccount    *BankAccount    `json:"bankAccount,omitempty"`
	DriversLicense *DriversLicense `json:"driversLicense,omitempty"`
	Passport       *Passport       `json:"passport,omitempty"`

	Fields          []Field       `json:"fields"`
	PasswordHistory []OldPassword `json:"passwordHistory"`
}

// Login is the content of a log-in.
type Login struct {
	URI                  *string   `json:"uri" enc:"10000"` // one address, from clients older than lists of them
	URIs                 []URI     `json:"uris"`
	Username             *string   `json:"username" enc:"1000"`
	Password             *string   `json:"password" enc:"5000"`
	PasswordRevisionDate *string   `json:"passwordRevisionDate" date:"optional"`
	TOTP                 *string   `json:"totp" enc:"1000"`
	AutofillOnPageLoad   *bool     `json:"autofillOnPageLoad"`
	Passkeys             []Passkey `json:"fido2Credentials"`
}

// URI is one address of a log-in and how it is matched.
type URI struct {
	URI      *string `json:"uri" enc:"10000"`
	Checksum *string `json:"uriChecksum" enc:"10000"`
	Match    *int    `json:"match" max:"5"`
}

// Passkey is a FIDO2 credential.
type Passkey struct {
	CredentialID    *string `json:"credentialId" enc:"1000"`
	KeyType         *string `json:"keyType" enc:"1000"`
	KeyAlgorithm    *string `json:"keyAlgorithm" enc:"1000"`
	KeyCurve        *string `json:"keyCurve" enc:"1000"`
	KeyValue        *string `json:"keyValue" enc:"1000"`
	RPID            *string `json:"rpId" enc:"1000"`
	RPName          *string `json:"rpName" enc:"1000"`
	UserHandle      *string `json:"userHandle" enc:"1000"`
	UserName        *string `json:"userName" enc:"1000"`
	UserDisplayName *string `json:"userDisplayName" enc:"1000"`
	Counter         *string `json:"counter" enc:"1000"`
	Discoverable    *string `json:"discoverable" enc:"1000"`
	CreationDate    *string `json:"creationDate" date:"required"`
}

// SecureNote has no content of its own: the text is in the notes.
type SecureNote struct {
	Type int `json:"type" max:"0"`
}

// Card is a payment card.
type Card struct {
	CardholderName *string `json:"cardholderName" enc:"1000"`
	Brand          *string `json:"brand" enc:"1000"`
	Number         *string `json:"number" enc:"1000"`
	ExpMonth       *string `json:"expMonth" enc:"1000"`
	ExpYear        *string `json:"expYear" enc:"1000"`
	Code           *string `json:"code" enc:"1000"`
}

// Identity is a person's data for forms.
type Identity struct {
	Title          *string `json:"title" enc:"1000"`
	FirstName      *string `json:"firstName" enc:"1000"`
	MiddleName     *string `json:"middleName" enc:"1000"`
	LastName       *string `json:"lastName" enc:"1000"`
	Address1       *string `json:"address1" enc:"1000"`
	Address2       *string `json:"address2" enc:"1000"`
	Address3       *string `json:"address3" enc:"1000"`
	City           *string `json:"city" enc:"1000"`
	State          *string `json:"state" enc:"1000"`
	PostalCode     *string `json:"postalCode" enc:"1000"`
	Country        *string `json:"country" enc:"1000"`
	Company        *string `json:"company" enc:"1000"`
	Email          *string `json:"email" enc:"1000"`
	Phone          *string `json:"phone" enc:"1000"`
	SSN            *string `json:"ssn" enc:"1000"`
	Username       *string `json:"username" enc:"1000"`
	PassportNumber *string `json:"passportNumber" enc:"1000"`
	LicenseNumber  *string `json:"licenseNumber" enc:"1000"`
}

// SSHKey is a key pair.
type SSHKey struct {
	PrivateKey  *string `json:"privateKey" enc:"5000,required"`
	PublicKey   *string `json:"publicKey" enc:"5000,required"`
	Fingerprint *string `json:"keyFingerprint" enc:"1000,required"`
}

// BankAccount is an account at a bank.
type BankAccount struct {
	BankName         *string `json:"bankName" enc:"1000"`
	NameOnAccount    *string `json:"nameOnAccount" enc:"1000"`
	AccountType      *string `json:"accountType" enc:"1000"`
	AccountNumber    *string `json:"accountNumber" enc:"1000"`
	RoutingNumber    *string `json:"routingNumber" enc:"1000"`
	BranchNumber     *string `json:"branchNumber" enc:"1000"`
	PIN              *string `json:"pin" enc:"1000"`
	SwiftCode        *string `json:"swiftCode" enc:"1000"`
	IBAN             *string `json:"iban" enc:"1000"`
	BankContactPhone *string `json:"bankContactPhone" enc:"1000"`
}

// DriversLicense is a driver's licence.
type DriversLicense struct {
	FirstName        *string `json:"firstName" enc:"1000"`
	MiddleName       *string `json:"middleName" enc:"1000"`
	LastName         *string `json:"lastName" enc:"1000"`
	DateOfBirth      *string `json:"dateOfBirth" enc:"1000"`
	LicenseNumber    *string `json:"licenseNumber" enc:"1000"`
	IssuingCountry   *string `json:"issuingCountry" enc:"1000"`
	IssuingState     *string `json:"issuingState" enc:"1000"`
	IssueDate        *string `json:"issueDate" enc:"1000"`
	ExpirationDate   *string `json:"expirationDate" enc:"1000"`
	IssuingAuthority *string `json:"issuingAuthority" enc:"1000"`
	LicenseClass     *string `json:"licenseClass" enc:"1000"`
}

// Passport is a passport.
type Passport struct {
	Surname                      *string `json:"surname" enc:"1000"`
	GivenName                    *string `json:"givenName" enc:"1000"`
	DateOfBirth                  *string `json:"dateOfBirth" enc:"1000"`
	Sex                          *string `json:"sex" enc:"1000"`
	BirthPlace                   *string `json:"birthPlace" enc:"1000"`
	Nationality                  *string `json:"nationality" enc:"1000"`
	IssuingCountry               *string `json:"issuingCountry" enc:"1000"`
	PassportNumber               *string `json:"passportNumber" enc:"1000"`
	PassportType                 *string `json:"passportType" enc:"1000"`
	NationalIdentificationNumber *string `json:"nationalIdentificationNumber" enc:"1000"`
	IssuingAuthority             *string `json:"issuingAuthority" enc:"1000"`
	IssueDate                    *string `json:"issueDate" enc:"1000"`
	ExpirationDate               *string `json:"expirationDate" enc:"1000"`
}

// Field is a custom field; a linked one names another member by its number.
type Field struct {
	Type     int     `json:"type" max:"3"`
	Name     *string `json:"name" enc:"1000"`
	Value    *string `json:"value" enc:"5000"`
	LinkedID *int    `json:"linkedId" max:"100000"`
}

// OldPassword is an entry of the password history.
type OldPassword struct {
	Password     *string `json:"password" enc:"5000,required"`
	LastUsedDate *string `json:"lastUsedDate" date:"required"`
}
