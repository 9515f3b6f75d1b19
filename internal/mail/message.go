package mail

import (
	"bytes"
	"embed"
	"fmt"
	htmltemplate "html/template"
	"net/mail"
	"net/url"
	"strings"
	"text/template"
	"time"
	"unicode"
)

// Message is a letter that is ready to be sent.
type Message struct {
	To      string
	Subject string
	Text    string
	HTML    string
}

// Lang is a language that letters are written in.
type Lang string

// The languages.
const (
	English Lang = "en"
	German  Lang = "de"
)

// LangOf picks the language for a culture such as "de-AT"; English is for all
// that are not German.
func LangOf(culture string) Lang {
	if base, _, _ := strings.Cut(strings.ToLower(culture), "-"); base == "de" {
		return German
	}
	return English
}

//go:embed templates
var sources embed.FS

var (
	letters = map[Lang]*template.Template{English: parse(English), German: parse(German)}
	page    = htmltemplate.Must(htmltemplate.ParseFS(sources, "templates/page.html"))
)

func parse(lang Lang) *template.Template {
	name := string(lang) + ".tmpl"
	return template.Must(template.New(name).Funcs(template.FuncMap{
		"said": said,
		"when": func(t time.Time) string { return when(lang, t) },
	}).ParseFS(sources, "templates/"+name))
}

// Render writes a letter to one address.
func Render(lang Lang, to string, l Letter) (Message, error) {
	addr, err := mail.ParseAddress(to)
	if err != nil || addr.Address != to {
		return Message{}, fmt.Errorf("render a letter: the recipient is not a bare address")
	}
	t, ok := letters[lang]
	if !ok {
		return Message{}, fmt.Errorf("render a letter: no language %q", lang)
	}
	parts := map[string]string{}
	for _, part := range []string{"subject", "body", "action", "link", "code", "reason"} {
		name := l.kind() + "." + part
		if t.Lookup(name) == nil {
			continue
		}
		var b strings.Builder
		if err := t.ExecuteTemplate(&b, name, l); err != nil {
			return Message{}, fmt.Errorf("render %s: %w", name, err)
		}
		parts[part] = strings.TrimSpace(b.String())
	}
	return layout(lang, addr.Address, parts)
}

// content is what both layouts show.
type content struct {
	Lang       Lang
	Subject    string
	Paragraphs []string
	Action     string
	Link       string
	Code       string
	Reason     string
}

func layout(lang Lang, to string, parts map[string]string) (Message, error) {
	c := content{
		Lang: lang, Subject: oneLine(parts["subject"]), Action: parts["action"], Code: parts["code"], Reason: parts["reason"],
		Paragraphs: paragraphs(parts["body"]),
	}
	if raw := parts["link"]; raw != "" {
		u, err := url.Parse(raw)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") {
			return Message{}, fmt.Errorf("render a letter: its link is not an address of the web")
		}
		c.Link = raw
	}
	var html bytes.Buffer
	if err := page.Execute(&html, c); err != nil {
		return Message{}, fmt.Errorf("render a letter: %w", err)
	}
	return Message{To: to, Subject: c.Subject, Text: c.text(), HTML: html.String()}, nil
}

func (c content) text() string {
	blocks := append([]string{}, c.Paragraphs...)
	if c.Code != "" {
		blocks = append(blocks, "    "+c.Code)
	}
	if c.Link != "" {
		blocks = append(blocks, c.Action+":\n"+c.Link)
	}
	return strings.Join(append(blocks, "-- \n"+c.Reason), "\n\n") + "\n"
}

// paragraphs joins the lines of the template's source; a blank line parts paragraphs.
func paragraphs(body string) []string {
	var list []string
	for p := range strings.SplitSeq(body, "\n\n") {
		if p = oneLine(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// said makes harmless what a person typed: one line of bounded length without
// control or direction characters, and nothing that mail programs turn into a
// link, since a stranger can put any name into an invitation.
func said(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
	s = oneLine(s)
	if runes := []rune(s); len(runes) > 100 {
		s = string(runes[:100]) + "…"
	}
	s = strings.ReplaceAll(s, "://", ": //")
	// A word joiner after a dot or an at sign is invisible, and ends an address.
	return strings.NewReplacer(".", ".\u2060", "@", "@\u2060").Replace(s)
}

func when(lang Lang, t time.Time) string {
	if lang == German {
		return t.UTC().Format("02.01.2006 um 15:04 Uhr (UTC)")
	}
	return t.UTC().Format("2006-01-02 at 15:04 (UTC)")
}
