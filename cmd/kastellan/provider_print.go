package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/internal/app"
)

// table is what a command prints for people: a line of headings, and rows.
type table struct {
	head []string
	rows [][]string
}

func (t *table) add(cells ...any) {
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = printable(fmt.Sprint(c))
	}
	t.rows = append(t.rows, row)
}

// printable takes out of a text what would steer a terminal: names come from
// other people.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return '?'
		}
		return r
	}, text)
}

func (t *table) print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{t.head}, t.rows...) {
		if _, err := fmt.Fprintln(w, strings.Join(row, "\t")); err != nil {
			return err
		}
	}
	return w.Flush()
}

// show prints v for programs, or the table that describe makes of it for people.
func show[T any](c console, output string, v T, describe func(v T) table) error {
	if output == "json" {
		enc := json.NewEncoder(c.out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(v)
	}
	t := describe(v)
	return t.print(c.out)
}

func yesNo(v bool) string {
	if v {
		return "yes"
	}
	return "no"
}

// or is the text, or what stands for none.
func or(text, none string) string {
	if text == "" {
		return none
	}
	return text
}

// count puts a number before a word in its right form.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// worded is an error in words: what a server said without the number that it said
// it with.
func worded(err error) string {
	if refusal, ok := errors.AsType[*client.Error](err); ok {
		return strings.TrimSuffix(err.Error(), fmt.Sprintf(" (%d)", refusal.Status))
	}
	return app.Sentence(err)
}
