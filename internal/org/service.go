package org

import "github.com/kastellan/kastellan/internal/db"

// Service keeps the people of organizations, their groups and collections.
type Service struct {
	DB *db.DB
}
