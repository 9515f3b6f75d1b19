package content

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
)

// check walks a struct and holds every member to its tag. Empty texts become
// absent ones, since old clients send them for what is not set.
func check(path string, v reflect.Value) error {
	t := v.Type()
	for i := range t.NumField() {
		field := t.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if err := member(join(path, name), v.Field(i), field.Tag); err != nil {
			return err
		}
	}
	return nil
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func member(path string, v reflect.Value, tag reflect.StructTag) error {
	switch p := v.Addr().Interface().(type) {
	case **string:
		return text(path, p, tag)
	case *int:
		return number(path, p, tag)
	case **int:
		return number(path, *p, tag)
	case **bool:
		return nil
	}
	switch {
	case v.Kind() == reflect.Pointer && v.IsNil():
		return nil
	case v.Kind() == reflect.Pointer:
		return check(path, v.Elem())
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			if err := check(path+"["+strconv.Itoa(i)+"]", v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("content: no rule for %s", path)
}

func text(path string, p **string, tag reflect.StructTag) error {
	if *p != nil && **p == "" {
		*p = nil
	}
	rule, isEnc := tag.Lookup("enc")
	if !isEnc {
		rule = tag.Get("date")
	}
	limit, _, _ := strings.Cut(rule, ",")
	switch {
	case *p == nil && strings.HasSuffix(rule, "required"):
		return fault.Field(path, "The item lacks "+path+".")
	case *p == nil:
		return nil
	case isEnc:
		return ciphertext(path, **p, limit)
	}
	// What browsers cannot read breaks whole vaults, and time.Parse alone takes more.
	if _, err := time.Parse(time.RFC3339Nano, **p); err != nil || !dateForm.MatchString(**p) {
		return fault.Field(path, path+" is no date with a time zone.")
	}
	return nil
}

var dateForm = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$`)

func ciphertext(path, s, limit string) error {
	most, err := strconv.Atoi(limit)
	if err != nil {
		return fmt.Errorf("content: bad limit of %s: %w", path, err)
	}
	if len(s) > most {
		return fault.Field(path, fmt.Sprintf("%s is too long: encrypted, it may have %d characters.", path, most))
	}
	if !encstring.Symmetric(s, most) {
		return fault.Field(path, path+" is not encrypted in a form that this server accepts.")
	}
	return nil
}

func number(path string, p *int, tag reflect.StructTag) error {
	if p == nil {
		return nil
	}
	most, err := strconv.Atoi(tag.Get("max"))
	if err != nil {
		return fmt.Errorf("content: no bound for %s: %w", path, err)
	}
	if *p < 0 || *p > most {
		return fault.Field(path, fmt.Sprintf("%s has the unknown value %d.", path, *p))
	}
	return nil
}
