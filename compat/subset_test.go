//go:build compat

package compat

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// onlyAsked reduces an answer to the members that were asked for, at every depth:
// the client adds members of its own (ids, dates, checksums) that differ each time.
func onlyAsked(want, got any) any {
	switch want := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return got
		}
		kept := map[string]any{}
		for k, w := range want {
			if v, there := g[k]; there {
				kept[k] = onlyAsked(w, v)
			} else if w == nil {
				kept[k] = nil // absent and null are one thing for every client
			}
		}
		return kept
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(want) {
			return got
		}
		kept := make([]any, len(g))
		for i := range g {
			kept[i] = onlyAsked(want[i], g[i])
		}
		return kept
	}
	return got
}

// mustHold fails unless every member of want is in got, with the same value.
func mustHold(t testing.TB, what string, want, got map[string]any) {
	t.Helper()
	if diff := cmp.Diff(any(want), onlyAsked(want, got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// fixtures are the items in testdata/items by file name.
func fixtures(t testing.TB) map[string]map[string]any {
	t.Helper()
	files, err := filepath.Glob("testdata/items/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no items in testdata: %v", err)
	}
	items := map[string]map[string]any{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var item map[string]any
		if err := json.Unmarshal(b, &item); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		items[strings.TrimSuffix(filepath.Base(f), ".json")] = item
	}
	return items
}

// with copies an object and changes one of its members.
func with(object map[string]any, member string, value any) map[string]any {
	changed := map[string]any{}
	for k, v := range object {
		changed[k] = v
	}
	changed[member] = value
	return changed
}

func names(items []map[string]any) []string {
	list := []string{}
	for _, item := range items {
		list = append(list, item["name"].(string))
	}
	return list
}
