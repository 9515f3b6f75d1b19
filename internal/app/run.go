package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"

	"github.com/kastellan/kastellan/internal/claim"
	"github.com/kastellan/kastellan/internal/config"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/web"
)

// Base is what every composition of the server stands on.
type Base struct {
	Config  *config.Config
	DB      *db.DB // migrated
	Secret  []byte // of 32 bytes
	Log     *slog.Logger
	Version string
	DNS     claim.Resolver // nil: the machine's own
}

// Parts is what a composition adds.
type Parts struct {
	// API answers everything under the API's roots; unknown paths with NotFound.
	API     http.Handler
	Workers []Worker
	// Degraded says what is away without which the server still does most of its work; nil
	// where there is no such thing.
	Degraded func() string
	// SetupLink is the one-time link for the first provider, or empty.
	SetupLink string
}

// Builder composes the domains on a base.
type Builder func(ctx context.Context, b Base) (Parts, error)

// Console is where the process talks to the person who started it.
type Console struct {
	Out io.Writer // the banner
	Log io.Writer
}

// Run is the life of the server: it opens what it needs, says where it is, serves
// until ctx ends, and closes in reverse order. Its errors are sentences that say
// what to do.
func Run(ctx context.Context, cfg *config.Config, version string, console Console, build Builder) (err error) {
	log := newLogger(cfg, console.Log)
	slog.SetDefault(log)
	doors, err := listen(ctx, cfg)
	if err != nil {
		return err
	}
	defer doors.close()
	base, err := Open(ctx, cfg, version, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, base.DB.Close()) }()
	parts, err := build(ctx, base)
	if err != nil {
		return err
	}
	h := &health{ready: base.DB.Ping, degraded: parts.Degraded}
	handler, err := everything(base, parts, h)
	if err != nil {
		return err
	}
	s := &server{
		handler: handler, doors: doors, workers: parts.Workers, health: h,
		log: log, limits: defaultLimits, shutdown: cfg.ShutdownTimeout,
	}
	banner{cfg, doors, version, parts.SetupLink}.print(console.Out)
	return s.run(ctx)
}

// everything is the whole of what answers a request.
func everything(b Base, parts Parts, h *health) (http.Handler, error) {
	inner, err := surface(b.Config, h, parts.API)
	if err != nil {
		return nil, err
	}
	trusted := proxies(b.Config.TrustedProxies)
	inner = web.CORS(web.Protect(inner, trusted.encrypted), b.Config.CORSOrigins)
	return observe(inner, trusted, b.Log), nil
}

// Handler is the whole server without its listeners, for tests in one process.
func Handler(b Base, parts Parts) (http.Handler, error) {
	return everything(b, parts, &health{ready: b.DB.Ping, degraded: parts.Degraded})
}

// Open opens and migrates the database and gets the secret key: the part of a
// start that the other commands share with serve. The caller closes Base.DB.
func Open(ctx context.Context, cfg *config.Config, version string, log *slog.Logger) (Base, error) {
	if err := os.MkdirAll(cfg.DataDir, 0o700); err != nil {
		return Base{}, dataFault(cfg, err)
	}
	secret, err := cfg.LoadSecretKey()
	if err != nil {
		return Base{}, dataFault(cfg, err)
	}
	d, err := db.Open(ctx, DatabaseAddress(cfg))
	if err != nil {
		return Base{}, err
	}
	backup, err := d.Migrate(ctx)
	if err != nil {
		return Base{}, errors.Join(migrationFault(err), d.Close())
	}
	if backup != "" {
		log.Info("the database was migrated; a copy from before is kept", "copy", backup)
	}
	return Base{Config: cfg, DB: d, Secret: secret, Log: log, Version: version}, nil
}

// migrationFault says what to do about a migration that failed in the middle. The
// sentences of package db are for clients and leave that to the person here.
func migrationFault(err error) error {
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Err == nil {
		return err // a refusal to begin, which says what to do
	}
	return fault.Wrap(fault.Unavailable, "The database cannot be brought to this version. Free disk space, or mend what is named here, and start again.", err)
}

// DatabaseAddress is what package db opens: the configured address, or the file
// in the data directory.
func DatabaseAddress(cfg *config.Config) string {
	if address := cfg.DatabaseURL.Reveal(); address != "" {
		return address
	}
	return filepath.Join(cfg.DataDir, "kastellan.db")
}
