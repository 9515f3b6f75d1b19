package config

import (
	"fmt"
	"io"
	"net/url"
	"reflect"
	"strings"
	"text/tabwriter"
)

// Show prints every setting with its value and origin. Secrets are hidden.
func (c *Config) Show(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, k := range Keys() {
		fmt.Fprintf(tw, "%s\t%s\t%s\n", k.Name, c.shown(k), c.origins[k.Name])
	}
	return tw.Flush()
}

func (c *Config) shown(k Key) string {
	v := reflect.ValueOf(c).Elem().Field(k.index)
	if k.Name == "database_url" {
		return redactURL(c.DatabaseURL.Reveal())
	}
	text := fmt.Sprint(v.Interface())
	if v.Kind() == reflect.Slice {
		text = strings.ReplaceAll(strings.Trim(text, "[]"), " ", ",")
	}
	if text == "" {
		return "(empty)"
	}
	return text
}

// redactURL shows host and name of the database, which people look for, but
// neither the password nor the query, where pgx accepts a password as well.
func redactURL(raw string) string {
	if raw == "" {
		return "(empty)"
	}
	u, err := url.Parse(raw)
	if err != nil {
		return Secret(raw).String()
	}
	u.RawQuery = ""
	return u.Redacted()
}
