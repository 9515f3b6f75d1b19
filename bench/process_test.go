//go:build bench

package bench

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/kastellan/kastellan/compat/opaque"
	"github.com/kastellan/kastellan/compat/realserver"
)

// measureProcess looks at the process itself: its start on the database that the
// other measurements have filled, and its memory.
func measureProcess(t *testing.T, s *realserver.Server, figures *table) {
	var starts []time.Duration
	for range 9 {
		s.Stop(syscall.SIGTERM)
		starts = append(starts, s.Start())
	}
	bin := os.Getenv("TEST_BINARY")
	limit := median(9, func() {
		if err := exec.Command(bin, "version").Run(); err != nil {
			t.Fatal(err)
		}
	})
	figures.times("Start until it answers", middle(starts), limit, "running kastellan version", "300 ms")

	fresh := realserver.Start(t, "")
	time.Sleep(2 * time.Second)
	figures.add(row{"Memory, idle after the start", resident(t, fresh.PID()), "", "", "60 MB"})
	fiftyClients(t, fresh)
	figures.add(row{"Memory, 50 clients syncing 1,000 items", resident(t, fresh.PID()), "", "", ""})

	info, err := os.Stat(bin)
	if err != nil {
		t.Fatal(err)
	}
	figures.add(row{"Size of the binary", bytes(info.Size()), "", "", ""})
}

// fiftyClients sync and write side by side, ten rounds each.
func fiftyClients(t *testing.T, s *realserver.Server) {
	u := newUser(t, s, "fifty@example.test")
	u.post("/api/ciphers/import", encode(t, opaque.Import("fifty", 1000)))
	one := encode(t, opaque.Login("fifty"))
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			for range 10 {
				u.get("/api/sync?excludeDomains=true")
				u.post("/api/ciphers", one)
			}
		})
	}
	wg.Wait()
}

func resident(t *testing.T, pid int) string { return bytes(memory(t, pid, "VmRSS")) }

// memory is what the kernel says of a process: VmRSS is what it takes now, VmHWM the most
// that it took. In bytes.
func memory(t *testing.T, pid int, what string) int64 {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(what + `:\s+(\d+) kB`).FindSubmatch(status)
	if m == nil {
		t.Fatalf("the kernel tells no %s", what)
	}
	kb, err := strconv.ParseInt(string(m[1]), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return kb * 1024
}
