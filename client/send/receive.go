package send

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/internal/exchange"
	"github.com/kastellan/kastellan/client/seal"
)

// What a recipient is told instead of the Send.
var (
	ErrPasswordNeeded = errors.New("the Send has a password")
	ErrWrongPassword  = errors.New("wrong password of the Send")
	ErrEmailNeeded    = errors.New("the Send asks for an e-mail address")
	// ErrCodeNeeded says that a code was mailed, if the address is one of those that
	// the owner named; and that a code was wrong.
	ErrCodeNeeded = errors.New("the Send asks for the code that was sent by e-mail")
	// ErrGone says that there is no such Send, or none any more: it was deleted or
	// disabled, has expired, or was opened often enough.
	ErrGone = errors.New("the Send is not there, or not any more")
)

// Proof is what a recipient knows. First give nothing, or only an Email, and see
// which error comes.
type Proof struct {
	Password    string
	Email, Code string
}

// String hides it.
func (Proof) String() string { return "Proof(redacted)" }

// GoString hides it.
func (Proof) GoString() string { return "Proof(redacted)" }

// Received is a Send as its recipient sees it.
type Received struct {
	Type       Type
	Name       string
	Text       string
	Hidden     bool
	File       Attached
	Creator    string // e-mail address of the owner, unless hidden
	Expiration time.Time

	visit visit
}

// visit is a recipient at the door.
type visit struct {
	link  Link
	http  *http.Client
	token string
}

// Open opens a Send, which counts as an access when it is a text. A nil h means a
// client with a time limit of its own.
func (l Link) Open(ctx context.Context, h *http.Client, proof Proof) (Received, error) {
	base, err := url.Parse(l.Server)
	if err != nil || !exchange.Safe(base) {
		return Received{}, client.ErrInsecure
	}
	if h == nil {
		h = &http.Client{Timeout: 2 * time.Minute}
	}
	v := visit{link: l, http: h}
	if v.token, err = v.enter(ctx, proof); err != nil {
		return Received{}, err
	}
	var answer struct {
		Type       Type           `json:"type"`
		Name       seal.EncString `json:"name"`
		Text       *sealedText    `json:"text"`
		File       *sealedFile    `json:"file"`
		Creator    *string        `json:"creatorIdentifier"`
		Expiration *time.Time     `json:"expirationDate"`
	}
	if err := v.do(ctx, "/api/sends/access", nil, &answer); err != nil {
		return Received{}, err
	}
	opened, err := sealed{Name: answer.Name, Text: answer.Text, File: answer.File, Expiration: answer.Expiration}.read(l.Seed)
	if err != nil {
		return Received{}, err
	}
	out := Received{
		Type: answer.Type, Name: opened.Name, Text: opened.Text, Hidden: opened.Hidden, File: opened.File,
		Expiration: opened.Expiration, visit: v,
	}
	if answer.Creator != nil {
		out.Creator = *answer.Creator
	}
	return out, nil
}

// Format implements fmt.Formatter, so that no verb prints what is inside.
func (r Received) Format(f fmt.State, _ rune) { fmt.Fprint(f, r.visit.link.String()) }

// Download fetches the file of a Send and decrypts it, which counts as an access.
func (r Received) Download(ctx context.Context) ([]byte, error) {
	if r.Type != File {
		return nil, errors.New("the Send holds no file")
	}
	var answer struct {
		URL string `json:"url"`
	}
	if err := r.visit.do(ctx, "/api/sends/access/file/"+url.PathEscape(r.File.ID), nil, &answer); err != nil {
		return nil, err
	}
	server, err := client.New(r.visit.link.Server, r.visit.http)
	if err != nil {
		return nil, err
	}
	blob, err := server.Download(ctx, answer.URL)
	if err != nil {
		return nil, gone(err)
	}
	return r.visit.link.Seed.Key().DecryptFile(blob)
}

// enter shows what the recipient knows and gets a token for a few minutes.
func (v visit) enter(ctx context.Context, proof Proof) (string, error) {
	form := url.Values{
		"grant_type": {"send_access"}, "client_id": {"send"}, "scope": {"api.send.access"}, "send_id": {v.link.AccessID},
	}
	switch {
	case proof.Password != "":
		form.Set("password_hash_b64", v.link.Seed.PasswordHash(proof.Password))
	case proof.Email != "":
		form.Set("email", strings.ToLower(strings.TrimSpace(proof.Email)))
		if proof.Code != "" {
			form.Set("otp", proof.Code)
		}
	}
	var answer struct {
		Token string `json:"access_token"`
	}
	err := v.do(ctx, "/identity/connect/token", form, &answer)
	if refusal, ok := errors.AsType[*exchange.Error](err); ok && reasons[refusal.SendAccess] != nil {
		return "", reasons[refusal.SendAccess]
	}
	if err == nil && answer.Token == "" {
		err = errors.New("the server sent no access token")
	}
	return answer.Token, err
}

// reasons are the words of the protocol for why a Send stays closed.
var reasons = map[string]error{
	"send_id_invalid":            ErrGone,
	"password_hash_b64_required": ErrPasswordNeeded,
	"password_hash_b64_invalid":  ErrWrongPassword,
	"email_required":             ErrEmailNeeded,
	"email_and_otp_required":     ErrCodeNeeded,
}

// do asks as the recipient.
func (v visit) do(ctx context.Context, path string, in, out any) error {
	header := func(h http.Header, contentType string) {
		h.Set("Accept", "application/json")
		if contentType != "" {
			h.Set("Content-Type", contentType)
		}
		if v.token != "" {
			h.Set("Authorization", "Bearer "+v.token)
		}
	}
	return gone(exchange.Do(ctx, v.http, exchange.Request{Method: http.MethodPost, URL: v.link.Server + path, In: in, Header: header}, out))
}

// gone says in a recipient's words what the server says.
func gone(err error) error {
	if exchange.IsNotFound(err) {
		return ErrGone
	}
	return err
}
