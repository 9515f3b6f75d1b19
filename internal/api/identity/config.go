package identity

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/wire"
)

// officialVersion is the version of the client API that this server speaks.
// Official clients compare it, so it is not Kastellan's own.
const officialVersion = "2026.8.0"

// Config is what the server tells clients about itself.
type Config struct {
	PublicURL    string
	Registration string // open, invitation, domains or closed
	Mail         bool   // whether mail can be sent
	Version      string // of Kastellan
}

type configJSON struct {
	Object        string            `json:"object"`
	Version       string            `json:"version"`
	GitHash       string            `json:"gitHash"`
	Server        serverJSON        `json:"server"`
	Environment   environmentJSON   `json:"environment"`
	FeatureStates map[string]bool   `json:"featureStates"`
	Push          pushJSON          `json:"push"`
	Settings      settingsJSON      `json:"settings"`
	Communication *struct{}         `json:"communication"`
	Kastellan     kastellanSettings `json:"kastellan"`
}

type serverJSON struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type environmentJSON struct {
	CloudRegion     *string `json:"cloudRegion"`
	Vault           string  `json:"vault"`
	API             string  `json:"api"`
	Identity        string  `json:"identity"`
	Notifications   string  `json:"notifications"`
	SSO             string  `json:"sso"`
	FillAssistRules *string `json:"fillAssistRules"`
}

type pushJSON struct {
	PushTechnology int     `json:"pushTechnology"`
	VapidPublicKey *string `json:"vapidPublicKey"`
}

type settingsJSON struct {
	DisableUserRegistration        bool `json:"disableUserRegistration"`
	SuppressOnboardingInterstitial bool `json:"suppressOnboardingInterstitials"`
}

// featureStates switches on what official clients offer only when the server says
// that it can store it: bank accounts, driver's licences and passports, and a key
// of its own for each new item, which binds the item's values to each other.
var featureStates = map[string]bool{"pm-32009-new-item-types": true, "cipher-key-encryption": true}

// kastellanSettings are for Kastellan's own web app; official clients ignore them.
type kastellanSettings struct {
	Registration string `json:"registration"`
	Mail         bool   `json:"mail"`
	Version      string `json:"version"`
}

func (a *API) config(w http.ResponseWriter, _ *http.Request) error {
	c := a.Config
	return wire.JSON(w, configJSON{
		Object:  "config",
		Version: officialVersion,
		GitHash: c.Version,
		Server:  serverJSON{Name: "Kastellan", URL: c.PublicURL},
		Environment: environmentJSON{
			Vault: c.PublicURL, API: c.PublicURL + "/api", Identity: c.PublicURL + "/identity", Notifications: c.PublicURL + "/notifications",
		},
		FeatureStates: featureStates,
		Settings: settingsJSON{
			// Official clients offer no registration by invitation alone without it.
			DisableUserRegistration:        c.Registration == "invitation" || c.Registration == "closed",
			SuppressOnboardingInterstitial: true,
		},
		Kastellan: kastellanSettings{Registration: c.Registration, Mail: c.Mail, Version: c.Version},
	})
}
