package config

import (
	"reflect"
	"strings"
	"sync"
)

// Key describes one setting, as its struct tags do.
type Key struct {
	Name    string // in the file: database_url
	Default string
	Group   string
	Doc     string
	Secret  bool
	HasFile bool // there is also Name_file

	index int // of the struct field
}

const envPrefix = "KASTELLAN_"

// Env is the key's name in the environment.
func (k Key) Env() string { return envPrefix + strings.ToUpper(k.Name) }

// Flag is the key's name on the command line, without the dashes.
func (k Key) Flag() string { return FlagName(k.Name) }

// FlagName spells the name of a key for the command line.
func FlagName(key string) string { return strings.ReplaceAll(key, "_", "-") }

// Keys lists every setting in the order of the struct.
var Keys = sync.OnceValue(func() []Key {
	t := reflect.TypeFor[Config]()
	var keys []Key
	for i := range t.NumField() {
		tag := t.Field(i).Tag
		name, ok := tag.Lookup("key")
		if !ok {
			continue
		}
		keys = append(keys, Key{
			Name:    name,
			Default: tag.Get("default"),
			Group:   tag.Get("group"),
			Doc:     tag.Get("doc"),
			Secret:  t.Field(i).Type == reflect.TypeFor[Secret](),
			HasFile: tag.Get("file") != "",
			index:   i,
		})
	}
	return keys
})

// fileSuffix marks the variant of a key that names a file with the value.
const fileSuffix = "_file"

// findKey looks a name up; viaFile reports that it is the variant with a file.
func findKey(name string) (k Key, viaFile, ok bool) {
	for _, k := range Keys() {
		if k.Name == name {
			return k, false, true
		}
		if k.HasFile && k.Name+fileSuffix == name {
			return k, true, true
		}
	}
	return Key{}, false, false
}

// names lists every name that a source may use.
func names() []string {
	var list []string
	for _, k := range Keys() {
		list = append(list, k.Name)
		if k.HasFile {
			list = append(list, k.Name+fileSuffix)
		}
	}
	return list
}
