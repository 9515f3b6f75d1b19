package vault

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/vault"
	"github.com/kastellan/kastellan/internal/wire"
)

// Uploads in one step, as clients of old make them: a form with the file, before it the
// file's key, and the encrypted name as that of the part.

func (a *API) attachOld(w http.ResponseWriter, r *http.Request) error {
	return a.attachOldBy(w, r, self)
}

func (a *API) attachOldAsAdmin(w http.ResponseWriter, r *http.Request) error {
	return a.attachOldBy(w, r, console)
}

func (a *API) attachOldBy(w http.ResponseWriter, r *http.Request, who who) error {
	by, cipher, err := target(r, who)
	if err != nil {
		return err
	}
	form, err := wire.ReadUpload(w, r)
	if err != nil {
		return err
	}
	c, err := a.Vault.AttachOld(r.Context(), by, cipher, form.Name, form.Fields["key"], form.Body)
	if err != nil {
		return err
	}
	return item(w, c)
}

// replaceAttachment takes in what a file without a key becomes when its item is shared.
func (a *API) replaceAttachment(w http.ResponseWriter, r *http.Request) error {
	by, cipher, attachment, err := file(r, self)
	if err != nil {
		return err
	}
	org, err := orgQuery(r)
	if err != nil {
		return err
	}
	form, err := wire.ReadUpload(w, r)
	if err != nil {
		return err
	}
	return done(w, a.Vault.Replace(r.Context(), by.User, cipher, attachment, vault.Replacement{
		For: org, Name: form.Name, Key: form.Fields["key"], Body: form.Body,
	}))
}
