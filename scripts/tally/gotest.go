package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// goEvent is one line of go test -json.
type goEvent struct {
	Action, Package, ImportPath, Test, Output string
	Elapsed                                   float64
}

// goTally follows one run; output is kept per test and shown only for those that failed.
type goTally struct {
	counts
	out         io.Writer
	output      map[string][]string
	failedTests map[string]int
}

func goReport(in io.Reader, out io.Writer) (counts, error) {
	t := goTally{out: out, output: map[string][]string{}, failedTests: map[string]int{}}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e goEvent
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Fprintln(out, lines.Text()) // the tool chain's own messages are not JSON
			continue
		}
		t.event(e)
	}
	return t.counts, lines.Err()
}

func (t *goTally) event(e goEvent) {
	key := e.Package + " " + e.Test
	switch e.Action {
	case "build-output":
		fmt.Fprint(t.out, e.Output)
	case "output":
		t.output[key] = append(t.output[key], e.Output)
	case "pass":
		t.pass(e)
		delete(t.output, key)
	case "skip":
		t.skip(e)
		delete(t.output, key)
	case "fail":
		t.fail(e, key)
		delete(t.output, key)
	}
}

func (t *goTally) pass(e goEvent) {
	if e.Test != "" {
		t.passed++
		return
	}
	fmt.Fprintf(t.out, "ok    %s (%.1f s)\n", e.Package, e.Elapsed)
}

// A package without test files counts as skipped for go test, not for us.
func (t *goTally) skip(e goEvent) {
	if e.Test != "" {
		t.skipped++
	}
}

func (t *goTally) fail(e goEvent, key string) {
	for _, line := range t.output[key] {
		fmt.Fprint(t.out, line)
	}
	if e.Test != "" {
		t.failed++
		t.failedTests[e.Package]++
		return
	}
	// A package that does not build, or panics outside a test, has no failed test of its own.
	if t.failedTests[e.Package] == 0 {
		t.failed++
	}
	fmt.Fprintf(t.out, "FAIL  %s\n", e.Package)
}
