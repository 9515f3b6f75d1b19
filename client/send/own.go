package send

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/internal/exchange"
	"github.com/kastellan/kastellan/client/seal"
)

// ErrHasPassword means that a Send has a password already. It can only be removed,
// after which another one can be set.
var ErrHasPassword = errors.New("the Send has a password already; remove it before setting another")

// Sends are those of one account.
type Sends struct {
	session *client.Session
}

// Of gives the Sends of an account.
func Of(s *client.Session) Sends { return Sends{s} }

func path(id ID, more string) string { return "/api/sends/" + url.PathEscape(string(id)) + more }

// Create makes a Send of a text.
func (s Sends) Create(ctx context.Context, in Send) (Send, error) {
	in.ID, in.Type, in.seed = "", Text, seal.NewSendSeed()
	return s.put(ctx, "POST", "/api/sends", in)
}

// CreateFile makes a Send of a file. When the upload fails, nothing is left of it.
func (s Sends) CreateFile(ctx context.Context, in Send, name string, body []byte) (Send, error) {
	in.ID, in.Type, in.seed = "", File, seal.NewSendSeed()
	in.File = Attached{Name: name}
	user, err := s.session.Key("")
	if err != nil {
		return Send{}, err
	}
	request, err := in.seal(user)
	if err != nil {
		return Send{}, err
	}
	blob := in.seed.Key().EncryptFile(body)
	request.FileLength = len(blob)
	var answer struct {
		Kind int    `json:"fileUploadType"`
		Send sealed `json:"sendResponse"`
	}
	if err := s.session.Do(ctx, "POST", "/api/sends/file/v2", request, &answer); err != nil {
		return Send{}, err
	}
	if err := s.upload(ctx, answer.Kind, answer.Send, request.File.Name, blob); err != nil {
		return Send{}, errors.Join(err, s.Delete(context.WithoutCancel(ctx), answer.Send.ID))
	}
	return answer.Send.open(user)
}

func (s Sends) upload(ctx context.Context, kind int, to sealed, name seal.EncString, blob []byte) error {
	if kind != 0 || to.File == nil {
		return errors.New("the server wants the file elsewhere, which this client does not support")
	}
	form, err := exchange.NewUpload(string(name), blob)
	if err != nil {
		return err
	}
	return s.session.Do(ctx, "POST", path(to.ID, "/file/"+url.PathEscape(to.File.ID)), form, nil)
}

// Update replaces everything of a Send but its kind, its file and, if it has one,
// its password.
func (s Sends) Update(ctx context.Context, in Send) (Send, error) {
	if in.Password != "" && in.Auth == ByPassword {
		return Send{}, ErrHasPassword
	}
	return s.put(ctx, "PUT", path(in.ID, ""), in)
}

func (s Sends) put(ctx context.Context, method, path string, in Send) (Send, error) {
	user, err := s.session.Key("")
	if err != nil {
		return Send{}, err
	}
	request, err := in.seal(user)
	if err != nil {
		return Send{}, err
	}
	return s.at(ctx, method, path, request)
}

// at sends a body and opens the Send that comes back.
func (s Sends) at(ctx context.Context, method, path string, body any) (Send, error) {
	user, err := s.session.Key("")
	if err != nil {
		return Send{}, err
	}
	var answer sealed
	if err := s.session.Do(ctx, method, path, body, &answer); err != nil {
		return Send{}, err
	}
	return answer.open(user)
}

// Get fetches one Send.
func (s Sends) Get(ctx context.Context, id ID) (Send, error) {
	return s.at(ctx, "GET", path(id, ""), nil)
}

// List fetches all Sends. One that cannot be opened does not hide the others: it
// is told by the error, beside them.
func (s Sends) List(ctx context.Context) ([]Send, error) {
	user, err := s.session.Key("")
	if err != nil {
		return nil, err
	}
	var answer exchange.List[sealed]
	if err := s.session.Do(ctx, "GET", "/api/sends", nil, &answer); err != nil {
		return nil, err
	}
	var list []Send
	var unreadable []error
	for _, one := range answer.Data {
		opened, err := one.open(user)
		if err != nil {
			unreadable = append(unreadable, err)
			continue
		}
		list = append(list, opened)
	}
	return list, errors.Join(unreadable...)
}

// RemovePassword lets everybody open a Send who has its link. It takes away both,
// a password and addresses.
func (s Sends) RemovePassword(ctx context.Context, id ID) (Send, error) {
	return s.at(ctx, "PUT", path(id, "/remove-auth"), nil)
}

// Delete takes a Send away, with its file.
func (s Sends) Delete(ctx context.Context, id ID) error {
	if id == "" {
		return fmt.Errorf("delete a Send: %w", errNoID)
	}
	return s.session.Do(ctx, "DELETE", path(id, ""), nil, nil)
}

var errNoID = errors.New("it has no id")

// Link is what a recipient of a Send needs.
func (s Sends) Link(of Send) Link {
	return Link{Server: s.session.Client().URL(), AccessID: of.AccessID, Seed: of.seed}
}
