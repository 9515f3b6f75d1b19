package attachment

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/internal/exchange"
	"github.com/kastellan/kastellan/client/item"
)

// Files are the files at the items that an account reaches.
type Files struct {
	session *client.Session
	admin   bool
}

// Of gives the files as the account itself reaches them.
func Of(s *client.Session) Files { return Files{session: s} }

// AsAdmin gives the files with an administrator's rights, for people who are not
// assigned to the collections, such as those of a provider.
func AsAdmin(s *client.Session) Files { return Files{session: s, admin: true} }

// path is that of one file, or of all of an item for the empty id.
func path(view item.View, id client.AttachmentID) string {
	p := "/api/ciphers/" + url.PathEscape(string(view.ID)) + "/attachment"
	if id != "" {
		p += "/" + url.PathEscape(string(id))
	}
	return p
}

func (f Files) path(view item.View, id client.AttachmentID) string {
	if f.admin {
		return path(view, id) + "/admin"
	}
	return path(view, id)
}

// Add encrypts a file and puts it at an item, which counts as changed: fetch it
// again before editing it. When the upload fails, the announced file is taken back.
func (f Files) Add(ctx context.Context, view item.View, name string, body []byte) (client.AttachmentID, error) {
	owner, err := f.session.Key(view.OrganizationID)
	if err != nil {
		return "", err
	}
	file, err := view.SealFile(owner, name, body)
	if err != nil {
		return "", err
	}
	announce := map[string]any{
		"key": file.Key, "fileName": file.FileName, "fileSize": len(file.Blob), "adminRequest": f.admin,
	}
	var answer struct {
		ID   client.AttachmentID `json:"attachmentId"`
		Kind int                 `json:"fileUploadType"`
	}
	if err := f.session.Do(ctx, "POST", path(view, "")+"/v2", announce, &answer); err != nil {
		return "", err
	}
	if answer.Kind != 0 {
		return "", errors.New("the server wants the file elsewhere, which this client does not support")
	}
	form, err := exchange.NewUpload(string(file.FileName), file.Blob)
	if err != nil {
		return "", err
	}
	if err := f.session.Do(ctx, "POST", path(view, answer.ID), form, nil); err != nil {
		return "", errors.Join(err, f.Delete(context.WithoutCancel(ctx), view, answer.ID))
	}
	return answer.ID, nil
}

// Open fetches a file of an item and decrypts it.
func (f Files) Open(ctx context.Context, view item.View, id client.AttachmentID) ([]byte, error) {
	owner, err := f.session.Key(view.OrganizationID)
	if err != nil {
		return nil, err
	}
	var file item.Attachment[string] // the name stays encrypted; it is not needed here
	if err := f.session.Do(ctx, "GET", f.path(view, id), nil, &file); err != nil {
		return nil, err
	}
	blob, err := f.session.Client().Download(ctx, file.URL)
	if err != nil {
		return nil, err
	}
	return view.OpenFile(owner, file.Key, blob)
}

// Delete removes a file from an item.
func (f Files) Delete(ctx context.Context, view item.View, id client.AttachmentID) error {
	return f.session.Do(ctx, "DELETE", f.path(view, id), nil, nil)
}

// Upgrade uploads those files of an item again that are encrypted directly under
// its owner's key: they would be lost with that key, so that the account's key
// cannot be rotated, nor the item be given away, as long as there are any.
func (f Files) Upgrade(ctx context.Context, view item.View) error {
	for _, file := range view.Attachments {
		if file.Key != "" {
			continue
		}
		body, err := f.Open(ctx, view, file.ID)
		if err != nil {
			return fmt.Errorf("attachment %s: %w", file.ID, err)
		}
		if _, err := f.Add(ctx, view, file.FileName, body); err != nil {
			return fmt.Errorf("attachment %s: %w", file.ID, err)
		}
		if err := f.Delete(ctx, view, file.ID); err != nil {
			return fmt.Errorf("attachment %s: %w", file.ID, err)
		}
	}
	return nil
}
