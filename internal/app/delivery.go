package app

import (
	"time"

	"github.com/kastellan/kastellan/internal/login"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/push/bus"
	"github.com/kastellan/kastellan/internal/push/hub"
	"github.com/kastellan/kastellan/internal/push/relay"
	"github.com/kastellan/kastellan/internal/token"
)

// delivery is every way in which messages reach apps.
type delivery struct {
	hub  *hub.Hub
	nats *bus.NATS // nil where there is one node
	// phones is nil without an installation at the relay.
	phones *relay.Relay
}

func newDelivery(b Base, logins *login.Service) *delivery {
	return &delivery{hub: hub.New(b.Log, time.Now, logins.Hold)}
}

// begin takes what transactions tell. Nothing there waits: those who carry messages on
// do so in workers of their own.
func (d *delivery) begin(b Base, keeper *token.Keeper) error {
	if address := b.Config.NATSURL.Reveal(); address != "" {
		d.nats = &bus.NATS{Key: keeper.MACKey("push bus"), Sockets: d.hub, Log: b.Log, Now: time.Now}
		if err := bus.Dial(address, d.nats); err != nil {
			return err
		}
	}
	if c := b.Config; c.PushInstallationID != "" {
		d.phones = relay.New(relay.Settings{
			URL: c.PushRelayURL, IdentityURL: c.PushIdentityURL, Installation: c.PushInstallationID, Key: c.PushInstallationKey.Reveal(),
		}, b.DB, b.Log, time.Now)
	}
	b.DB.Outlet = func(told []any) {
		list := push.Gather(told)
		d.hub.Put(list...)
		if d.nats != nil {
			d.nats.Put(list...)
		}
		if d.phones != nil {
			d.phones.Put(list...)
		}
	}
	return nil
}

// workers run until the requests in flight are done, so that what these tell goes out.
func (d *delivery) workers() []Worker {
	list := []Worker{
		{"sockets", d.hub.Run},
		{"log-ins of sockets", every(time.Minute, d.hub.Check)},
	}
	if d.nats != nil {
		list = append(list, Worker{"bus", d.nats.Run})
	}
	if d.phones != nil {
		list = append(list, Worker{"phones", d.phones.Run}, Worker{"list of phones", every(30*time.Second, d.phones.Reconcile)})
	}
	return list
}

// degraded says what is away without which the server still does its work.
func (d *delivery) degraded() string {
	if d.nats == nil {
		return ""
	}
	return d.nats.Away()
}
