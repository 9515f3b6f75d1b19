package main

import (
	"fmt"
	"runtime"
)

type versionCmd struct{}

func (*versionCmd) Run(c console) error {
	fmt.Fprintf(c.out, "kastellan %s (%s, %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}
