package event_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// row is an event as it is stored.
type row struct {
	Tenant, Acting, Org, Provider, Cipher, Addr string
	Type                                        int
	At                                          int64
	Device                                      int64
}

func rows(t *testing.T, d *db.DB) []row {
	t.Helper()
	var out []row
	err := d.View(t.Context(), func(tx *db.Tx) (err error) {
		out, err = db.All(t.Context(), tx, func(r db.Row) (row, error) {
			var v row
			err := r.Scan(&v.Tenant, &v.Type, &v.At, db.Opt(&v.Acting), db.Opt(&v.Org), db.Opt(&v.Provider), db.Opt(&v.Cipher), db.Opt(&v.Addr), &v.Device)
			return v, err
		}, `SELECT tenant_id, type, at, acting_user_id, org_id, provider_id, cipher_id, ip_address, COALESCE(device_type, -1) FROM events ORDER BY at, type, tenant_id`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func ctx(t *testing.T, user id.User) context.Context {
	t.Helper()
	return reqctx.WithClient(reqctx.WithActor(t.Context(), reqctx.Actor{User: user}), reqctx.Client{Addr: "192.0.2.1", DeviceType: 9})
}

func TestEachLogGetsItsEvents(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.UnixMicro(1_700_000_000_000_000)
		d.Now = func() time.Time { return now }
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			if err := event.Append(ctx(t, "actor"), tx,
				event.Event{Type: 1, Org: "org"},
				event.Event{Type: 2, Org: "org", Provider: "provider"},
				event.Event{Type: 3, Provider: "provider"},
				event.Event{Type: 4, User: "victim"},
				event.Event{Type: 5, At: now.Add(-time.Hour)},
			); err != nil {
				return err
			}
			return event.Append(t.Context(), tx)
		})
		if err != nil {
			t.Fatal(err)
		}
		at, ago := now.UnixMicro(), now.Add(-time.Hour).UnixMicro()
		want := []row{
			{Tenant: "actor", Type: 5, At: ago},
			{Tenant: "org", Type: 1, At: at, Org: "org"},
			{Tenant: "org", Type: 2, At: at, Org: "org", Provider: "provider"},
			{Tenant: "provider", Type: 2, At: at, Org: "org", Provider: "provider"},
			{Tenant: "provider", Type: 3, At: at, Provider: "provider"},
			{Tenant: "victim", Type: 4, At: at},
		}
		for i := range want {
			want[i].Acting, want[i].Addr, want[i].Device = "actor", "192.0.2.1", 9
		}
		if diff := cmp.Diff(want, rows(t, d)); diff != "" {
			t.Errorf("log (-want +got):\n%s", diff)
		}
	})
}

func TestAnEventGoesWithItsAct(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		stop := context.Canceled
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			if err := event.Append(ctx(t, "actor"), tx, event.Event{Type: 1}); err != nil {
				return err
			}
			return stop
		})
		if got := rows(t, d); err == nil || len(got) != 0 {
			t.Errorf("err %v, log %v; want an error and no event", err, got)
		}
	})
}

func TestManyEventsTakeOneStatement(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var count atomic.Int64
		events := make([]event.Event, 300)
		for i := range events {
			events[i] = event.Event{Type: 1, Org: "org"}
		}
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			return event.Append(db.CountStatements(ctx(t, "actor"), &count), tx, events...)
		})
		if err != nil || count.Load() != 1 || len(rows(t, d)) != 300 {
			t.Errorf("%v: %d statements for %d rows", err, count.Load(), len(rows(t, d)))
		}
	})
}
