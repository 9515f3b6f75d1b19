package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The hard limits. Good sizes are much smaller: functions about 10 lines, files
// about 120. What rots a house is always the tail.
const (
	maxFile     = 500
	maxTestFile = 900
	maxFunc     = 80
	maxPackage  = 3000
)

// exempt are files that are long for a reason; the list may only shrink.
var exempt = map[string]string{}

func TestNothingGrowsWithoutBound(t *testing.T) {
	for _, p := range packages(t) {
		name, total := strings.TrimPrefix(p.ImportPath, module), 0
		for _, file := range p.GoFiles {
			n := lines(t, filepath.Join(p.Dir, file))
			total += n
			if n > maxFile && exempt[name+"/"+file] == "" {
				t.Errorf("%s/%s has %d lines, more than %d: split it by idea", name, file, n, maxFile)
			}
			longFunctions(t, name, filepath.Join(p.Dir, file))
		}
		for _, file := range p.TestGoFiles {
			if n := lines(t, filepath.Join(p.Dir, file)); n > maxTestFile {
				t.Errorf("%s/%s has %d lines, more than %d", name, file, n, maxTestFile)
			}
		}
		if total > maxPackage {
			t.Errorf("%s has %d lines, more than %d: it holds more than one idea", name, total, maxPackage)
		}
	}
}

func lines(t *testing.T, path string) int {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Count(string(b), "\n")
}

func longFunctions(t *testing.T, name, path string) {
	t.Helper()
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Name.Name == "Routes" { // a table of routes is as long as there are routes
			continue
		}
		if n := set.Position(fn.End()).Line - set.Position(fn.Pos()).Line; n > maxFunc {
			t.Errorf("%s: %s has %d lines, more than %d", name, fn.Name.Name, n, maxFunc)
		}
	}
}
