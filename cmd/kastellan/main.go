package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// version is set by the build.
var version = "dev"

// commands is the command line.
type commands struct {
	Serve       serveCmd       `cmd:"" help:"Run the server."`
	Migrate     migrateCmd     `cmd:"" help:"Bring the database to this version, and stop."`
	Provider    providerCmd    `cmd:"" help:"Manage providers."`
	Events      eventsCmd      `cmd:"" help:"Verify the audit log."`
	Demo        demoCmd        `cmd:"" help:"Fill a running server, or a fresh one, with an invented provider and its clients."`
	Config      configCmd      `cmd:"" help:"Check or show the settings."`
	Healthcheck healthcheckCmd `cmd:"" help:"Ask a running server whether it is ready; exit status 0 means yes."`
	Version     versionCmd     `cmd:"" help:"Print the version."`
}

// The exit statuses.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// console is where a command prints.
type console struct{ out, err io.Writer }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second signal ends the process at once.
	context.AfterFunc(ctx, stop)
	status := run(ctx, os.Args[1:], os.Environ(), console{os.Stdout, os.Stderr}, composed())
	stop()
	os.Exit(status)
}

// run is the whole program but for the process around it.
func run(ctx context.Context, args, environ []string, c console, w composition) int {
	var cli commands
	cli.installSettings()
	exited := -1
	parser, err := kong.New(&cli,
		kong.Name("kastellan"),
		kong.Description("A self-hosted, zero-knowledge password manager for managed service providers. Settings: docs/config.md."),
		kong.Writers(c.out, c.err),
		kong.Exit(func(code int) { exited = code }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(c, environment(environ), w),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		fmt.Fprintln(c.err, "kastellan:", err)
		return exitFailed
	}
	command, err := parser.Parse(args)
	if exited >= 0 { // help was printed
		return exited
	}
	if err != nil {
		fmt.Fprintf(c.err, "kastellan: %v\nTry kastellan --help.\n", err)
		return exitUsage
	}
	if err := command.Run(); err != nil {
		fmt.Fprintln(c.err, "kastellan:", worded(err))
		return exitFailed
	}
	return exitOK
}
