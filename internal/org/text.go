package org

import (
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Addresses reads a list of 1 to 20 addresses, without duplicates.
func Addresses(field string, list []string) ([]string, error) {
	if len(list) == 0 || len(list) > 20 {
		return nil, fault.Field(field, "Invite 1 to 20 people at a time.")
	}
	seen := map[string]bool{}
	out := []string{}
	for _, s := range list {
		a, err := tenant.Address(field, s)
		if err != nil {
			return nil, err
		}
		if !seen[a] {
			seen[a] = true
			out = append(out, a)
		}
	}
	return out, nil
}

// MaxBulk is how many things one request may name.
const MaxBulk = 2000

// Bulk reads a list of ids for a bulk act: not empty, not too long; duplicates
// count once.
func Bulk[T comparable](list []T) ([]T, error) {
	if len(list) == 0 {
		return nil, fault.Field("ids", "Nothing was chosen.")
	}
	if len(list) > MaxBulk {
		return nil, fault.Newf(fault.Invalid, "At most %d can be handled at a time.", MaxBulk)
	}
	return unique(list), nil
}

func unique[T comparable](list []T) []T {
	seen := map[T]bool{}
	out := []T{}
	for _, v := range list {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// missing gives what is in the list and not in the other one.
func missing[T comparable](list, from []T) []T {
	there := map[T]bool{}
	for _, v := range from {
		there[v] = true
	}
	var out []T
	for _, v := range list {
		if !there[v] {
			out = append(out, v)
		}
	}
	return out
}

// atMost bounds a list in a request that may be empty.
func atMost(n int, what string) error {
	if n > MaxBulk {
		return fault.Newf(fault.Invalid, "At most %d %s can be handled at a time.", MaxBulk, what)
	}
	return nil
}

func checkCollectionName(s string) error {
	if !encstring.Symmetric(s, encstring.MaxName) {
		return fault.Field("name", "A collection's name must be encrypted with the organization's key (type 2).")
	}
	return nil
}
