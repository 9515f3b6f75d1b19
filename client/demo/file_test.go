package demo

import (
	"bytes"
	"fmt"
	"image/png"
	"regexp"
	"strconv"
	"testing"
)

func TestFilesAreWhatTheirNamesSay(t *testing.T) {
	body, err := picture("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(body)); err != nil {
		t.Errorf("picture: %v", err)
	}
	pdf, err := page("Invented")
	if err != nil {
		t.Fatal(err)
	}
	// Programs find the parts of a PDF by their places only.
	for i, m := range regexp.MustCompile(`(?m)^(\d{10}) 00000 n `).FindAllSubmatch(pdf, -1) {
		place, _ := strconv.Atoi(string(m[1]))
		if want := fmt.Sprintf("%d 0 obj", i+1); !bytes.HasPrefix(pdf[place:], []byte(want)) {
			t.Errorf("object %d is not at %d", i+1, place)
		}
	}
	start := regexp.MustCompile(`startxref\n(\d+)\n`).FindSubmatch(pdf)
	if at, _ := strconv.Atoi(string(start[1])); !bytes.HasPrefix(pdf[at:], []byte("xref")) {
		t.Errorf("the table is not at %d", at)
	}
}

// enclosures is how many files the story has.
func enclosures() int {
	n := 3 // the administrator's own
	for _, c := range customers {
		for i := range c.items {
			n += len(enclosed(i))
		}
	}
	return n
}
