package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/rawbytes"
	"github.com/knadh/koanf/v2"
)

// Origin says where a value came from, in words for a person: "default",
// "file kastellan.toml", "environment KASTELLAN_LISTEN", "flag --listen".
type Origin string

// Sources are the three places that settings come from.
type Sources struct {
	File  string            // path of a TOML file; "" asks the environment
	Env   []string          // as os.Environ gives it
	Flags map[string]string // by key, only those that were given
}

// given is one setting as a source spelled it.
type given struct {
	name   string // key, or key_file
	value  string
	origin Origin
}

// Load merges the sources over the defaults and validates the outcome. It
// reports every mistake that it finds, not only the first.
func Load(s Sources) (*Config, error) {
	c, err := load(s)
	if err != nil {
		return nil, err
	}
	return c, c.Validate()
}

func load(s Sources) (*Config, error) {
	c := defaults()
	fromEnv, path, errEnv := readEnv(s.Env)
	if s.File == "" {
		s.File = path
	}
	fromFile, errFile := readFile(s.File)
	fromFlags, errFlags := readFlags(s.Flags)
	errs := []error{errFile, errEnv, errFlags}
	for _, source := range [][]given{fromFile, fromEnv, fromFlags} {
		errs = append(errs, c.apply(source))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	c.DerivePublicURL()
	c.PublicURL = strings.TrimSuffix(c.PublicURL, "/")
	return c, nil
}

const derived = "made from "

// DerivePublicURL makes public_url of the address that is listened on, unless it
// was given. Load does; it is for those who change the address afterwards.
func (c *Config) DerivePublicURL() {
	if c.PublicURLGiven() {
		return
	}
	key, scheme, addr := "listen_tls", "https://", c.ListenTLS
	if addr == "" {
		key, scheme, addr = "listen", "http://", c.Listen
	}
	if host, port, err := net.SplitHostPort(addr); err == nil {
		if host == "" || host == "0.0.0.0" || host == "::" { // every address: name one
			host = "localhost"
		}
		c.PublicURL = scheme + net.JoinHostPort(host, port)
		c.origins["public_url"] = Origin(derived + key)
	}
}

// PublicURLGiven reports whether public_url was set, and not made from the listeners.
func (c *Config) PublicURLGiven() bool {
	return c.PublicURL != "" && !strings.HasPrefix(string(c.origins["public_url"]), derived)
}

// Host is the host name in public_url, without the port.
func (c *Config) Host() string {
	u, err := url.Parse(c.PublicURL)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func defaults() *Config {
	c := &Config{origins: map[string]Origin{}}
	for _, k := range Keys() {
		if err := c.set(k, k.Default); err != nil {
			panic(fmt.Sprintf("config: default of %s: %v", k.Name, err)) // a slip in a struct tag
		}
		c.origins[k.Name] = "default"
	}
	return c
}

// apply sets the values of one source. A key and its _file variant exclude each
// other within a source; a later source overrides either.
func (c *Config) apply(source []given) error {
	var errs []error
	seen := map[string]given{}
	for _, g := range source {
		k, viaFile, _ := findKey(g.name)
		if other, twice := seen[k.Name]; twice && other.name != g.name {
			errs = append(errs, fmt.Errorf("%s and %s are both set: keep one of them", other.origin, g.origin))
			continue
		}
		seen[k.Name] = g
		value := g.value
		if viaFile {
			content, err := readSecretFile(g)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			value = content
		}
		if err := c.set(k, value); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", g.origin, err))
			continue
		}
		c.origins[k.Name] = g.origin
	}
	return errors.Join(errs...)
}

func readSecretFile(g given) (string, error) {
	b, err := os.ReadFile(g.value)
	if err != nil {
		return "", fmt.Errorf("%s: the file cannot be read (%w): create it, or correct the path", g.origin, err)
	}
	return strings.TrimRight(string(b), "\r\n"), nil
}

func readFile(path string) ([]given, error) {
	if path == "" {
		return nil, nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the configuration file cannot be read (%w): correct --config or KASTELLAN_CONFIG", err)
	}
	k := koanf.New(".")
	if err := k.Load(rawbytes.Provider(b), toml.Parser()); err != nil {
		return nil, fmt.Errorf("the configuration file %s is not valid TOML: %w", path, err)
	}
	origin := Origin("file " + path)
	var list []given
	var errs []error
	for _, name := range k.Keys() {
		if _, _, ok := findKey(name); !ok {
			errs = append(errs, unknown(fmt.Sprintf("the key %q in %s", name, path), nearest(name, names())))
			continue
		}
		value, err := scalar(k.Get(name))
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %s: %w", origin, name, err))
			continue
		}
		list = append(list, given{name, value, origin})
	}
	return list, errors.Join(errs...)
}

// scalar turns a TOML value into the one spelling that all sources share.
func scalar(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case bool, int64:
		return fmt.Sprint(v), nil
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			s, err := scalar(e)
			if err != nil || strings.Contains(s, ",") {
				return "", errors.New("a list holds texts without commas")
			}
			parts[i] = s
		}
		return strings.Join(parts, ","), nil
	default:
		return "", fmt.Errorf("%v is neither a text, a number nor a list of texts", v)
	}
}

// Kubernetes puts variables for a service of the name kastellan into every
// container of its namespace; they are not settings.
var kubernetesEnv = regexp.MustCompile(`^KASTELLAN(_[A-Z0-9_]+)?_(SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)|PORT(_\d+_(TCP|UDP)(_(PROTO|PORT|ADDR))?)?)$`)

// commandEnv are the variables of the commands that act over the network. Where
// they are exported, a server or a local command is started with them too.
var commandEnv = []string{
	"KASTELLAN_SERVER", "KASTELLAN_CA_FILE", "KASTELLAN_CLIENT_ID", "KASTELLAN_CLIENT_SECRET", "KASTELLAN_CLIENT_SECRET_FILE",
	"KASTELLAN_EMAIL", "KASTELLAN_PASSWORD", "KASTELLAN_PASSWORD_FILE",
}

func readEnv(environ []string) (list []given, file string, err error) {
	var errs []error
	for _, entry := range environ {
		variable, value, _ := strings.Cut(entry, "=")
		name, ours := strings.CutPrefix(variable, envPrefix)
		if !ours {
			continue
		}
		if variable == "KASTELLAN_CONFIG" {
			file = value
			continue
		}
		if _, _, ok := findKey(strings.ToLower(name)); ok && name == strings.ToUpper(name) {
			list = append(list, given{strings.ToLower(name), value, Origin("environment " + variable)})
			continue
		}
		if kubernetesEnv.MatchString(variable) || slices.Contains(commandEnv, variable) {
			continue
		}
		near := nearest(strings.ToLower(name), append(names(), "config"))
		if near != "" {
			near = envPrefix + strings.ToUpper(near)
		}
		errs = append(errs, unknown("the environment variable "+variable, near))
	}
	return list, file, errors.Join(errs...)
}

func readFlags(flags map[string]string) ([]given, error) {
	var list []given
	var errs []error
	for name, value := range flags {
		if _, _, ok := findKey(name); !ok {
			near := nearest(name, names())
			if near != "" {
				near = "--" + FlagName(near)
			}
			errs = append(errs, unknown("the flag --"+FlagName(name), near))
			continue
		}
		list = append(list, given{name, value, Origin("flag --" + FlagName(name))})
	}
	slices.SortFunc(list, func(a, b given) int { return strings.Compare(a.name, b.name) })
	return list, errors.Join(errs...)
}

func unknown(what, near string) error {
	if near == "" {
		return fmt.Errorf("%s is not a setting of Kastellan: see docs/config.md", what)
	}
	return fmt.Errorf("%s is not a setting of Kastellan: did you mean %s?", what, near)
}
