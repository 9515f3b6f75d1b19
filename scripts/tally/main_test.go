package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestGoReport(t *testing.T) {
	for name, c := range map[string]struct {
		events string
		want   counts
		prints string
	}{
		"passed, failed and skipped tests are counted": {
			events: `{"Action":"pass","Package":"p","Test":"A"}
{"Action":"output","Package":"p","Test":"B","Output":"b went wrong\n"}
{"Action":"fail","Package":"p","Test":"B"}
{"Action":"skip","Package":"p","Test":"C"}
{"Action":"fail","Package":"p"}`,
			want:   counts{passed: 1, failed: 1, skipped: 1},
			prints: "b went wrong",
		},
		"a package that does not build is one failure": {
			events: `{"ImportPath":"p","Action":"build-output","Output":"p.go:1: undefined: x\n"}
{"Action":"fail","Package":"p"}`,
			want:   counts{failed: 1},
			prints: "undefined: x",
		},
		"a package without tests counts for nothing": {
			events: `{"Action":"skip","Package":"p"}`,
			want:   counts{},
		},
		"lines that are not JSON are shown": {
			events: `go: cannot find main module`,
			prints: "cannot find main module",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			got, err := goReport(strings.NewReader(c.events), &out)
			if err != nil {
				t.Fatal(err)
			}
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			if !strings.Contains(out.String(), c.prints) {
				t.Errorf("output %q lacks %q", out.String(), c.prints)
			}
		})
	}
}

func TestWebReport(t *testing.T) {
	for name, c := range map[string]struct {
		report string
		want   counts
		fails  bool
	}{
		"counts": {
			report: `{"numPassedTests":3,"numFailedTests":1,"numPendingTests":2,"numTodoTests":0,"testResults":[]}`,
			want:   counts{passed: 3, failed: 1, skipped: 2},
		},
		"a file that does not load is a failure": {
			report: `{"numPassedTests":3,"numFailedTests":0,"testResults":[{"status":"failed","assertionResults":[]}]}`,
			want:   counts{passed: 3, failed: 1},
		},
		"a report of something else": {report: `{}`, fails: true},
		"no report":                  {report: ``, fails: true},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := webReport(strings.NewReader(c.report))
			if (err != nil) != c.fails {
				t.Fatalf("error %v, want one: %v", err, c.fails)
			}
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}
