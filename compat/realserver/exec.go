package realserver

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/kastellan/kastellan/internal/db"
)

// Exec changes the database under the running server, for what no client can ask
// for.
func (s *Server) Exec(statement string, args ...any) {
	s.t.Helper()
	where := s.db
	if where == "" {
		where = filepath.Join(s.Dir, "kastellan.db")
	}
	ctx := context.Background()
	d, err := db.Open(ctx, where)
	if err != nil {
		s.t.Fatal(err)
	}
	err = d.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, statement, args...)
		return err
	})
	if err = errors.Join(err, d.Close()); err != nil {
		s.t.Fatal(err)
	}
}
