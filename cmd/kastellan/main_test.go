package main

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"kastellan": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "testdata",
		Setup: func(e *testscript.Env) error { return choosePorts(e) },
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"await":   await,
			"provide": provide,
			"govern":  govern,
		},
	})
}

// choosePorts finds ports that nobody uses, and one that this test keeps.
func choosePorts(e *testscript.Env) error {
	for _, name := range []string{"HTTP", "HTTPS", "DEAD", "TAKEN"} {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		e.Setenv(name, strconv.Itoa(ln.Addr().(*net.TCPAddr).Port))
		// All stay open until the last is chosen, so that no two are the same.
		if name == "TAKEN" {
			e.Defer(func() { ln.Close() })
		} else {
			defer ln.Close()
		}
	}
	return nil
}

// await waits until a URL answers 200.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: await URL")
	}
	var last error
	for range 200 {
		res, err := http.Get(args[0])
		if err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return
			}
			err = fmt.Errorf("%s", res.Status)
		}
		last = err
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("%s never answered: %v", args[0], last)
}
