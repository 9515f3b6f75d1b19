package event

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/kastellan/kastellan/internal/fault"
)

// Category is a family of kinds that a log can be filtered by.
type Category string

// categories are the first and the last kind of each family.
var categories = map[Category][2]Type{
	"user": {1000, 1099}, "item": {1100, 1199}, "collection": {1300, 1399}, "group": {1400, 1499}, "member": {1500, 1599},
	"organization": {1600, 1699}, "policy": {1700, 1799}, "provider": {1800, 1999}, "domain": {2000, 2099},
	"send": {2500, 2599},
}

// ParseCategories reads a list with commas between; an empty one is all.
func ParseCategories(list string) ([]Category, error) {
	if list == "" {
		return nil, nil
	}
	var out []Category
	for name := range strings.SplitSeq(list, ",") {
		c := Category(strings.TrimSpace(name))
		if _, known := categories[c]; !known {
			return nil, fault.Newf(fault.Invalid, "An event is of no such type; there are %s.", joined(slices.Sorted(maps.Keys(categories))))
		}
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out, nil
}

func joined(names []Category) string {
	text := make([]string, len(names))
	for i, n := range names {
		text[i] = string(n)
	}
	return strings.Join(text, ", ")
}

// maxTypes bounds how many kinds one may ask for.
const maxTypes = 100

// ParseTypes reads a list of kinds by their numbers, with commas between.
func ParseTypes(list string) ([]Type, error) {
	if list == "" {
		return nil, nil
	}
	var out []Type
	for number := range strings.SplitSeq(list, ",") {
		n, err := strconv.ParseUint(strings.TrimSpace(number), 10, 16)
		if err != nil || len(out) == maxTypes {
			return nil, fault.Newf(fault.Invalid, "Kinds of events are at most %d numbers with commas between.", maxTypes)
		}
		out = append(out, Type(n))
	}
	return out, nil
}

// ofKinds is the condition that an event is in one of the categories or of one of
// the types. All are numbers, so that they may stand in the statement.
func ofKinds(list []Category, types []Type) string {
	var either []string
	for _, c := range list {
		either = append(either, fmt.Sprintf("type BETWEEN %d AND %d", categories[c][0], categories[c][1]))
	}
	for _, t := range types {
		either = append(either, fmt.Sprintf("type = %d", t))
	}
	return "(" + strings.Join(either, " OR ") + ")"
}
