package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// set parses a value by the type of its field. Errors name what is wanted and
// repeat the value only when it is no secret.
func (c *Config) set(k Key, value string) error {
	field := reflect.ValueOf(c).Elem().Field(k.index)
	var err error
	switch p := field.Addr().Interface().(type) {
	case *[]string:
		*p = splitList(value)
	case *[]netip.Prefix:
		*p, err = parsePrefixes(value)
	case *time.Duration:
		*p, err = time.ParseDuration(value)
		if err != nil {
			err = fmt.Errorf("%q is no duration: write it like 20s, 5m or 1h", value)
		}
	case *int:
		*p, err = strconv.Atoi(value)
		if err != nil {
			err = fmt.Errorf("%q is no whole number", value)
		}
	case *bool:
		*p, err = strconv.ParseBool(value)
		if err != nil {
			err = fmt.Errorf("%q is neither true nor false", value)
		}
	case *Size:
		*p, err = parseSize(value)
	case *slog.Level:
		if err = p.UnmarshalText([]byte(value)); err != nil {
			err = fmt.Errorf("%q is no log level: use debug, info, warn or error", value)
		}
	default: // string and the types made from it
		field.SetString(value)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", k.Name, err)
	}
	return nil
}

func splitList(value string) []string {
	var list []string
	for part := range strings.SplitSeq(value, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

func parsePrefixes(value string) ([]netip.Prefix, error) {
	var list []netip.Prefix
	for _, part := range splitList(value) {
		if addr, err := netip.ParseAddr(part); err == nil {
			list = append(list, netip.PrefixFrom(addr.Unmap(), addr.Unmap().BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, fmt.Errorf("%q is neither an address nor a network such as 10.0.0.0/8", part)
		}
		list = append(list, p.Masked())
	}
	return list, nil
}

var sizeUnits = []struct {
	name  string
	bytes int64
}{{"kib", 1 << 10}, {"mib", 1 << 20}, {"gib", 1 << 30}, {"kb", 1e3}, {"mb", 1e6}, {"gb", 1e9}, {"b", 1}}

var errSize = errors.New("a size is written like 500kB, 2MB or 1GB")

func parseSize(value string) (Size, error) {
	number, unit := strings.ToLower(strings.TrimSpace(value)), int64(1)
	for _, u := range sizeUnits {
		if rest, ok := strings.CutSuffix(number, u.name); ok {
			number, unit = strings.TrimSpace(rest), u.bytes
			break
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 0 || n > (1<<50)/unit {
		return 0, fmt.Errorf("%q is no size: %w", value, errSize)
	}
	return Size(n * unit), nil
}

// String spells the size as parseSize reads it.
func (s Size) String() string {
	for _, u := range []struct {
		name  string
		bytes int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}} {
		if s != 0 && int64(s)%u.bytes == 0 {
			return strconv.FormatInt(int64(s)/u.bytes, 10) + u.name
		}
	}
	return strconv.FormatInt(int64(s), 10)
}
