package demo

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base32"
	"encoding/pem"
	"fmt"
	"strings"

	"golang.org/x/crypto/ssh"

	"github.com/kastellan/kastellan/client/generator"
	"github.com/kastellan/kastellan/client/item"
)

// inventors make the kinds that are not log-ins; every second item is one of them.
var inventors = []func(customer, int) (item.View, error){
	secureNote, card, identity, sshKey, bankAccount, driversLicense, passport,
}

var services = []string{"Mail", "Router", "Backup", "Payroll", "Web shop", "Printer", "Camera", "Wi-Fi", "Accounting", "Domain",
	"Telephone", "Time clock", "Newsletter", "File server"}

// invent returns the ith item of a customer. The name is always the same; what is
// secret is new each time.
func invent(c customer, i int) (item.View, error) {
	kind := login
	if i%2 == 1 {
		kind = inventors[i/2%len(inventors)]
	}
	view, err := kind(c, i)
	view.Name = fmt.Sprintf("%s %d", view.Name, i+1)
	return view, err
}

func view(kind item.Type, name string) item.View {
	return item.View{Meta: item.Meta{Type: kind}, Content: item.Content[string]{Name: name}}
}

func login(c customer, i int) (item.View, error) {
	service := services[i/2%len(services)]
	host := strings.ToLower(strings.ReplaceAll(service, " ", "-"))
	password, err := generator.Password(generator.DefaultPassword())
	if err != nil {
		return item.View{}, err
	}
	if i%18 == 0 {
		password = "Welcome2024" // weak and used again, so that there is something to find
	}
	v := view(item.LoginType, service)
	v.Login = &item.Login[string]{
		Username: "office@" + c.domain + ".example.test", Password: password,
		URIs: []item.URI[string]{{URI: c.address(host)}},
	}
	switch i % 8 {
	case 2:
		v.Login.TOTP = oneTimeSecret()
	case 4:
		v.Fields = []item.Field[string]{
			{Type: item.TextField, Name: "Customer number", Value: fmt.Sprintf("EX-%06d", 1000+i)},
			{Type: item.HiddenField, Name: "Telephone PIN", Value: fmt.Sprintf("%04d", 1000+i)},
			{Type: item.BooleanField, Name: "Paid yearly", Value: "true"},
		}
	case 6:
		v.Notes = "Ask the front desk before changing this."
		v.Reprompt = 1
	}
	return v, nil
}

func oneTimeSecret() string {
	raw := make([]byte, 20)
	rand.Read(raw)
	return base32.StdEncoding.EncodeToString(raw)
}

func secureNote(c customer, i int) (item.View, error) {
	v := view(item.SecureNoteType, "Alarm instructions")
	v.SecureNote = new(item.SecureNote)
	v.Notes = "Enter the code within 30 seconds.\nWhen it rings, call " + c.name + " and name item " + fmt.Sprint(i) + "."
	return v, nil
}

func card(c customer, i int) (item.View, error) {
	v := view(item.CardType, "Company card")
	v.Card = &item.Card[string]{
		CardholderName: c.name, Brand: "Visa", Number: "4111111111111111", // the number that shops use for tests
		ExpMonth: fmt.Sprint(i%12 + 1), ExpYear: fmt.Sprint(2028 + i%4), Code: fmt.Sprintf("%03d", i%1000),
	}
	return v, nil
}

func identity(c customer, i int) (item.View, error) {
	p := named(firstNames[i%len(firstNames)], "Nobody")
	v := view(item.IdentityType, "Contact")
	v.Identity = &item.Identity[string]{
		Title: "Mx", FirstName: firstNames[i%len(firstNames)], LastName: "Nobody", Company: c.name, Email: p.email,
		Phone: fmt.Sprintf("+49 30 23125 %03d", i%1000), Address1: fmt.Sprintf("Example Street %d", i+1),
		City: "Exampleton", PostalCode: "00000", Country: "DE",
	}
	return v, nil
}

func sshKey(c customer, _ int) (item.View, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return item.View{}, err
	}
	block, err := ssh.MarshalPrivateKey(private, "deploy@"+c.domain)
	if err != nil {
		return item.View{}, err
	}
	wire, err := ssh.NewPublicKey(public)
	if err != nil {
		return item.View{}, err
	}
	v := view(item.SSHKeyType, "Deploy key")
	v.SSHKey = &item.SSHKey[string]{
		PrivateKey:  string(pem.EncodeToMemory(block)),
		PublicKey:   strings.TrimSpace(string(ssh.MarshalAuthorizedKey(wire))),
		Fingerprint: ssh.FingerprintSHA256(wire),
	}
	return v, nil
}

func bankAccount(c customer, i int) (item.View, error) {
	v := view(item.BankAccountType, "Business account")
	v.BankAccount = &item.BankAccount[string]{
		BankName: "Example Bank", NameOnAccount: c.name, AccountType: "checking",
		AccountNumber: fmt.Sprintf("%010d", i), SwiftCode: "EXAMPLEX", IBAN: fmt.Sprintf("DE00000000000000%06d", i),
	}
	return v, nil
}

func driversLicense(_ customer, i int) (item.View, error) {
	v := view(item.DriversLicenseType, "Driver's licence")
	v.DriversLicense = &item.DriversLicense[string]{
		FirstName: firstNames[i%len(firstNames)], LastName: "Nobody", DateOfBirth: "1990-01-01",
		LicenseNumber: fmt.Sprintf("EX%08d", i), IssuingCountry: "DE", LicenseClass: "B", ExpirationDate: "2033-01-18",
	}
	return v, nil
}

func passport(_ customer, i int) (item.View, error) {
	v := view(item.PassportType, "Passport")
	v.Passport = &item.Passport[string]{
		Surname: "Nobody", GivenName: firstNames[i%len(firstNames)], DateOfBirth: "1990-01-01", Nationality: "DE",
		IssuingCountry: "DE", PassportNumber: fmt.Sprintf("X%08d", i), ExpirationDate: "2031-05-01",
	}
	return v, nil
}
