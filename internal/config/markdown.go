package config

import (
	"fmt"
	"io"
	"strings"
)

const markdownHead = `# Configuration

Made from the settings' own descriptions; change those, then run ` + "`go generate ./internal/config`" + `.

Each setting has one name in three spellings. In a file (TOML), named by ` + "`--config`" + ` or ` + "`KASTELLAN_CONFIG`" + `: ` + "`public_url = \"…\"`" + `.
In the environment: ` + "`KASTELLAN_PUBLIC_URL`" + `. As a flag: ` + "`--public-url`" + `. Flags win over the environment, the environment over the file.
Settings marked with *file* also exist with ` + "`_file`" + ` at the end of the name: the value is then read from the file named there.

A name that Kastellan does not know stops it, with the nearest name that it knows. ` + "`kastellan config check`" + ` says
what is wrong; ` + "`kastellan config show`" + ` prints every value and where it came from, with secrets hidden.
`

// Markdown writes the reference page of all settings.
func Markdown(w io.Writer) error {
	var b strings.Builder
	b.WriteString(markdownHead)
	group := ""
	for _, k := range Keys() {
		if k.Group != group {
			group = k.Group
			fmt.Fprintf(&b, "\n## %s\n\n| name | default | meaning |\n|---|---|---|\n", group)
		}
		fallback := "empty"
		if k.Default != "" {
			fallback = "`" + k.Default + "`"
		}
		marks := ""
		if k.HasFile {
			marks = " *file*"
		}
		fmt.Fprintf(&b, "| `%s`%s | %s | %s |\n", k.Name, marks, fallback, strings.ReplaceAll(k.Doc, "|", `\|`))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
