package main

import "fmt"

type configCmd struct {
	Check configCheckCmd `cmd:"" help:"Say what is wrong with the settings; exit status 0 means nothing."`
	Show  configShowCmd  `cmd:"" help:"Print every setting and where it came from. Secrets are hidden."`
}

type configCheckCmd struct{ settings }

func (k *configCheckCmd) Run(env environment, c console) error {
	if _, err := k.load(env); err != nil {
		return err
	}
	fmt.Fprintln(c.out, "The settings are valid.")
	return nil
}

type configShowCmd struct{ settings }

func (k *configShowCmd) Run(env environment, c console) error {
	cfg, err := k.load(env)
	if err != nil {
		return err
	}
	return cfg.Show(c.out)
}
