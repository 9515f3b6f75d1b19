package apitest

import (
	"context"
	"net/http/httptest"
	"sync"
	"testing"
)

// Serve runs the server's workers and gives it a real address, for what needs a
// connection that stays.
func (s *Server) Serve(t testing.TB) (url string) {
	t.Helper()
	listener := httptest.NewServer(s.Handler)
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	var working sync.WaitGroup
	for _, w := range s.Workers {
		working.Go(func() {
			if err := w.Run(ctx); err != nil && ctx.Err() == nil {
				t.Errorf("worker %s: %v", w.Name, err)
			}
		})
	}
	t.Cleanup(func() {
		stop()
		working.Wait()
		listener.Close()
	})
	return listener.URL
}
