// Tally turns the machine-readable report of a test runner into one closing
// line per suite, "name: N passed, N failed, N skipped", and fails when a test
// failed or when none ran.
//
//	go test -json ./... | tally go NAME
//	tally report NAME report.json     (what vitest and Playwright's JSON reporters write)
package main

import (
	"fmt"
	"os"
)

// counts is what a suite's closing line says.
type counts struct {
	passed, failed, skipped int
}

func main() {
	sum, name, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "tally:", err)
		os.Exit(2)
	}
	fmt.Printf("%s: %d passed, %d failed, %d skipped\n", name, sum.passed, sum.failed, sum.skipped)
	if sum.failed > 0 || sum.passed == 0 {
		os.Exit(1)
	}
}

func run(args []string) (counts, string, error) {
	switch {
	case len(args) == 2 && args[0] == "go":
		sum, err := goReport(os.Stdin, os.Stdout)
		return sum, args[1], err
	case len(args) == 3 && args[0] == "report":
		f, err := os.Open(args[2])
		if err != nil {
			return counts{}, "", err
		}
		defer f.Close()
		sum, err := webReport(f)
		return sum, args[1], err
	}
	return counts{}, "", fmt.Errorf("usage: tally go NAME | tally report NAME FILE")
}
