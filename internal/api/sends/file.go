package sends

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/send"
	"github.com/kastellan/kastellan/internal/wire"
)

// awaited tells a client where to upload a file. It has one way, through this server;
// clients make the address themselves then.
type awaited struct {
	Object string    `json:"object"`
	URL    string    `json:"url"`
	Kind   int       `json:"fileUploadType"` // 0: as a form, to the address of the file
	Send   send.Send `json:"sendResponse"`
}

func answerAwaited(w http.ResponseWriter, s send.Send, err error) error {
	if err != nil {
		return err
	}
	return wire.JSON(w, awaited{Object: "send-fileUpload", URL: "/sends/" + string(s.ID) + "/file/" + string(s.FileID), Send: s})
}

func (a *API) announce(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[request](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	s, err := a.Sends.Announce(r.Context(), user, in.draft())
	return answerAwaited(w, s, err)
}

func (a *API) upload(w http.ResponseWriter, r *http.Request) error {
	user, one, err := target(r)
	if err != nil {
		return err
	}
	file, err := wire.PathID[id.SendFile](r, "file")
	if err != nil {
		return err
	}
	form, err := wire.ReadUpload(w, r)
	if err != nil {
		return err
	}
	return done(w, a.Sends.Upload(r.Context(), user, one, file, form.Body))
}

func (a *API) renewUpload(w http.ResponseWriter, r *http.Request) error {
	user, one, err := target(r)
	if err != nil {
		return err
	}
	file, err := wire.PathID[id.SendFile](r, "file")
	if err != nil {
		return err
	}
	s, err := a.Sends.FindAwaited(r.Context(), user, one, file)
	return answerAwaited(w, s, err)
}
