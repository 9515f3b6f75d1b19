package baseline

import (
	"strconv"
	"strings"

	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Subject names one thing that a baseline decides: "policy:5" or
// "setting:limitItemDeletion".
type Subject string

const (
	ofPolicy  = "policy:"
	ofSetting = "setting:"
)

// PolicySubject names a policy.
func PolicySubject(t policy.Type) Subject { return Subject(ofPolicy + strconv.Itoa(int(t))) }

// SettingSubject names a setting.
func SettingSubject(name string) Subject { return Subject(ofSetting + name) }

// Policy gives the type of a policy; ok is false for settings.
func (s Subject) Policy() (t policy.Type, ok bool) {
	number, ok := strings.CutPrefix(string(s), ofPolicy)
	n, err := strconv.Atoi(number)
	t = policy.Type(n)
	return t, ok && err == nil && s == PolicySubject(t) // in the one spelling
}

// Setting gives the name of a setting; ok is false for policies.
func (s Subject) Setting() (name string, ok bool) { return strings.CutPrefix(string(s), ofSetting) }

// setting is one that baselines can decide.
type setting struct {
	name  string
	of    func(tenant.Rules) bool
	given func(*tenant.NewRules, *bool)
}

// settings are all of them, by the names that they have on the wire.
var settings = []setting{
	{
		"limitCollectionCreation", func(r tenant.Rules) bool { return r.LimitCollectionCreation },
		func(r *tenant.NewRules, v *bool) { r.LimitCollectionCreation = v },
	},
	{
		"limitCollectionDeletion", func(r tenant.Rules) bool { return r.LimitCollectionDeletion },
		func(r *tenant.NewRules, v *bool) { r.LimitCollectionDeletion = v },
	},
	{
		"limitItemDeletion", func(r tenant.Rules) bool { return r.LimitItemDeletion },
		func(r *tenant.NewRules, v *bool) { r.LimitItemDeletion = v },
	},
	{
		"allowAdminAccessToAllCollectionItems", func(r tenant.Rules) bool { return r.AdminsAccessAll },
		func(r *tenant.NewRules, v *bool) { r.AdminsAccessAll = v },
	},
}
