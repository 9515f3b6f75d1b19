package syncview_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/syncview"
)

// BenchmarkSync compares an account's download of 1,000 log-ins of the usual size
// with writing the same bytes from memory, through the same HTTP server.
func BenchmarkSync(b *testing.B) {
	d := dbtest.SQLite(b)
	user := seed(b, d, 1000)
	remembering, forgetting := &syncview.Service{DB: d, CacheBytes: 32 << 20}, &syncview.Service{DB: d}
	answer, err := forgetting.Sync(b.Context(), user, false)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d bytes", len(answer))
	for _, c := range []struct {
		name string
		get  func(r *http.Request) ([]byte, error)
	}{
		{"memory", func(*http.Request) ([]byte, error) { return answer, nil }},
		{"unchanged", func(r *http.Request) ([]byte, error) { return remembering.Sync(r.Context(), user, false) }},
		{"first", func(r *http.Request) ([]byte, error) { return forgetting.Sync(r.Context(), user, false) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				got, err := c.get(r)
				if err != nil || len(got) != len(answer) {
					b.Errorf("%d bytes, %v; want %d", len(got), err, len(answer))
				}
				_, _ = w.Write(got)
			})
			for b.Loop() {
				h.ServeHTTP(sink{httptest.NewRecorder()}, httptest.NewRequest(http.MethodGet, "/api/sync", nil))
			}
		})
	}
}

// sink copies what is written as a socket would, and forgets it.
type sink struct{ *httptest.ResponseRecorder }

var socket [4 << 20]byte

func (sink) Write(p []byte) (int, error) { return copy(socket[:], p), nil }

func seed(tb testing.TB, d *db.DB, n int) id.User {
	tb.Helper()
	user := id.New[id.User]()
	enc := func(bytes int) string {
		e := base64.StdEncoding.EncodeToString
		return "2." + e(make([]byte, 16)) + "|" + e(make([]byte, bytes)) + "|" + e(make([]byte, 32))
	}
	data := fmt.Sprintf(`"name":%[1]q,"notes":%[3]q,"key":%[2]q,"data":null,"reprompt":0,"login":{"uri":null,"uris":[{"uri":%[2]q,"uriChecksum":%[2]q,"match":null}],`+
		`"username":%[1]q,"password":%[1]q,"passwordRevisionDate":null,"totp":null,"autofillOnPageLoad":null,"fido2Credentials":null},"fields":null,"passwordHistory":null`,
		enc(32), enc(48), enc(64))
	err := d.Update(tb.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec(tb.Context(), `INSERT INTO users (id, email, email_verified, name, hint, culture, password_hash, kdf_type, kdf_iterations, salt, user_key,
			security_stamp, api_key, force_password_reset, verify_devices, equivalent_domains, excluded_domains, created_at, revised_at)
			VALUES ($1, $2, TRUE, 'Ann', '', 'en-US', 'x', 0, 600000, $2, 'k', 's', $3, FALSE, TRUE, '[]', '[]', 1, 1)`,
			user, string(user)+"@example.org", []byte{1}); err != nil {
			return err
		}
		rows := make([][]any, n)
		for i := range rows {
			rows[i] = []any{user, id.New[id.Cipher](), user, 1, data, tx.Now.Add(time.Duration(i) * time.Second), tx.Now}
		}
		return db.Insert(tb.Context(), tx, `INSERT INTO ciphers (owner_id, id, user_id, type, data, created_at, revised_at)`, rows...)
	})
	if err != nil {
		tb.Fatal(err)
	}
	return user
}
