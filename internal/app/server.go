package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// Worker is a task that runs as long as the server does. Run returns when its
// context ends; an earlier return with an error stops the server, so a worker
// handles by itself what may go wrong in daily life.
type Worker struct {
	Name string
	Run  func(ctx context.Context) error
}

// limits keep slow or greedy clients from holding connections. Sockets are free
// of them once they are upgraded.
type limits struct {
	header, read, write, idle time.Duration
	headerBytes               int
}

var defaultLimits = limits{header: 10 * time.Second, read: 2 * time.Minute, write: 5 * time.Minute, idle: 2 * time.Minute, headerBytes: 32 << 10}

// server runs the listeners and workers.
type server struct {
	handler  http.Handler
	doors    *listeners
	workers  []Worker
	health   *health
	log      *slog.Logger
	limits   limits
	shutdown time.Duration
}

// run serves until ctx ends, then lets the requests in flight finish, then stops
// the workers. It returns nil after an orderly end.
func (s *server) run(ctx context.Context) error {
	servers := s.servers()
	failed := make(chan error, len(servers)*2+len(s.workers)+2)
	// Workers outlive ctx: requests in flight may still hand them work.
	workCtx, stopWork := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWork()
	var working, serving sync.WaitGroup
	for _, w := range s.workers {
		working.Go(func() {
			if err := w.Run(workCtx); err != nil && workCtx.Err() == nil {
				failed <- fmt.Errorf("background worker %s: %w", w.Name, err)
			}
		})
	}
	for _, srv := range servers {
		for _, ln := range srv.listeners {
			serving.Go(func() {
				if err := srv.serve(ln); !errors.Is(err, http.ErrServerClosed) {
					failed <- fmt.Errorf("serve on %s: %w", ln.Addr(), err)
				}
			})
		}
	}
	var cause error
	select {
	case <-ctx.Done():
		s.log.Info("stopping: requests in flight may finish", "timeout", s.shutdown)
	case cause = <-failed:
	}
	s.health.stopping.Store(true)
	err := s.drain(context.WithoutCancel(ctx), servers)
	stopWork()
	serving.Wait()
	working.Wait()
	s.log.Info("stopped")
	return errors.Join(cause, err)
}

func (s *server) drain(ctx context.Context, servers []httpServer) error {
	ctx, cancel := context.WithTimeout(ctx, s.shutdown)
	defer cancel()
	var wg sync.WaitGroup
	errs := make([]error, len(servers))
	for i, srv := range servers {
		wg.Go(func() {
			if err := srv.Shutdown(ctx); err != nil {
				errs[i] = fmt.Errorf("requests were still running after %s and were cut off: %w", s.shutdown, errors.Join(err, srv.Close()))
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// httpServer is one http.Server with its doors; TLS needs a server of its own.
type httpServer struct {
	*http.Server
	listeners []net.Listener
	encrypted bool // Server.TLSConfig does not tell: Serve sets it on plain ones too
}

func (s httpServer) serve(ln net.Listener) error {
	if s.encrypted {
		return s.ServeTLS(ln, "", "")
	}
	return s.Serve(ln)
}

func (s *server) servers() []httpServer {
	plain, encrypted := s.newServer(), s.newServer()
	encrypted.TLSConfig = s.doors.tls
	var list []httpServer
	if len(s.doors.plain) > 0 {
		list = append(list, httpServer{plain, s.doors.plain, false})
	}
	if len(s.doors.encrypted) > 0 {
		list = append(list, httpServer{encrypted, s.doors.encrypted, true})
	}
	return list
}

func (s *server) newServer() *http.Server {
	return &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: s.limits.header,
		ReadTimeout:       s.limits.read,
		WriteTimeout:      s.limits.write,
		IdleTimeout:       s.limits.idle,
		MaxHeaderBytes:    s.limits.headerBytes,
		// Failed handshakes and the like: anybody can cause them at will.
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
}
