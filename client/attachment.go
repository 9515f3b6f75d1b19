package client

import (
	"context"
	"errors"

	"github.com/kastellan/kastellan/client/internal/exchange"
	"github.com/kastellan/kastellan/client/item"
)

// AddAttachment encrypts a file and puts it at an item. When the upload fails, the
// announced attachment is taken back.
func (s *Session) AddAttachment(ctx context.Context, view item.View, name string, body []byte) (AttachmentID, error) {
	owner, err := s.ownerKey(view.OrganizationID)
	if err != nil {
		return "", err
	}
	file, err := view.SealFile(owner, name, body)
	if err != nil {
		return "", err
	}
	path := "/api/ciphers/" + escape(view.ID) + "/attachment"
	announce := map[string]any{
		"key": file.Key, "fileName": file.FileName, "fileSize": len(file.Blob), "adminRequest": false,
	}
	var answer struct {
		ID   AttachmentID `json:"attachmentId"`
		Kind int          `json:"fileUploadType"`
	}
	if err := s.do(ctx, "POST", path+"/v2", announce, &answer); err != nil {
		return "", err
	}
	if answer.Kind != 0 {
		return "", errors.New("the server wants the file elsewhere, which this client does not support")
	}
	form, err := exchange.NewUpload(string(file.FileName), file.Blob)
	if err != nil {
		return "", err
	}
	path += "/" + escape(answer.ID)
	if err := s.do(ctx, "POST", path, form, nil); err != nil {
		return "", errors.Join(err, s.do(context.WithoutCancel(ctx), "DELETE", path, nil, nil))
	}
	return answer.ID, nil
}

// Attachment fetches and opens a file of an item.
func (s *Session) Attachment(ctx context.Context, view item.View, id AttachmentID) ([]byte, error) {
	owner, err := s.ownerKey(view.OrganizationID)
	if err != nil {
		return nil, err
	}
	var attachment item.Attachment[string] // the name stays encrypted; it is not needed here
	if err := s.do(ctx, "GET", "/api/ciphers/"+escape(view.ID)+"/attachment/"+escape(id), nil, &attachment); err != nil {
		return nil, err
	}
	blob, err := s.client.download(ctx, attachment.URL)
	if err != nil {
		return nil, err
	}
	return view.OpenFile(owner, attachment.Key, blob)
}

// DeleteAttachment removes a file from an item.
func (s *Session) DeleteAttachment(ctx context.Context, item ItemID, id AttachmentID) error {
	return s.do(ctx, "DELETE", "/api/ciphers/"+escape(item)+"/attachment/"+escape(id), nil, nil)
}
