package vectors

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A section that no test loads would be a promise that nobody checks.
func TestEverySectionIsLoadedBySomeTest(t *testing.T) {
	var tests strings.Builder
	for _, pattern := range []string{"*_test.go", "*/*_test.go"} {
		files, err := filepath.Glob(filepath.Join(Root(), pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			tests.Write(text)
		}
	}
	for section := range Sections(t) {
		if !strings.Contains(tests.String(), `Load(t, "`+section+`"`) {
			t.Errorf("no test loads section %q", section)
		}
	}
}
