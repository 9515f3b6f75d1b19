package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/kastellan/kastellan/client"
)

var errFingerprint = errors.New("the server names another public key than the person's own")

// openProvider logs in as the provider's administrator, and founds the provider
// when this is the first run.
func (f *filler) openProvider(ctx context.Context) error {
	link, err := client.ParseLink(f.SetUpLink)
	if err != nil && f.SetUpLink != "" {
		return err
	}
	config, err := f.Client.Config(ctx)
	if err != nil {
		return err
	}
	if config.Kastellan != nil && config.Kastellan.Mail {
		return ErrMail
	}
	if f.session, err = f.join(ctx, admin, link); err != nil {
		return err
	}
	profile, err := f.session.Profile(ctx)
	if err != nil {
		return err
	}
	known := slices.IndexFunc(profile.Providers, func(p client.ProviderMembership) bool { return p.Name == providerName })
	if known >= 0 {
		f.provider = profile.Providers[known].ID
	} else {
		details := client.ProviderDetails{Name: providerName, BillingEmail: admin.email}
		if err := f.session.SetUpProvider(ctx, link, details); err != nil {
			return err
		}
		f.provider = link.ProviderID
	}
	f.result.Provider = f.provider
	f.account(admin, providerName, "provider admin")
	f.step(providerName)
	return nil
}

// hire brings the technicians in: invite, accept, confirm.
func (f *filler) hire(ctx context.Context) error {
	people, err := f.session.ProviderPeople(ctx, f.provider)
	if err != nil {
		return err
	}
	for _, technician := range technicians {
		if !slices.ContainsFunc(people, func(p client.ProviderPerson) bool { return p.Email == technician.email }) {
			if err := f.session.InviteProviderPeople(ctx, f.provider, technician.role, technician.email); err != nil {
				return err
			}
		}
	}
	if people, err = f.session.ProviderPeople(ctx, f.provider); err != nil {
		return err
	}
	return each(ctx, len(technicians), func(ctx context.Context, i int) error {
		technician := technicians[i]
		at := slices.IndexFunc(people, func(p client.ProviderPerson) bool { return p.Email == technician.email })
		if at < 0 {
			return fmt.Errorf("%s is not in the list after the invitation", technician.name)
		}
		if err := f.employ(ctx, technician.person, people[at]); err != nil {
			return fmt.Errorf("%s: %w", technician.name, err)
		}
		f.account(technician.person, providerName, technician.title())
		f.step(technician.name)
		return nil
	})
}

func (f *filler) employ(ctx context.Context, p person, known client.ProviderPerson) error {
	if known.Status == client.Confirmed {
		return nil
	}
	var own *client.Session
	if known.Status == client.Invited {
		url, err := f.session.ProviderInviteLink(ctx, f.provider, known.ID)
		if err != nil {
			return fmt.Errorf("invitation link: %w", err)
		}
		link, err := client.ParseLink(url)
		if err != nil {
			return err
		}
		if own, err = f.join(ctx, p, link); err != nil {
			return err
		}
		if err := own.Accept(ctx, link); err != nil {
			return fmt.Errorf("accept: %w", err)
		}
	}
	keys, err := f.session.ProviderPersonKeys(ctx, f.provider, known.ID)
	if err != nil {
		return err
	}
	if len(keys) != 1 {
		return fmt.Errorf("the server names %d public keys", len(keys))
	}
	if err := f.compare(ctx, own, p, keys[0].Fingerprint()); err != nil {
		return err
	}
	return f.session.ConfirmProviderPerson(ctx, f.provider, keys[0])
}

// compare does what two people would do on the telephone: the phrase that the
// server leads to must be the one that the person sees. A person from a former run
// has no session yet.
func (f *filler) compare(ctx context.Context, own *client.Session, p person, phrase string) (err error) {
	if own == nil {
		if own, err = f.login(ctx, p); err != nil {
			return err
		}
	}
	seen, err := own.Fingerprint()
	if err == nil && seen != phrase {
		err = errFingerprint
	}
	return err
}
