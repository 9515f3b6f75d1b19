package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/kastellan/kastellan/internal/app"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
)

type eventsCmd struct {
	Verify eventsVerifyCmd `cmd:"" help:"Prove that no entry of the audit log was changed, put in or taken out. May run beside the server. Exit status 1 means that something is damaged."`
}

type eventsVerifyCmd struct {
	settings
	Output string `enum:"text,json" default:"text" placeholder:"text" help:"text or json."`
	Anchor string `placeholder:"FILE" type:"path" help:"Write where all logs end to this file, when nothing is damaged. Keep it elsewhere."`
	Since  string `placeholder:"FILE" type:"path" help:"Check that the logs still contain all that this earlier anchor knows of."`
}

func (v *eventsVerifyCmd) Run(ctx context.Context, env environment, c console) error {
	cfg, err := v.load(env)
	if err != nil {
		return err
	}
	var since []byte
	if v.Since != "" {
		if since, err = os.ReadFile(v.Since); err != nil {
			return fmt.Errorf("read the anchor: %w", err)
		}
	}
	base, err := app.Look(ctx, cfg, version, slog.New(slog.NewTextHandler(c.err, nil)))
	if err != nil {
		return err
	}
	verdict, anchor, err := app.VerifyEvents(ctx, base, since)
	if err = errors.Join(err, base.DB.Close()); err != nil {
		return err
	}
	if err := v.print(c.out, verdict); err != nil {
		return err
	}
	if n := len(verdict.Damages); n > 0 {
		return fault.Newf(fault.Conflict, "The audit log is damaged: %s.", plural(n, "finding", "findings"))
	}
	if v.Anchor != "" {
		return writeWhole(v.Anchor, anchor)
	}
	return nil
}

func (v *eventsVerifyCmd) print(out io.Writer, verdict event.Verdict) error {
	if v.Output == "json" {
		enc := json.NewEncoder(out)
		enc.SetIndent("", "  ")
		return enc.Encode(verdictOf(verdict))
	}
	for _, d := range verdict.Damages {
		fmt.Fprintln(out, printable(whose(d.Log)+": "+finding(d))) // whoever damaged a log may have put there what steers a terminal
	}
	fmt.Fprintf(out, "%s read in %s; %d not chained yet; %d removed earlier for their age.\n",
		plural(int(verdict.Entries), "chained entry", "chained entries"), plural(verdict.Logs, "log", "logs"), verdict.Unchained, verdict.Swept)
	if len(verdict.Damages) == 0 {
		fmt.Fprintln(out, "All of them are as the server wrote them.")
	}
	return nil
}

func whose(l event.Log) string {
	switch {
	case l.All():
		return "All logs"
	case l.Kind == "":
		return "Log of " + l.ID + ", which is deleted"
	case l.Name == "":
		return "Log of " + l.Kind + " " + l.ID
	}
	return fmt.Sprintf("Log of %s %q (%s)", l.Kind, l.Name, l.ID)
}

func finding(d event.Damage) string {
	switch {
	case d.Entry == 0:
		return d.What + "."
	case d.ID == "":
		return fmt.Sprintf("entry %d %s.", d.Entry, d.What)
	}
	return fmt.Sprintf("entry %d (%s) %s.", d.Entry, d.ID, d.What)
}

func plural(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// verdictBody is the verdict for programs.
type verdictBody struct {
	Whole     bool         `json:"whole"`
	At        time.Time    `json:"at"`
	Logs      int          `json:"logs"`
	Entries   int64        `json:"entries"`
	Unchained int64        `json:"unchained"`
	Swept     int64        `json:"swept"`
	Damages   []damageBody `json:"damages"`
}

type damageBody struct {
	LogID   string `json:"logId"`
	LogKind string `json:"logKind"`
	LogName string `json:"logName"`
	Entry   int64  `json:"entry"` // 0: the log as a whole
	EntryID string `json:"entryId"`
	What    string `json:"what"`
}

func verdictOf(v event.Verdict) verdictBody {
	out := verdictBody{
		Whole: len(v.Damages) == 0, At: v.Anchor.At, Logs: v.Logs, Entries: v.Entries,
		Unchained: v.Unchained, Swept: v.Swept, Damages: []damageBody{},
	}
	for _, d := range v.Damages {
		out.Damages = append(out.Damages, damageBody{d.Log.ID, d.Log.Kind, d.Log.Name, d.Entry, d.ID, d.What})
	}
	return out
}

// writeWhole writes a file under another name first, so that a crash leaves the
// old one or the new one.
func writeWhole(path string, content []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // 0600
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(content)
	if err = errors.Join(err, temp.Sync(), temp.Close()); err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
