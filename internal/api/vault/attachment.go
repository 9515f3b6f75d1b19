package vault

import (
	"net/http"
	"strconv"
	"time"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/vault"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) attachmentRoutes() []wire.Route {
	const files = "/api/ciphers/{id}/attachment"
	const file = files + "/{attachment}"
	return []wire.Route{
		{Method: "POST", Path: files + "/v2", Who: wire.ItemWriter, Handle: a.announce},
		{Method: "POST", Path: file, Who: wire.ItemWriter, Handle: a.upload, Upload: true},
		{Method: "GET", Path: file + "/renew", Who: wire.ItemWriter, Handle: a.renewUpload},
		{Method: "GET", Path: file, Who: wire.ItemReader, Handle: a.findAttachment},
		{Method: "GET", Path: file + "/admin", Who: wire.ItemReader, Handle: a.findAttachmentAsAdmin},
		{Method: "DELETE", Path: file, Who: wire.ItemWriter, Handle: a.detach, Also: []string{"POST " + file + "/delete"}},
		{Method: "DELETE", Path: file + "/admin", Who: wire.MemberManager, Handle: a.detachAsAdmin, Also: []string{"POST " + file + "/delete-admin"}},
		{Method: "POST", Path: file + "/share", Who: wire.Owner, Handle: a.replaceAttachment, Upload: true},
		{Method: "POST", Path: files, Who: wire.ItemWriter, Handle: a.attachOld, Upload: true},
		{Method: "POST", Path: "/api/ciphers/{id}/attachment-admin", Who: wire.MemberManager, Handle: a.attachOldAsAdmin, Upload: true},
		// Fetched without a token of the account, by an address that FindAttachment signed.
		{Method: "GET", Path: "/api/attachments/file", Who: wire.Anyone, Handle: a.openAttachment, Also: []string{"GET /api/ciphers/attachment/download"}},
		{Method: "GET", Path: "/api/accounts/storage", Who: wire.Account, Handle: a.storage},
		{Method: "GET", Path: "/api/organizations/{org}/storage", Who: wire.Member, Handle: a.storageOfOrg},
	}
}

type announcement struct {
	Key                   string    `json:"key"`
	FileName              string    `json:"fileName"`
	FileSize              int64     `json:"fileSize"`
	AdminRequest          bool      `json:"adminRequest"`
	LastKnownRevisionDate wire.Date `json:"lastKnownRevisionDate"`
}

// awaited tells a client where to upload a file. It has one way, through this server;
// clients make the address themselves then.
type awaited struct {
	Object     string        `json:"object"`
	ID         id.Attachment `json:"attachmentId"`
	URL        string        `json:"url"`
	Kind       int           `json:"fileUploadType"` // 0: as a form, to the address of the attachment
	Cipher     *vault.Cipher `json:"cipherResponse"`
	CipherMini *vault.Cipher `json:"cipherMiniResponse"` // of an announcement in the Admin Console
}

func awaitedOf(cipher *vault.Cipher, attachment id.Attachment, admin bool) awaited {
	out := awaited{Object: "attachment-fileUpload", ID: attachment, URL: "/ciphers/" + string(cipher.ID) + "/attachment/" + string(attachment)}
	if admin {
		out.CipherMini = cipher
	} else {
		out.Cipher = cipher
	}
	return out
}

func (a *API) announce(w http.ResponseWriter, r *http.Request) error {
	by, cipher, err := target(r, self)
	if err != nil {
		return err
	}
	in, err := wire.Decode[announcement](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	by.Console = in.AdminRequest
	attachment, c, err := a.Vault.Announce(r.Context(), by, cipher, vault.Announcement{
		Name: in.FileName, Key: in.Key, Size: in.FileSize, LastKnown: time.Time(in.LastKnownRevisionDate),
	})
	if err != nil {
		return err
	}
	return wire.JSON(w, awaitedOf(c, attachment, in.AdminRequest))
}

// file is who acts on which attachment of the path.
func file(r *http.Request, who who) (vault.By, id.Cipher, id.Attachment, error) {
	by, cipher, err := target(r, who)
	if err != nil {
		return by, "", "", err
	}
	attachment, err := wire.PathID[id.Attachment](r, "attachment")
	return by, cipher, attachment, err
}

func (a *API) upload(w http.ResponseWriter, r *http.Request) error {
	by, cipher, attachment, err := file(r, self)
	if err != nil {
		return err
	}
	form, err := wire.ReadUpload(w, r)
	if err != nil {
		return err
	}
	return done(w, a.Vault.Upload(r.Context(), by.User, cipher, attachment, form.Body))
}

func (a *API) renewUpload(w http.ResponseWriter, r *http.Request) error {
	by, cipher, attachment, err := file(r, self)
	if err != nil {
		return err
	}
	c, err := a.Vault.FindAwaited(r.Context(), by.User, cipher, attachment)
	if err != nil {
		return err
	}
	return wire.JSON(w, awaitedOf(c, attachment, false))
}

type attachmentBody struct {
	Object   string        `json:"object"`
	ID       id.Attachment `json:"id"`
	URL      string        `json:"url"`
	FileName string        `json:"fileName"`
	Key      *string       `json:"key"`
	Size     string        `json:"size"` // a text, as clients expect
	SizeName string        `json:"sizeName"`
}

func (a *API) findAttachment(w http.ResponseWriter, r *http.Request) error {
	return a.findAttachmentBy(w, r, self)
}

func (a *API) findAttachmentAsAdmin(w http.ResponseWriter, r *http.Request) error {
	return a.findAttachmentBy(w, r, console)
}

func (a *API) findAttachmentBy(w http.ResponseWriter, r *http.Request, who who) error {
	by, cipher, attachment, err := file(r, who)
	if err != nil {
		return err
	}
	d, err := a.Vault.FindAttachment(r.Context(), by, cipher, attachment)
	if err != nil {
		return err
	}
	out := attachmentBody{
		Object: "attachment", ID: d.ID, URL: d.URL, FileName: d.Name, Size: strconv.FormatInt(d.Size, 10), SizeName: d.SizeName(),
	}
	if d.Key != "" {
		out.Key = &d.Key
	}
	return wire.JSON(w, out)
}

func (a *API) openAttachment(w http.ResponseWriter, r *http.Request) error {
	body, size, err := a.Vault.Open(r.Context(), r.URL.Query().Get("token"))
	if err != nil {
		return err
	}
	return wire.File(w, body, size)
}

func (a *API) detach(w http.ResponseWriter, r *http.Request) error { return a.detachBy(w, r, self) }

func (a *API) detachAsAdmin(w http.ResponseWriter, r *http.Request) error {
	return a.detachBy(w, r, console)
}

func (a *API) detachBy(w http.ResponseWriter, r *http.Request, who who) error {
	by, cipher, attachment, err := file(r, who)
	if err != nil {
		return err
	}
	c, err := a.Vault.Detach(r.Context(), by, cipher, attachment)
	if err != nil {
		return err
	}
	return wire.JSON(w, struct {
		Object string        `json:"object"`
		Cipher *vault.Cipher `json:"cipher"`
	}{"deleteAttachment", c})
}
