package secondfactor_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/secondfactor"
)

// rfcKey is the key of the RFC's vectors, "12345678901234567890".
const rfcKey = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

func key(t *testing.T, text string) secondfactor.Key {
	t.Helper()
	k, err := secondfactor.ParseKey(text)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// The vectors of RFC 6238, appendix B, for SHA-1; of their eight digits apps show
// the last six. 20000000000 is beyond 32 bits.
func TestCodesAreThoseOfTheRFC(t *testing.T) {
	for _, c := range []struct {
		at   int64
		want string
	}{
		{59, "94287082"}, {1111111109, "07081804"}, {1111111111, "14050471"},
		{1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"},
	} {
		got := key(t, rfcKey).Code(secondfactor.StepOf(time.Unix(c.at, 0)))
		if want := c.want[2:]; got != want {
			t.Errorf("at %d: got %s, want %s", c.at, got, want)
		}
	}
}

func TestCheck(t *testing.T) {
	k, now := key(t, rfcKey), time.Unix(1_800_000_015, 0)
	step := secondfactor.StepOf(now)
	code := k.Code
	for _, c := range []struct {
		name, code string
		last, want int64 // want 0: refused
	}{
		{"of now", code(step), 0, step},
		{"one step late", code(step - 1), 0, step - 1},
		{"one step early", code(step + 1), 0, step + 1},
		{"two steps late", code(step - 2), 0, 0},
		{"two steps early", code(step + 2), 0, 0},
		{"used before", code(step), step, 0},
		{"older than the last used", code(step - 1), step, 0},
		{"newer than the last used", code(step + 1), step, step + 1},
		{"in two groups", code(step)[:3] + " " + code(step)[3:], 0, step},
		{"too short", code(step)[:5], 0, 0},
		{"too long", code(step) + "0", 0, 0},
		{"empty", "", 0, 0},
		{"of another key", secondfactor.NewKey().Code(step), 0, 0},
	} {
		got, right := k.Check(c.code, now, c.last)
		if got != c.want || right != (c.want != 0) {
			t.Errorf("%s: got %d, %v, want %d", c.name, got, right, c.want)
		}
	}
}

func TestKeys(t *testing.T) {
	a, b := secondfactor.NewKey(), secondfactor.NewKey()
	if a == b {
		t.Error("two keys are the same")
	}
	if got := key(t, strings.ToLower(a.Text()[:4]+" "+a.Text()[4:])); got != a {
		t.Error("a key that was copied by hand reads as another")
	}
	for _, bad := range []string{"", "GEZDGNBV", rfcKey + "GEZDGNBV", strings.Repeat("1", 32), rfcKey[:31]} {
		if _, err := secondfactor.ParseKey(bad); err == nil {
			t.Errorf("%q was taken for a key", bad)
		}
	}
	for _, format := range []string{"%v", "%s", "%+v", "%#v"} {
		if shown := fmt.Sprintf(format, a); shown != "Key(redacted)" {
			t.Errorf("%s shows %s", format, shown)
		}
	}
}

func TestRecoveryCodes(t *testing.T) {
	a, b := secondfactor.NewRecoveryCode(), secondfactor.NewRecoveryCode()
	if a == b || !regexp.MustCompile(`^[a-z2-7]{32}$`).MatchString(a) {
		t.Errorf("got %q and %q, want different ones of 32 letters and digits", a, b)
	}
	for _, c := range []struct {
		name, want, typed string
		same              bool
	}{
		{"as it is", a, a, true},
		{"in groups of four and capitals", a, " " + strings.ToUpper(a[:4]+" "+a[4:]) + "\n", true},
		{"another", a, b, false},
		{"a part", a, a[:31], false},
		{"no code at all", "", "", false},
	} {
		if got := secondfactor.SameRecoveryCode(c.want, c.typed); got != c.same {
			t.Errorf("%s: got %v, want %v", c.name, got, c.same)
		}
	}
}

// Whatever reads as a key is written back as one that reads the same.
func FuzzParseKey(f *testing.F) {
	f.Add(rfcKey)
	f.Add(strings.ToLower(rfcKey[:4] + " " + rfcKey[4:]))
	f.Add("=")
	f.Fuzz(func(t *testing.T, text string) {
		k, err := secondfactor.ParseKey(text)
		if err != nil {
			return
		}
		if again, err := secondfactor.ParseKey(k.Text()); err != nil || again != k {
			t.Errorf("%q reads as a key that is not read again: %v", text, err)
		}
	})
}
