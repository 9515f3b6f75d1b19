package app

import (
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/login"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/push/hub"
)

// delivery is every way in which messages reach apps.
type delivery struct {
	hub *hub.Hub
}

func newDelivery(b Base, logins *login.Service) *delivery {
	return &delivery{hub: hub.New(b.Log, time.Now, logins.Hold)}
}

// listen takes what transactions tell. Nothing here waits: those who carry messages on
// do so in workers of their own.
func (d *delivery) listen(from *db.DB) {
	from.Outlet = func(told []any) {
		d.hub.Put(push.Gather(told)...)
	}
}

// workers run until the requests in flight are done, so that what these tell goes out.
func (d *delivery) workers() []Worker {
	return []Worker{
		{"sockets", d.hub.Run},
		{"log-ins of sockets", every(time.Minute, d.hub.Check)},
	}
}
