package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/fleet"
)

func TestNamesDoNotSteerTheTerminal(t *testing.T) {
	var out strings.Builder
	hostile := table{head: []string{"NAME", "ID"}}
	hostile.add("a\x1b[2Jb\nc\t\u202ed", 5)
	if err := hostile.print(&out); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "NAME         ID\na?[2Jb?c??d  5\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNamesAreNoFormulas(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "Meadow Bakery": "Meadow Bakery", "=cmd()": "'=cmd()", "+1": "'+1", "-1": "'-1", "@x": "'@x", "a=b": "a=b", "\tx": "'\tx",
	} {
		if got := tame(cell); got != want {
			t.Errorf("%q became %q, want %q", cell, got, want)
		}
	}
	line := logLine(fleet.Event{Type: 1500, ClientName: "=1+1"})
	if len(line) != len(logColumns) || line[2] != "'=1+1" {
		t.Errorf("line %q", line)
	}
}

func TestDaysAndMoments(t *testing.T) {
	for text, want := range map[string]time.Time{
		"": {}, "2030-01-31": time.Date(2030, 2, 1, 0, 0, 0, 0, time.UTC), "2030-01-31T12:00:00Z": time.Date(2030, 1, 31, 12, 0, 0, 0, time.UTC),
	} {
		if got, err := moment("end", text, true); err != nil || !got.Equal(want) {
			t.Errorf("the end %q is %v, %v; want %v", text, got, err, want)
		}
	}
	if got, err := moment("start", "2030-01-31", false); err != nil || !got.Equal(time.Date(2030, 1, 31, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("the start is %v, %v", got, err)
	}
	if _, err := moment("start", "31.1.2030", false); err == nil {
		t.Error("a day in another spelling was taken")
	}
}

func TestPickingAClient(t *testing.T) {
	all := []fleet.Client{{ID: "1", OrganizationID: "o1", Name: "Bakery"}, {ID: "2", OrganizationID: "o2", Name: "Dairy"}, {ID: "3", OrganizationID: "o3", Name: "DAIRY"}}
	for named, want := range map[string]client.ClientID{"1": "1", "o2": "2", "bakery ": "1", "3": "3", "dairy": "", "x": "", "": ""} {
		if got, err := pick(all, named); got.ID != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q, %v; want %q", named, got.ID, err, want)
		}
	}
}

func TestOnlyRefusalsOfOnePersonLetOthersBeDone(t *testing.T) {
	for _, v := range []struct {
		err  error
		stop bool
	}{
		{nil, false}, {&client.Error{Status: 400}, false}, {&client.Error{Status: 404}, false},
		{&client.Error{Status: 401}, true}, {&client.Error{Status: 429}, true}, {errors.New("no network"), true},
	} {
		if got := stopUnlessRefused(v.err) != nil; got != v.stop {
			t.Errorf("%v stops: %v, want %v", v.err, got, v.stop)
		}
	}
}
