package vault_test

import (
	"testing"

	"github.com/kastellan/kastellan/internal/dbtest"
)

func BenchmarkCreateOne(b *testing.B) {
	w := newWorld(b, dbtest.SQLite(b))
	u, in := w.user("ann"), login(nil)
	for b.Loop() {
		w.must(u, "POST", "/api/ciphers", in)
	}
}

func BenchmarkEditOneAmong5000(b *testing.B) {
	w := newWorld(b, dbtest.SQLite(b))
	u := w.user("ann")
	w.must(u, "POST", "/api/ciphers/import", object{"ciphers": many(5000, func(int) any { return login(nil) })})
	path := "/api/ciphers/" + w.must(u, "POST", "/api/ciphers", login(nil))["id"].(string)
	for b.Loop() {
		w.must(u, "PUT", path, login(nil))
	}
}

func BenchmarkImport5000(b *testing.B) {
	w := newWorld(b, dbtest.SQLite(b))
	in := object{
		"ciphers": many(5000, func(int) any { return login(nil) }), "folders": many(100, func(int) any { return object{"name": enc()} }),
		"folderRelationships": many(5000, func(i int) any { return object{"key": i, "value": i % 100} }),
	}
	for i := 0; b.Loop(); i++ {
		w.must(w.user("user"+string(rune('a'+i%26))+string(enc()[2:12])), "POST", "/api/ciphers/import", in)
	}
}
