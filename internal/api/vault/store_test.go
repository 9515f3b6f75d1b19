package vault_test

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/token"
)

// store keeps files in memory, and calls meanwhile after each one that it took in: what
// happens then happens between a file and its row.
type store struct {
	mu        sync.Mutex
	files     map[string][]byte
	meanwhile func()
}

func newStore(testing.TB) *store { return &store{files: map[string][]byte{}} }

func (s *store) Put(_ context.Context, name string, body io.Reader) error {
	b, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.files[name] = b
	s.mu.Unlock()
	if s.meanwhile != nil {
		s.meanwhile()
	}
	return nil
}

func (s *store) Open(_ context.Context, name string) (io.ReadCloser, int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, ok := s.files[name]
	if !ok {
		return nil, 0, fault.Absent()
	}
	return io.NopCloser(bytes.NewReader(b)), int64(len(b)), nil
}

func (s *store) Delete(_ context.Context, names ...string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range names {
		delete(s.files, name)
	}
	return nil
}

func (s *store) List(_ context.Context, _ time.Time, each func(name string) error) error {
	for _, name := range s.names() {
		if strings.HasPrefix(name, "kastellan/") {
			continue // the owner's mark is none of the files
		}
		if err := each(name); err != nil {
			return err
		}
	}
	return nil
}

func (s *store) names() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	names := []string{}
	for name := range s.files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func keeper(t testing.TB) *token.Keeper {
	k, err := token.NewKeeper(bytes.Repeat([]byte{3}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// Check is there for the server, which asks at its start.
func (s *store) Check(context.Context) error { return nil }
