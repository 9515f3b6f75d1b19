//go:build compat

package compat

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats-server/v2/server"

	"github.com/kastellan/kastellan/compat/opaque"
	"github.com/kastellan/kastellan/compat/realserver"
	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

// line is what the listening script says.
type line struct {
	Socket  int
	Open    bool
	Closed  bool
	Target  string
	Message struct {
		Type      int
		ContextID *string `json:"ContextId"`
		UserID    *string `json:"UserId"`
		Payload   map[string]any
	}
}

// ears are hubs that the official library listens on.
type ears struct {
	t     *testing.T
	lines chan line
}

// listenOn connects to hubs, given as pairs of an address and a token.
func listenOn(t *testing.T, ca string, pairs ...string) *ears {
	t.Helper()
	e := &ears{t: t, lines: make(chan line, 100)}
	cmd := exec.CommandContext(t.Context(), "node", append([]string{"listen.mjs"}, pairs...)...)
	cmd.Env = append(os.Environ(), "NODE_EXTRA_CA_CERTS="+ca)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	go func() {
		defer close(e.lines)
		for s := bufio.NewScanner(out); s.Scan(); {
			var l line
			if err := json.Unmarshal(s.Bytes(), &l); err != nil {
				t.Errorf("%s: %v", s.Text(), err)
				return
			}
			e.lines <- l
		}
	}()
	for range len(pairs) / 2 {
		if l := e.next(); !l.Open {
			t.Fatalf("%+v instead of a connection", l)
		}
	}
	return e
}

func (e *ears) next() line {
	e.t.Helper()
	select {
	case l, ok := <-e.lines:
		if !ok {
			e.t.Fatal("the listener ended")
		}
		return l
	case <-time.After(30 * time.Second):
		e.t.Fatal("nothing is heard")
	}
	return line{}
}

// TestOfficialLibraryReadsEveryType sends each type of message through the hub to the
// library that official apps read them with.
func TestOfficialLibraryReadsEveryType(t *testing.T) {
	t.Parallel()
	s := apitest.Start(t, dbtest.SQLite(t))
	url := s.Serve(t)
	p := s.Register(t, "listener", "listener@example.test", nil)
	e := listenOn(t, "", url+"/notifications/hub", p.Token)
	at := time.Date(2026, 11, 3, 12, 0, 0, 123000000, time.UTC)
	const date = "2026-11-03T12:00:00.123Z"
	of := func(more map[string]any) map[string]any {
		more["UserId"] = p.ID
		return more
	}
	one, dated, request := of(map[string]any{"Id": "x", "RevisionDate": date}), of(map[string]any{"Date": date}), of(map[string]any{"Id": "x"})
	own := of(map[string]any{"Id": "x", "OrganizationId": nil, "CollectionIds": nil, "RevisionDate": date})
	rotated := push.KeyRotated
	tests := []struct {
		message push.Message
		want    map[string]any
	}{
		{push.Message{Type: push.CipherUpdated}, own},
		{push.Message{Type: push.CipherCreated, Org: "o", Collections: []id.Collection{"c"}}, map[string]any{"Id": "x", "UserId": nil, "OrganizationId": "o", "CollectionIds": []any{"c"}, "RevisionDate": date}},
		{push.Message{Type: push.CipherDeleted}, own},
		{push.Message{Type: push.FolderDeleted}, one}, {push.Message{Type: push.FolderCreated}, one}, {push.Message{Type: push.FolderUpdated}, one},
		{push.Message{Type: push.CiphersChanged}, dated}, {push.Message{Type: push.VaultChanged}, dated}, {push.Message{Type: push.OrgKeysChanged}, dated},
		{push.Message{Type: push.SettingsChanged}, dated}, {push.Message{Type: push.OrganizationsChanged}, dated},
		{push.Message{Type: push.SendCreated}, one}, {push.Message{Type: push.SendUpdated}, one}, {push.Message{Type: push.SendDeleted}, one},
		{push.Message{Type: push.AuthRequested}, request}, {push.Message{Type: push.AuthAnswered}, request},
		{push.Message{Type: push.OrgStatusChanged, Org: "o", Enabled: true}, map[string]any{"OrganizationId": "o", "Enabled": true}},
		{push.Message{Type: push.CollectionSettingsChanged, Org: "o", Limits: &push.Limits{ItemDeletion: true}}, map[string]any{"OrganizationId": "o", "LimitCollectionCreation": false, "LimitCollectionDeletion": false, "LimitItemDeletion": true}},
		{push.Message{Type: push.PolicyChanged, Org: "o", Policy: &push.Policy{ID: "p", Type: 1, Enabled: true, Data: map[string]any{"minLength": 14.0}}},
			map[string]any{"OrganizationId": "o", "Policy": map[string]any{"id": "p", "organizationId": "o", "type": 1.0, "enabled": true, "data": map[string]any{"minLength": 14.0}, "revisionDate": date}}},
		{push.Message{Type: push.LogOut, Reason: &rotated}, of(map[string]any{"Date": date, "Reason": 1.0})},
	}
	for _, tt := range tests {
		m := tt.message
		m.Users, m.ID, m.Date, m.Context = []id.User{id.User(p.ID)}, "x", at, "an installation"
		s.Base.DB.Outlet([]any{m})
		l := e.next()
		if diff := cmp.Diff(tt.want, l.Message.Payload); diff != "" || l.Target != "ReceiveMessage" || l.Message.Type != int(m.Type) || l.Message.ContextID == nil {
			t.Errorf("type %d: %+v\n%s", m.Type, l, diff)
		}
	}
	if l := e.next(); !l.Closed {
		t.Errorf("after a log-out: %+v", l)
	}
}

// TestTwoNodesTellTheSame runs two nodes on one database, and what is done on one is
// heard on both.
func TestTwoNodesTellTheSame(t *testing.T) {
	t.Parallel()
	url, bus := dbtest.PostgresURL(t), startNATS(t)
	first, second := startNode(t, url, bus), startNode(t, url, bus)
	p := register(t, first, "nodes")
	token := p.accessToken(t)
	roots := t.TempDir() + "/roots.pem"
	both := slices.Concat(readFile(t, first.CA()), readFile(t, second.CA()))
	if err := os.WriteFile(roots, both, 0o600); err != nil {
		t.Fatal(err)
	}
	e := listenOn(t, roots, first.URL()+"/notifications/hub", token, second.URL()+"/notifications/hub", token)
	for _, node := range []*realserver.Server{first, second} {
		makeFolder(t, node, token)
		heard := []int{}
		for len(heard) < 2 {
			l := e.next()
			if l.Message.Type == int(push.VaultChanged) {
				continue // of a node that has just met the other
			}
			if l.Message.Type != int(push.FolderCreated) {
				t.Fatalf("heard %+v", l)
			}
			heard = append(heard, l.Socket)
		}
		if slices.Sort(heard); !slices.Equal(heard, []int{0, 1}) {
			t.Errorf("heard by %v", heard)
		}
	}
	for _, node := range []*realserver.Server{first, second} {
		if strings.Contains(node.Log.String(), token) {
			t.Error("the token of a socket is in the log")
		}
	}
	if err := p.EndSessions(t.Context(), p.password); err != nil {
		t.Fatal(err)
	}
	closed := map[int]bool{}
	for len(closed) < 2 {
		if l := e.next(); l.Closed {
			closed[l.Socket] = true
		}
	}
}

func makeFolder(t *testing.T, node *realserver.Server, token string) {
	t.Helper()
	body, err := json.Marshal(map[string]string{"name": opaque.String("told")})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, node.URL()+"/api/folders", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	answer, err := node.HTTP.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("status %d", answer.StatusCode)
	}
}

// startNATS runs a real server on a loopback port.
func startNATS(t *testing.T) string {
	t.Helper()
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: -1, NoLog: true, NoSigs: true})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("NATS does not start")
	}
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	return s.ClientURL()
}

// startNode starts one of several servers with the same secret.
func startNode(t *testing.T, database, bus string) *realserver.Server {
	t.Helper()
	return realserver.Start(t, database, "KASTELLAN_NATS_URL="+bus, "KASTELLAN_SECRET_KEY=bm90IGEgc2VjcmV0LCBidXQgMzIgYnl0ZXMgbG9uZyE=")
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
