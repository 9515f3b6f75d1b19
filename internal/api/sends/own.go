package sends

import (
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/send"
	"github.com/kastellan/kastellan/internal/wire"
)

// request is a Send as clients ask for it.
type request struct {
	Type       send.Type  `json:"type"`
	AuthType   *send.Auth `json:"authType"`
	FileLength int64      `json:"fileLength"`
	Key        string     `json:"key"`
	Name       string     `json:"name"`
	Notes      string     `json:"notes"`
	Text       *struct {
		Text   string `json:"text"`
		Hidden bool   `json:"hidden"`
	} `json:"text"`
	File *struct {
		FileName string `json:"fileName"`
	} `json:"file"`
	Password       string    `json:"password"`
	Emails         string    `json:"emails"`
	MaxAccessCount *int      `json:"maxAccessCount"`
	Disabled       bool      `json:"disabled"`
	HideEmail      bool      `json:"hideEmail"`
	ExpirationDate wire.Date `json:"expirationDate"`
	DeletionDate   wire.Date `json:"deletionDate"`
}

func (in request) draft() send.Draft {
	d := send.Draft{Auth: in.AuthType, Password: in.Password, Emails: in.Emails, Content: send.Content{
		Type: in.Type, Key: in.Key, Name: in.Name, Notes: in.Notes, FileSize: in.FileLength, Disabled: in.Disabled, HideEmail: in.HideEmail,
		ExpiresAt: micros(in.ExpirationDate), DeletesAt: micros(in.DeletionDate),
	}}
	if in.Type == send.Text && in.Text != nil {
		d.Text, d.Hidden = in.Text.Text, in.Text.Hidden
	}
	if in.Type == send.File && in.File != nil {
		d.FileName = in.File.FileName
	}
	if in.MaxAccessCount != nil {
		d.MaxAccesses = *in.MaxAccessCount
		if d.MaxAccesses == 0 {
			d.MaxAccesses = -1 // that nobody may open it is said with disabled; here 0 means no limit
		}
	}
	return d
}

// micros is a date as it will be stored, so that the answer says the same as the next one.
func micros(d wire.Date) time.Time { return time.Time(d).Truncate(time.Microsecond) }

func (a *API) list(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	list, err := a.Sends.List(r.Context(), user)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(list))
}

func (a *API) find(w http.ResponseWriter, r *http.Request) error {
	user, one, err := target(r)
	if err != nil {
		return err
	}
	s, err := a.Sends.Find(r.Context(), user, one)
	return answer(w, s, err)
}

func (a *API) create(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[request](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	s, err := a.Sends.Create(r.Context(), user, in.draft())
	return answer(w, s, err)
}

func (a *API) update(w http.ResponseWriter, r *http.Request) error {
	user, one, err := target(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[request](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	s, err := a.Sends.Update(r.Context(), user, one, in.draft())
	return answer(w, s, err)
}

func (a *API) remove(w http.ResponseWriter, r *http.Request) error {
	user, one, err := target(r)
	if err != nil {
		return err
	}
	return done(w, a.Sends.Delete(r.Context(), user, one))
}

func (a *API) removePassword(w http.ResponseWriter, r *http.Request) error {
	user, one, err := target(r)
	if err != nil {
		return err
	}
	s, err := a.Sends.RemovePassword(r.Context(), user, one)
	return answer(w, s, err)
}

func (a *API) removeAuth(w http.ResponseWriter, r *http.Request) error {
	user, one, err := target(r)
	if err != nil {
		return err
	}
	s, err := a.Sends.RemoveAuth(r.Context(), user, one)
	return answer(w, s, err)
}
