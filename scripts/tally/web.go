package main

import (
	"encoding/json"
	"errors"
	"io"
)

// webReport reads the summary that vitest's JSON reporter writes.
func webReport(in io.Reader) (counts, error) {
	var report struct {
		Passed      *int `json:"numPassedTests"`
		Failed      int  `json:"numFailedTests"`
		Pending     int  `json:"numPendingTests"`
		Todo        int  `json:"numTodoTests"`
		TestResults []struct {
			Status     string            `json:"status"`
			Assertions []json.RawMessage `json:"assertionResults"`
		} `json:"testResults"`
	}
	if err := json.NewDecoder(in).Decode(&report); err != nil {
		return counts{}, err
	}
	if report.Passed == nil {
		return counts{}, errors.New("the report holds no test counts")
	}
	sum := counts{passed: *report.Passed, failed: report.Failed, skipped: report.Pending + report.Todo}
	// A file that does not load fails without a single test in it.
	for _, file := range report.TestResults {
		if file.Status == "failed" && len(file.Assertions) == 0 {
			sum.failed++
		}
	}
	return sum, nil
}
