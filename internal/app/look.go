package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/kastellan/kastellan/internal/config"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/token"
)

// Look opens what is there, and makes and migrates nothing: for commands that
// only read, while a server may be running. The caller closes Base.DB.
func Look(ctx context.Context, cfg *config.Config, version string, log *slog.Logger) (Base, error) {
	needed := map[string]bool{filepath.Join(cfg.DataDir, "secret.key"): cfg.SecretKey == "", DatabaseAddress(cfg): cfg.DatabaseURL == ""}
	for path, here := range needed {
		if _, err := os.Stat(path); here && err != nil {
			return Base{}, fault.Wrap(fault.Unavailable, fmt.Sprintf("%s cannot be found. Name the data directory of the server with --data-dir.", path), err)
		}
	}
	secret, err := cfg.LoadSecretKey()
	if err != nil {
		return Base{}, err
	}
	d, err := db.Open(ctx, DatabaseAddress(cfg))
	if err != nil {
		return Base{}, err
	}
	if err := d.CheckVersion(ctx); err != nil {
		return Base{}, errors.Join(err, d.Close())
	}
	return Base{Config: cfg, DB: d, Secret: secret, Log: log, Version: version}, nil
}

// VerifyEvents verifies all audit logs. since is an anchor of before, or nil; the
// anchor of now is given when nothing is damaged.
func VerifyEvents(ctx context.Context, b Base, since []byte) (v event.Verdict, anchor []byte, err error) {
	keeper, err := token.NewKeeper(b.Secret)
	if err != nil {
		return v, nil, err
	}
	notary := event.NewNotary(keeper)
	var before *event.Anchor
	if since != nil {
		a, err := notary.Decode(since)
		if err != nil {
			return v, nil, err
		}
		before = &a
	}
	v, err = (&event.Verifier{DB: b.DB, Notary: notary}).Verify(ctx, before)
	if err == nil && len(v.Damages) == 0 {
		anchor = notary.Encode(v.Anchor)
	}
	return v, anchor, err
}
