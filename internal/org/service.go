package org

import (
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/mail"
)

// Service keeps the people of organizations, their groups and collections.
type Service struct {
	DB     *db.DB
	Outbox *mail.Outbox // nil on a server without mail
}
