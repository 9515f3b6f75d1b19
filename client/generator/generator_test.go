package generator

import (
	"errors"
	"regexp"
	"strings"
	"testing"
)

func count(s, letters string) (n int) {
	for _, r := range s {
		if strings.ContainsRune(letters, r) {
			n++
		}
	}
	return n
}

func TestPasswordKeepsItsOptions(t *testing.T) {
	o := PasswordOptions{Length: 20, Upper: Class{true, 3}, Digits: Class{true, 0}, Special: Class{true, 4}, AvoidAmbiguous: true}
	seen := make(map[string]bool)
	for range 300 {
		got, err := Password(o)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case len(got) != 20:
			t.Errorf("%q: got %d characters, want 20", got, len(got))
		case count(got, upper) < 3, count(got, digits) < 1, count(got, special) < 4:
			t.Errorf("%q misses a minimum", got)
		case count(got, lower) > 0, count(got, ambiguous) > 0:
			t.Errorf("%q holds a character that was not asked for", got)
		case seen[got]:
			t.Errorf("%q came twice", got)
		}
		seen[got] = true
	}
}

// The minima are drawn first, so without the shuffle the first character would
// always be a capital.
func TestPasswordIsShuffled(t *testing.T) {
	first := make(map[bool]int)
	for range 200 {
		got, err := Password(DefaultPassword())
		if err != nil {
			t.Fatal(err)
		}
		first[strings.ContainsAny(got[:1], upper)]++
	}
	if first[false] == 0 || first[true] == 0 {
		t.Errorf("first characters: %v", first)
	}
}

func TestPasswordRefuses(t *testing.T) {
	tests := map[string]PasswordOptions{
		"too short":                 {Length: 4, Lower: Class{true, 1}},
		"too long":                  {Length: 129, Lower: Class{true, 1}},
		"no class":                  {Length: 14},
		"minima beyond the length":  {Length: 5, Lower: Class{true, 3}, Upper: Class{true, 3}},
		"minimum outside its range": {Length: 20, Lower: Class{true, 10}},
	}
	for name, o := range tests {
		if got, err := Password(o); !errors.Is(err, ErrOptions) {
			t.Errorf("%s: got %q, %v, want %v", name, got, err, ErrOptions)
		}
	}
}

func TestPassphrase(t *testing.T) {
	tests := []struct {
		name string
		o    PassphraseOptions
		want string
		err  error
	}{
		{"default", DefaultPassphrase(), `^[a-z]+(-[a-z]+){5}$`, nil},
		{"capital and number", PassphraseOptions{3, "_", true, true}, `^[A-Z][a-z]+\d?(_[A-Z][a-z]+\d?){2}$`, nil},
		{"no separator", PassphraseOptions{Words: 4}, `^[a-z]+$`, nil},
		{"two words", PassphraseOptions{Words: 2}, "", ErrOptions},
		{"long separator", PassphraseOptions{Words: 4, Separator: "--"}, "", ErrOptions},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for range 50 {
				got, err := Passphrase(test.o)
				if !errors.Is(err, test.err) {
					t.Fatalf("got %v, want %v", err, test.err)
				}
				if err == nil && !regexp.MustCompile(test.want).MatchString(got) {
					t.Errorf("%q does not match %s", got, test.want)
				}
				if test.o.Number && count(got, digits) != 1 {
					t.Errorf("%q: want one digit", got)
				}
			}
		})
	}
}

func TestUsernames(t *testing.T) {
	if got := UsernameWord(true); !regexp.MustCompile(`^[A-Z][a-z]+\d{4}$`).MatchString(got) {
		t.Errorf("word: got %q", got)
	}
	if got, err := UsernamePlus("ann@example.test"); err != nil || !regexp.MustCompile(`^ann\+[a-z0-9]{8}@example\.test$`).MatchString(got) {
		t.Errorf("plus: got %q, %v", got, err)
	}
	if got, err := UsernameCatchAll(" @example.test"); err != nil || !regexp.MustCompile(`^[a-z0-9]{8}@example\.test$`).MatchString(got) {
		t.Errorf("catch-all: got %q, %v", got, err)
	}
	if _, err := UsernamePlus("nobody"); !errors.Is(err, ErrOptions) {
		t.Errorf("no address: got %v, want %v", err, ErrOptions)
	}
}
