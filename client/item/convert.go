package item

// converter turns texts of one kind into texts of the other and remembers the
// first thing that went wrong; absent texts stay absent.
type converter[A, B ~string] struct {
	change func(A) (B, error)
	err    error
}

func (c *converter[A, B]) fill(to texts[B], from texts[A]) {
	out := to.texts()
	for i, text := range from.texts() {
		if *text == "" || c.err != nil {
			continue
		}
		*out[i], c.err = c.change(*text)
	}
}

func (c *converter[A, B]) content(in *Content[A]) (out Content[B]) {
	c.fill(&out, in)
	out.SecureNote = in.SecureNote
	if in.Login != nil {
		out.Login = c.login(in.Login)
	}
	if in.Card != nil {
		out.Card = new(Card[B])
		c.fill(out.Card, in.Card)
	}
	if in.Identity != nil {
		out.Identity = new(Identity[B])
		c.fill(out.Identity, in.Identity)
	}
	if in.SSHKey != nil {
		out.SSHKey = new(SSHKey[B])
		c.fill(out.SSHKey, in.SSHKey)
	}
	if in.BankAccount != nil {
		out.BankAccount = new(BankAccount[B])
		c.fill(out.BankAccount, in.BankAccount)
	}
	if in.DriversLicense != nil {
		out.DriversLicense = new(DriversLicense[B])
		c.fill(out.DriversLicense, in.DriversLicense)
	}
	if in.Passport != nil {
		out.Passport = new(Passport[B])
		c.fill(out.Passport, in.Passport)
	}
	c.lists(&out, in)
	return out
}

func (c *converter[A, B]) lists(out *Content[B], in *Content[A]) {
	for i := range in.Fields {
		field := Field[B]{Type: in.Fields[i].Type, LinkedID: in.Fields[i].LinkedID}
		c.fill(&field, &in.Fields[i])
		out.Fields = append(out.Fields, field)
	}
	for i := range in.PasswordHistory {
		old := OldPassword[B]{LastUsedDate: in.PasswordHistory[i].LastUsedDate}
		c.fill(&old, &in.PasswordHistory[i])
		out.PasswordHistory = append(out.PasswordHistory, old)
	}
}

func (c *converter[A, B]) login(in *Login[A]) *Login[B] {
	out := &Login[B]{PasswordRevisionDate: in.PasswordRevisionDate, AutofillOnPageLoad: in.AutofillOnPageLoad}
	c.fill(out, in)
	for i := range in.URIs {
		uri := URI[B]{Match: in.URIs[i].Match}
		c.fill(&uri, &in.URIs[i])
		out.URIs = append(out.URIs, uri)
	}
	for i := range in.Passkeys {
		passkey := Passkey[B]{CreationDate: in.Passkeys[i].CreationDate}
		c.fill(&passkey, &in.Passkeys[i])
		out.Passkeys = append(out.Passkeys, passkey)
	}
	return out
}
