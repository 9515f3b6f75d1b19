package vault

import (
	"net/http"
	"strconv"
	"time"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/vault"
	"github.com/kastellan/kastellan/internal/vault/content"
	"github.com/kastellan/kastellan/internal/wire"
)

// itemBody is large enough for the largest item with everything around it.
const itemBody = 2 << 20

// itemRequest is an item as clients send it. Whatever else they send is not read.
type itemRequest struct {
	ID   string       `json:"id"`
	Type content.Type `json:"type"`
	content.Content
	OrganizationID        string    `json:"organizationId"`
	FolderID              string    `json:"folderId"`
	Favorite              bool      `json:"favorite"`
	ArchivedDate          wire.Date `json:"archivedDate"`
	EncryptedFor          string    `json:"encryptedFor"`
	EncryptedByKeyID      string    `json:"encryptedByKeyId"`
	LastKnownRevisionDate wire.Date `json:"lastKnownRevisionDate"`
	content.FileMaps
}

func (in *itemRequest) draft() (vault.Draft, error) {
	d := vault.Draft{
		Type: in.Type, Favorite: in.Favorite, ArchivedAt: time.Time(in.ArchivedDate).Truncate(time.Microsecond),
		KeyID: in.EncryptedByKeyID, LastKnown: time.Time(in.LastKnownRevisionDate),
	}
	var err error
	if d.Org, err = optional[id.Org](in.OrganizationID); err != nil {
		return d, err
	}
	if d.Folder, err = optional[id.Folder](in.FolderID); err != nil {
		return d, err
	}
	if d.For, err = optional[id.User](in.EncryptedFor); err != nil {
		return d, fault.Field("encryptedFor", "The item was encrypted for another account.")
	}
	d.Data, err = in.Fragment(in.Type)
	return d, err
}

// draftsOf converts a list; its faults say which item they are about.
func draftsOf(list []itemRequest, withID bool) ([]vault.Draft, error) {
	out := make([]vault.Draft, len(list))
	for i := range list {
		d, err := list[i].draft()
		if err != nil {
			return nil, about(i, err)
		}
		if withID {
			if d.ID, err = bodyID[id.Cipher](list[i].ID); err != nil {
				return nil, err
			}
			d.Files = list[i].Files()
		}
		out[i] = d
	}
	return out, nil
}

func about(i int, err error) error {
	return fault.Wrap(fault.KindOf(err), "Item "+strconv.Itoa(i+1)+" of the request: "+err.Error(), err)
}

// optional parses an id that may be missing.
func optional[T ~string](s string) (T, error) {
	if s == "" {
		return "", nil
	}
	return bodyID[T](s)
}

// bodyID parses an id of a body. A malformed one names nothing.
func bodyID[T ~string](s string) (T, error) {
	v, err := id.Parse[T](s)
	if err != nil {
		return "", fault.Absent()
	}
	return v, nil
}

func bodyIDs[T ~string](list []string) ([]T, error) {
	out, err := id.ParseAll[T](list)
	if err != nil {
		return nil, fault.Absent()
	}
	return out, nil
}

// orgQuery is the organization that the query names.
func orgQuery(r *http.Request) (id.Org, error) {
	return bodyID[id.Org](r.URL.Query().Get("organizationId"))
}

// raw answers with JSON that is written already.
func raw(w http.ResponseWriter, b []byte) error {
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(b) // a failure here means that the caller has gone
	return nil
}

// item and items answer about items, in the form that sync has, too.
func item(w http.ResponseWriter, c *vault.Cipher) error { return raw(w, c.AppendJSON(nil)) }

func items(w http.ResponseWriter, list []*vault.Cipher) error {
	b := []byte(`{"object":"list","data":[`)
	for i, c := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = c.AppendJSON(b)
	}
	return raw(w, append(b, `],"continuationToken":null}`...))
}
