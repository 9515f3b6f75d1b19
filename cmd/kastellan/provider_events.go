package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/kastellan/kastellan/client/fleet"
)

type logCmd struct {
	List   logListCmd   `cmd:"" help:"Show the newest entries."`
	Export logExportCmd `cmd:"" help:"Write all entries, the newest first, as lines of JSON or as CSV."`
}

// logFilter says which entries are wanted.
type logFilter struct {
	remote
	Start      string   `placeholder:"DATE" help:"From this day or moment on: 2030-01-31, or 2030-01-31T12:00:00Z. Without start and end: the last 30 days."`
	End        string   `placeholder:"DATE" help:"To this day or moment."`
	Clients    []string `name:"client" placeholder:"CLIENT" help:"Only of this client, by name or id; may be given several times."`
	Categories []string `name:"category" placeholder:"WORD" help:"Only of this category: user, item, collection, group, member, organization, policy, provider, domain."`
	Types      []string `name:"type" placeholder:"NUMBER" help:"Only events of this number."`
}

func (l *logFilter) query(ctx context.Context, f *fleet.Fleet) (fleet.EventQuery, error) {
	q := fleet.EventQuery{Categories: l.Categories, Types: l.Types}
	var err error
	if q.Start, err = moment("start", l.Start, false); err != nil {
		return q, err
	}
	if q.End, err = moment("end", l.End, true); err != nil {
		return q, err
	}
	if len(l.Clients) == 0 {
		return q, nil
	}
	all, err := f.Clients(ctx)
	if err != nil {
		return q, err
	}
	q.Clients, err = picked(all, l.Clients)
	return q, err
}

// moment reads a day or a moment; the end of a day is the beginning of the next.
func moment(flag, text string, end bool) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		if end {
			day = day.AddDate(0, 0, 1)
		}
		return day, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, fmt.Errorf("--%s %s: write a day such as 2030-01-31, or a moment such as 2030-01-31T12:00:00Z", flag, text)
	}
	return t, nil
}

// read hands over the entries page by page until take wants no more.
func (l *logFilter) read(ctx context.Context, env environment, take func([]fleet.Event) (more bool, err error)) error {
	f, err := l.fleet(env)
	if err != nil {
		return err
	}
	q, err := l.query(ctx, f)
	if err != nil {
		return err
	}
	for after := ""; ; {
		entries, next, err := f.Events(ctx, q, after)
		if err != nil {
			return err
		}
		more, err := take(entries)
		if err != nil || !more || next == "" {
			return err
		}
		after = next
	}
}

type logListCmd struct {
	logFilter
	Limit int `default:"50" placeholder:"N" help:"How many entries."`
}

func (l *logListCmd) Run(ctx context.Context, env environment, c console) error {
	all := []fleet.Event{}
	err := l.read(ctx, env, func(page []fleet.Event) (bool, error) {
		all = append(all, page...)
		return len(all) < l.Limit, nil
	})
	if err != nil {
		return err
	}
	return show(c, l.Output, all[:min(len(all), l.Limit)], func(all []fleet.Event) table {
		t := table{head: []string{"DATE", "TYPE", "CLIENT", "BY", "ABOUT", "ADDRESS"}}
		for _, e := range all {
			t.add(e.Date.UTC().Format(time.RFC3339), e.Type, or(e.ClientName, "-"), or(actor(e), "-"), or(about(e), "-"), or(e.IPAddress, "-"))
		}
		return t
	})
}

// actor is who did it, in the best words that there are.
func actor(e fleet.Event) string {
	switch {
	case e.ActingUserEmail != "":
		return e.ActingUserEmail
	case e.ActingUserID != "":
		return string(e.ActingUserID)
	case e.APIKeyName != "":
		return "API key " + e.APIKeyName
	}
	return e.APIKeyID
}

// about is what it concerns.
func about(e fleet.Event) string {
	for _, text := range []string{e.UserEmail, string(e.UserID), string(e.ItemID), e.CollectionID, string(e.GroupID), string(e.MemberID), e.PolicyID, e.DomainName} {
		if text != "" {
			return text
		}
	}
	return ""
}

type logExportCmd struct {
	logFilter
	Format string `enum:"jsonl,csv" default:"jsonl" help:"jsonl, an object in each line, or csv."`
}

func (l *logExportCmd) Run(ctx context.Context, env environment, c console) error {
	if l.Format == "jsonl" {
		out := json.NewEncoder(c.out)
		out.SetEscapeHTML(false)
		return l.read(ctx, env, func(page []fleet.Event) (bool, error) {
			for _, e := range page {
				if err := out.Encode(e); err != nil {
					return false, err
				}
			}
			return true, nil
		})
	}
	out := csv.NewWriter(c.out)
	if err := out.Write(logColumns); err != nil {
		return err
	}
	err := l.read(ctx, env, func(page []fleet.Event) (bool, error) {
		for _, e := range page {
			if err := out.Write(logLine(e)); err != nil {
				return false, err
			}
		}
		return true, nil
	})
	out.Flush()
	if err != nil {
		return err
	}
	return out.Error()
}

var logColumns = []string{
	"date", "type", "client", "clientId", "actingUser", "actingUserEmail", "actingUserId", "apiKey", "apiKeyId", "user", "userEmail", "userId",
	"memberId", "itemId", "collectionId", "groupId", "policyId", "domain", "ipAddress", "device", "id",
}

func logLine(e fleet.Event) []string {
	device := ""
	if e.Device != nil {
		device = strconv.Itoa(*e.Device)
	}
	line := []string{
		e.Date.UTC().Format(time.RFC3339Nano), strconv.Itoa(e.Type), e.ClientName, string(e.ClientID), e.ActingUserName, e.ActingUserEmail,
		string(e.ActingUserID), e.APIKeyName, e.APIKeyID, e.UserName, e.UserEmail, string(e.UserID),
		string(e.MemberID), string(e.ItemID), e.CollectionID, string(e.GroupID), e.PolicyID, e.DomainName, e.IPAddress, device, e.ID,
	}
	for i, cell := range line {
		line[i] = tame(cell)
	}
	return line
}

// tame keeps spreadsheets from taking a name, which other people choose, for a
// formula.
func tame(cell string) string {
	if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
		return "'" + cell
	}
	return cell
}
