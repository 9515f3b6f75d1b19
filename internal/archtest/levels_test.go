// Package archtest holds the house to its plan: imports point up, each table
// has one writer, packages say what they own, and nothing grows without bound.
package archtest

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/kastellan/kastellan/"

// levels is the plan, top to bottom: a package may import what stands above it.
// Packages of one line form one storey and import nothing of each other, except
// where order says that they stand in a row.
var levels = []struct {
	name     string
	inOrder  bool // within the storey, each may import those before it
	packages []string
}{
	{"words", true, []string{"internal/id", "internal/fault", "internal/reqctx", "internal/encstring"}},
	{"mechanisms", true, []string{"internal/db", "internal/localca", "internal/token", "internal/secondfactor", "internal/passhash", "internal/ratelimit", "internal/mail", "internal/push", "internal/blob"}},
	{"what every domain writes", false, []string{"internal/event"}},
	{"domains", true, []string{"internal/account", "internal/authrequest", "internal/access", "internal/tenant", "internal/org", "internal/policy", "internal/claim", "internal/vault", "internal/send", "internal/provider", "internal/baseline"}},
	{"flows", false, []string{"internal/login", "internal/enroll", "internal/recovery", "internal/offboard", "internal/rotate", "internal/syncview", "internal/audit", "internal/overview"}},
	{"habits of surfaces", false, []string{"internal/wire"}},
	{"surfaces", false, []string{"internal/api/identity", "internal/api/accounts", "internal/api/vault", "internal/api/orgs", "internal/api/providers", "internal/api/sends", "internal/api/events", "internal/api/public", "internal/api/fleet", "internal/api/live"}},
	{"the web app", true, []string{"web", "internal/web", "internal/config"}},
	{"wiring", false, []string{"internal/app"}},
	{"clients of our API", true, []string{"client", "client/attachment", "client/send", "client/portal", "client/fleet", "client/demo"}},
	{"commands", false, []string{"cmd/kastellan"}},
	{"tests only", true, []string{"internal/dbtest", "internal/blobtest", "internal/orgtest", "internal/apitest", "internal/archtest", "compat", "bench", "scripts"}},
}

type pkg struct {
	ImportPath  string
	Dir         string
	Doc         string
	Imports     []string
	GoFiles     []string
	TestGoFiles []string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Dir,Doc,Imports,GoFiles,TestGoFiles", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var list []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p pkg
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

func TestImportsPointUp(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		if place(name) == nil {
			t.Errorf("package %s has no level: give it one in the table", name)
			continue
		}
		for _, imported := range p.Imports {
			target, ours := strings.CutPrefix(imported, module)
			if ours && !mayImport(name, target) {
				t.Errorf("%s imports %s, which does not stand above it", name, target)
			}
		}
		if place(name)[0] == 0 {
			onlyStandardLibrary(t, name, p.Imports)
		}
	}
}

func onlyStandardLibrary(t *testing.T, name string, imports []string) {
	t.Helper()
	for _, imported := range imports {
		first, _, _ := strings.Cut(imported, "/")
		if strings.Contains(first, ".") && !strings.HasPrefix(imported, module) {
			t.Errorf("%s is a word and imports %s: words import the standard library only", name, imported)
		}
	}
}

// place is the storey of a package and its place there; nil when it has none.
func place(name string) []int {
	for storey, l := range levels {
		// Subpackages such as client/internal/… live with their parent.
		i := slices.IndexFunc(l.packages, func(p string) bool { return p == name })
		if i < 0 {
			i = slices.IndexFunc(l.packages, func(p string) bool { return strings.HasPrefix(name, p+"/") })
		}
		if i >= 0 {
			return []int{storey, i}
		}
	}
	return nil
}

func mayImport(from, to string) bool {
	f, t := place(from), place(to)
	switch {
	case f == nil || t == nil:
		return false
	case f[0] != t[0]:
		return t[0] < f[0]
	case f[1] == t[1]:
		return true // a package and its own subpackages
	}
	return levels[f[0]].inOrder && t[1] < f[1]
}

func TestMayImportKnowsUpFromDown(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"internal/vault", "internal/access", true},
		{"internal/access", "internal/vault", false},
		{"internal/login", "internal/enroll", false},
		{"internal/db", "internal/account", false},
		{"internal/api/orgs", "internal/org", true},
		{"internal/api/orgs", "internal/api/vault", false},
		{"internal/id", "internal/app", false},
	} {
		if got := mayImport(c.from, c.to); got != c.want {
			t.Errorf("mayImport(%s, %s) = %v, want %v", c.from, c.to, got, c.want)
		}
	}
}

func TestEveryPackageSaysWhatItOwns(t *testing.T) {
	for _, p := range packages(t) {
		if len(p.GoFiles) > 0 && len(p.Doc) < 40 {
			t.Errorf("%s has no package comment that says what it owns", p.ImportPath)
		}
	}
}
