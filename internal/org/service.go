package org

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/mail"
)

// Service keeps the people of organizations, their groups and collections.
type Service struct {
	DB     *db.DB
	Outbox *mail.Outbox // nil on a server without mail
	// RoleForbidden tells why policies keep somebody who has joined out of another
	// role; empty when they don't. Nil when there are no policies; see package policy.
	RoleForbidden func(ctx context.Context, tx *db.Tx, m Member, to access.Role) (string, error)
}
