package main

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/kastellan/kastellan/internal/config"
)

// environment is what os.Environ gives; a type of its own so that kong can hand
// it to commands.
type environment []string

// settings adds --config and one flag per setting to a command.
type settings struct {
	ConfigFile string `name:"config" placeholder:"FILE" help:"Read settings from this TOML file (KASTELLAN_CONFIG)."`
	// Flags holds a pointer to a struct that is made from config.Keys: kong reads
	// flags from structs, and a second list by hand would drift from the first.
	Flags kong.Plugins `embed:""`
}

// install fills in the flags; it comes before kong looks at the struct.
func (s *settings) install() { s.Flags = kong.Plugins{reflect.New(flagStruct()).Interface()} }

func (c *commands) installSettings() {
	for _, s := range []*settings{
		&c.Serve.settings, &c.Migrate.settings, &c.Provider.Create.settings, &c.Provider.Plan.settings,
		&c.Provider.Suspend.settings, &c.Provider.Resume.settings, &c.Provider.DeleteLink.settings, &c.Demo.settings, &c.Events.Verify.settings,
		&c.Config.Check.settings, &c.Config.Show.settings, &c.Healthcheck.settings,
	} {
		s.install()
	}
}

func flagStruct() reflect.Type {
	var fields []reflect.StructField
	add := func(name, help string) {
		fields = append(fields, reflect.StructField{
			Name: "F_" + name,
			Type: reflect.TypeFor[*string](),
			Tag:  reflect.StructTag(fmt.Sprintf(`name:%q help:%q group:"Settings" placeholder:"…"`, config.FlagName(name), help)),
		})
	}
	for _, k := range config.Keys() {
		help := k.Doc
		if k.Default != "" {
			help += " Default: " + k.Default + "."
		}
		// Kong would take ${…} in a help text for a variable of its own.
		add(k.Name, strings.ReplaceAll(help, "$", "$$"))
		if k.HasFile {
			add(k.Name+"_file", "File that holds "+k.Name+".")
		}
	}
	return reflect.StructOf(fields)
}

// load reads all sources.
func (s *settings) load(env environment) (*config.Config, error) {
	given := map[string]string{}
	for _, plugin := range s.Flags {
		v := reflect.ValueOf(plugin).Elem()
		for i := range v.NumField() {
			if p, ok := v.Field(i).Interface().(*string); ok && p != nil {
				given[strings.TrimPrefix(v.Type().Field(i).Name, "F_")] = *p
			}
		}
	}
	return config.Load(config.Sources{File: s.ConfigFile, Env: env, Flags: given})
}
