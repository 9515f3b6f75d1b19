package item

// The lists below name the texts of each part in a fixed order, so that one loop
// can encrypt or decrypt any part. A test compares them with the struct fields.

type texts[S ~string] interface{ texts() []*S }

func (c *Content[S]) texts() []*S { return []*S{&c.Name, &c.Notes} }

func (l *Login[S]) texts() []*S { return []*S{&l.Username, &l.Password, &l.TOTP} }

func (u *URI[S]) texts() []*S { return []*S{&u.URI, &u.Checksum} }

func (p *Passkey[S]) texts() []*S {
	return []*S{&p.CredentialID, &p.KeyType, &p.KeyAlgorithm, &p.KeyCurve, &p.KeyValue, &p.RPID, &p.RPName,
		&p.UserHandle, &p.UserName, &p.UserDisplayName, &p.Counter, &p.Discoverable}
}

func (c *Card[S]) texts() []*S {
	return []*S{&c.CardholderName, &c.Brand, &c.Number, &c.ExpMonth, &c.ExpYear, &c.Code}
}

func (i *Identity[S]) texts() []*S {
	return []*S{&i.Title, &i.FirstName, &i.MiddleName, &i.LastName, &i.Address1, &i.Address2, &i.Address3, &i.City,
		&i.State, &i.PostalCode, &i.Country, &i.Company, &i.Email, &i.Phone, &i.SSN, &i.Username, &i.PassportNumber,
		&i.LicenseNumber}
}

func (k *SSHKey[S]) texts() []*S { return []*S{&k.PrivateKey, &k.PublicKey, &k.Fingerprint} }

func (b *BankAccount[S]) texts() []*S {
	return []*S{&b.BankName, &b.NameOnAccount, &b.AccountType, &b.AccountNumber, &b.RoutingNumber, &b.BranchNumber,
		&b.PIN, &b.SwiftCode, &b.IBAN, &b.BankContactPhone}
}

func (d *DriversLicense[S]) texts() []*S {
	return []*S{&d.FirstName, &d.MiddleName, &d.LastName, &d.DateOfBirth, &d.LicenseNumber, &d.IssuingCountry,
		&d.IssuingState, &d.IssueDate, &d.ExpirationDate, &d.IssuingAuthority, &d.LicenseClass}
}

func (p *Passport[S]) texts() []*S {
	return []*S{&p.Surname, &p.GivenName, &p.DateOfBirth, &p.Sex, &p.BirthPlace, &p.Nationality, &p.IssuingCountry,
		&p.PassportNumber, &p.PassportType, &p.NationalIdentificationNumber, &p.IssuingAuthority, &p.IssueDate,
		&p.ExpirationDate}
}

func (f *Field[S]) texts() []*S { return []*S{&f.Name, &f.Value} }

func (o *OldPassword[S]) texts() []*S { return []*S{&o.Password} }

func (a *Attachment[S]) texts() []*S { return []*S{&a.FileName} }
