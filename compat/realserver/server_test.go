package realserver_test

import (
	"net/http"
	"os"
	"syscall"
	"testing"

	"github.com/kastellan/kastellan/compat/realserver"
)

func TestAKilledServerStartsAgain(t *testing.T) {
	if os.Getenv("TEST_BINARY") == "" {
		t.Skip("TEST_BINARY names no binary")
	}
	s := realserver.Start(t, "")
	first := s.PID()
	s.Stop(syscall.SIGKILL)
	if _, err := s.HTTP.Get(s.URL() + "/alive"); err == nil {
		t.Error("a killed server answers")
	}
	s.Start()
	res, err := s.HTTP.Get(s.URL() + "/alive")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK || s.PID() == first {
		t.Errorf("status %d of process %d after %d", res.StatusCode, s.PID(), first)
	}
}
