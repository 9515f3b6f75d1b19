package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/kastellan/kastellan/client/send"
)

// SendPassword opens the one Send that asks for a password.
const SendPassword = "demo-only"

// Admin is who shares the Sends.
var Admin = admin.name

// sends are what the administrator shares; a later run makes those again that went
// away on their day.
var sends = []send.Send{
	{Name: "Wi-Fi of the example office", Text: "Network: Example Guests\nPassword: not-a-real-one", Hidden: true},
	{Name: "First log-in of a new member", Text: "Your first password is not-a-real-one-either.", Notes: "For somebody who does not exist.", Password: SendPassword},
	{Name: "Door code for the fitter", Text: "0000, twice at most.", MaxAccesses: 2},
	{Name: "Floor plan", Type: send.File},
}

// share makes the administrator's Sends that are missing.
func (f *filler) share(ctx context.Context) error {
	own := send.Of(f.session)
	there, err := own.List(ctx)
	if err != nil {
		return err
	}
	for _, s := range sends {
		if !slices.ContainsFunc(there, func(t send.Send) bool { return t.Name == s.Name }) {
			s.Deletion = time.Now().Add(30 * 24 * time.Hour).UTC().Truncate(time.Second)
			err := patient(ctx, func() error { return makeOne(ctx, own, s) })
			if err != nil {
				return fmt.Errorf("%s: %w", s.Name, err)
			}
		}
		f.result.Sends++
	}
	return nil
}

func makeOne(ctx context.Context, own send.Sends, s send.Send) error {
	if s.Type != send.File {
		_, err := own.Create(ctx, s)
		return err
	}
	body, err := picture("")
	if err == nil {
		_, err = own.CreateFile(ctx, s, "Floor plan.png", body)
	}
	return err
}
