package sends

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/send"
	"github.com/kastellan/kastellan/internal/wire"
)

// received is a Send as recipients see it: nothing of its owner but the address, and that
// only if it may be shown.
type received struct {
	Object            string         `json:"object"`
	ID                string         `json:"id"` // as in the link
	Type              send.Type      `json:"type"`
	AuthType          send.Auth      `json:"authType"`
	Name              string         `json:"name"`
	Text              *send.TextPart `json:"text"`
	File              *send.FilePart `json:"file"`
	ExpirationDate    wire.Date      `json:"expirationDate"`
	CreatorIdentifier *string        `json:"creatorIdentifier"`
}

func answerReceived(w http.ResponseWriter, s send.Send, err error) error {
	if err != nil {
		return err
	}
	out := received{Object: "send-access", ID: s.AccessID(), Type: s.Type, AuthType: s.Auth, Name: s.Name, ExpirationDate: wire.Date(s.ExpiresAt)}
	out.Text, out.File = s.Parts()
	if creator := s.Creator(); creator != "" {
		out.CreatorIdentifier = &creator
	}
	return wire.JSON(w, out)
}

func (a *API) open(w http.ResponseWriter, r *http.Request) error {
	s, err := a.Sends.Open(r.Context(), bearer(r))
	return answerReceived(w, s, err)
}

type address struct {
	Object string      `json:"object"`
	ID     id.SendFile `json:"id"`
	URL    string      `json:"url"`
}

func answerAddress(w http.ResponseWriter, at send.Address, err error) error {
	if err != nil {
		return err
	}
	return wire.JSON(w, address{"send-fileDownload", at.FileID, at.URL})
}

func (a *API) findFile(w http.ResponseWriter, r *http.Request) error {
	// What is no id names no file; whether somebody may ask at all comes first.
	file, _ := wire.PathID[id.SendFile](r, "file")
	at, err := a.Sends.FindFile(r.Context(), bearer(r), file)
	return answerAddress(w, at, err)
}

func (a *API) openFile(w http.ResponseWriter, r *http.Request) error {
	body, size, err := a.Sends.OpenFile(r.Context(), r.URL.Query().Get("token"))
	if err != nil {
		return err
	}
	return wire.File(w, body, size)
}

type oldRequest struct {
	Password string `json:"password"`
}

func (a *API) openOld(w http.ResponseWriter, r *http.Request) error {
	in, err := wire.DecodeOptional[oldRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	s, err := a.Sends.OpenOld(r.Context(), chi.URLParam(r, "access"), in.Password)
	return answerReceived(w, s, err)
}

func (a *API) findFileOld(w http.ResponseWriter, r *http.Request) error {
	in, err := wire.DecodeOptional[oldRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	file, err := wire.PathID[id.SendFile](r, "file")
	if err != nil {
		return err
	}
	at, err := a.Sends.FindFileOld(r.Context(), chi.URLParam(r, "access"), in.Password, file)
	return answerAddress(w, at, err)
}
