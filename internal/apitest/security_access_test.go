package apitest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	rights "github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// TestOnlyTheHeadsOfAnOrganizationEmptyIt purges with everybody's right password.
// Among custom members it takes the permission to edit every collection.
func TestOnlyTheHeadsOfAnOrganizationEmptyIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		w.NewOrgItem()
		path := "/api/ciphers/purge?organizationId=" + w.Org
		permit := func(p rights.Permissions) {
			apitest.Set(t, w.Server, `UPDATE members SET permissions = $3 WHERE org_id = $1 AND id = $2`, w.Org, w.Members[w.Custom], int(p))
		}
		permit(rights.AllPermissions &^ rights.PermitEditCollections)
		before := fingerprint(t, w)
		for _, p := range everybody(w)[1:] {
			if p == w.Owner || p == w.Manager {
				continue
			}
			want := http.StatusNotFound
			if !hasAccount(w, p) {
				want = http.StatusUnauthorized
			}
			if a := w.Do(t, p, http.MethodPost, path, secret(p)); a.Status != want {
				t.Errorf("%s: %d %s, want %d", p.Name, a.Status, a.Body, want)
			}
		}
		if diff := cmp.Diff(before, fingerprint(t, w)); diff != "" {
			t.Errorf("changed something:\n%s", diff)
		}
		w.Must(t, w.Manager, http.MethodPost, path, secret(w.Manager))
		permit(rights.PermitEditCollections)
		w.Must(t, w.Custom, http.MethodPost, path, secret(w.Custom))
	})
}

// TestADisabledOrganizationKeepsItsVaultClosed calls every route about items and
// collections of an organization that was disabled after the request was prepared.
func TestADisabledOrganizationKeepsItsVaultClosed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		disable := func(on bool) {
			apitest.Set(t, w.Server, `UPDATE organizations SET enabled = $2 WHERE id = $1`, w.Org, !on)
			apitest.Set(t, w.Server, `UPDATE users SET revised_at = revised_at + 1000`)
		}
		for name, line := range rows() {
			method, route, _ := strings.Cut(name, " ")
			if line.who == nil || (!strings.HasPrefix(route, "/api/ciphers") && !strings.Contains(route, "{org}/collections")) {
				continue
			}
			for _, p := range line.who(w) {
				if w.Members[p] == "" && p != w.Service && p != w.Admin {
					continue
				}
				path, body := line.try(w, p)
				disable(true)
				a := w.Do(t, p, method, path, body)
				if empty := strings.HasPrefix(string(a.Body), `{"object":"list","data":[]`); a.Status < http.StatusBadRequest && !empty {
					t.Errorf("%s: %s = %d %.200s", p.Name, name, a.Status, a.Body)
				}
				disable(false)
			}
		}
		item := w.NewOrgItem()
		disable(true)
		for _, p := range []*person{w.Owner, w.Manager, w.User} {
			if a := w.Must(t, p, http.MethodGet, "/api/sync", nil); strings.Contains(string(a.Body), item) || strings.Contains(string(a.Body), w.Collection) {
				t.Errorf("%s syncs what is in it", p.Name)
			}
		}
	})
}

// TestADisabledProviderReachesNoClient calls every route that its staff may call.
func TestADisabledProviderReachesNoClient(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w, all := apitest.NewWorld(t, d), rows()
		disable := func(on bool) {
			apitest.Set(t, w.Server, `UPDATE providers SET enabled = $2 WHERE id = $1`, w.Provider, !on)
			apitest.Set(t, w.Server, `UPDATE users SET revised_at = revised_at + 1000`)
		}
		for _, r := range w.Routes {
			line := all[r.Method+" "+r.Path]
			if line.try == nil || r.Who == "anyone" || aboutSelf(w, r.Who, line, w.Admin) {
				continue
			}
			for _, p := range permitted(w, r.Who, line) {
				if p != w.Admin && p != w.Service {
					continue
				}
				path, body := line.try(w, p)
				disable(true)
				if a := w.Do(t, p, r.Method, path, body); a.Status < http.StatusBadRequest && (!line.suspended || p != w.Admin) {
					t.Errorf("%s: %s %s = %d %.200s", p.Name, r.Method, r.Path, a.Status, a.Body)
				}
				disable(false)
			}
		}
	})
}

// TestNoEntryTakesACheapKeyDerivation puts parameters below the floor, above the
// ceiling and incomplete ones in the place of each derivation.
func TestNoEntryTakesACheapKeyDerivation(t *testing.T) {
	cheap := []m{
		{"kdfType": 0, "iterations": 1}, {"kdfType": 0, "iterations": 599_999}, {"kdfType": 0, "iterations": 2_000_001}, {"kdfType": 0},
		{"kdfType": 1, "iterations": 1, "memory": 64, "parallelism": 4}, {"kdfType": 1, "iterations": 3, "memory": 1, "parallelism": 4},
		{"kdfType": 1, "iterations": 3, "memory": 64}, {"kdfType": 1, "iterations": 3}, {"kdfType": 1, "iterations": 3, "memory": 64, "parallelism": 0},
		{"kdfType": 2, "iterations": 600_000}, {"kdfType": -1, "iterations": 600_000}, {"iterations": 5000},
	}
	w := apitest.NewWorld(t, dbtest.SQLite(t))
	flat := func(kdf m) m {
		return m{"kdf": kdf["kdfType"], "kdfIterations": kdf["iterations"], "kdfMemory": kdf["memory"], "kdfParallelism": kdf["parallelism"]}
	}
	p := newcomer(w)
	before := w.Must(t, apitest.Nobody, http.MethodPost, "/identity/accounts/prelogin/password", m{"email": p.Email})
	for i, kdf := range cheap {
		email := fmt.Sprintf("cheap%d@nowhere.example", i)
		begun := w.Must(t, apitest.Nobody, http.MethodPost, "/identity/accounts/register/send-verification-email", m{"email": email})
		var proof string
		if err := json.Unmarshal(begun.Body, &proof); err != nil {
			t.Fatal(err)
		}
		auth := func(salt string) m {
			return m{"kdf": kdf, "masterPasswordAuthenticationHash": p.Password, "salt": salt}
		}
		unlock := func(salt string) m {
			return m{"kdf": kdf, "masterKeyWrappedUserKey": apitest.WrappedKey(), "salt": salt}
		}
		old := m{"masterPasswordHash": p.Password, "newMasterPasswordHash": p.Password, "key": apitest.WrappedKey()}
		for path, body := range map[string]m{
			"/identity/accounts/register/finish": {"email": email, "emailVerificationToken": proof, "masterPasswordAuthentication": auth(email), "masterPasswordUnlock": unlock(email)},
			"/identity/accounts/register":        {"email": email, "emailVerificationToken": proof, "masterPasswordHash": p.Password, "userSymmetricKey": apitest.WrappedKey(), "merge": flat(kdf)},
			"/api/accounts/kdf":                  {"masterPasswordHash": p.Password, "authenticationData": auth(p.Email), "unlockData": unlock(p.Email)},
			"/api/accounts/kdf?old":              {"merge": flat(kdf), "masterPasswordHash": p.Password, "newMasterPasswordHash": p.Password, "key": old["key"]},
			"/api/accounts/password":             {"masterPasswordHash": p.Password, "authenticationData": auth(p.Email), "unlockData": unlock(p.Email)},
		} {
			if more, ok := body["merge"].(m); ok {
				delete(body, "merge")
				for name, v := range more {
					body[name] = v
				}
			}
			if a := w.Do(t, p, http.MethodPost, path, body); a.Status != http.StatusBadRequest && a.Status != http.StatusNotFound {
				t.Errorf("%s takes %v: %d %s", path, kdf, a.Status, a.Body)
			}
		}
		w.Forgive(t)
	}
	after := w.Must(t, apitest.Nobody, http.MethodPost, "/identity/accounts/prelogin/password", m{"email": p.Email})
	if diff := cmp.Diff(string(before.Body), string(after.Body)); diff != "" {
		t.Errorf("the derivation changed:\n%s", diff)
	}
}

// TestPreloginDoesNotTellWhoHasAnAccount compares the form of the answers, and asks twice.
func TestPreloginDoesNotTellWhoHasAnAccount(t *testing.T) {
	w := apitest.NewWorld(t, dbtest.SQLite(t))
	ask := func(s *apitest.Server, email string) string {
		return string(s.Must(t, apitest.Nobody, http.MethodPost, "/identity/accounts/prelogin/password", m{"email": email}).Body)
	}
	known := ask(w.Server, w.User.Email)
	kinds := map[string]int{}
	for i := range 60 {
		email := fmt.Sprintf("unknown%d@nowhere.example", i)
		answer := ask(w.Server, email)
		if again := ask(w.Node(t), "  "+strings.ToUpper(email)+" "); again != answer {
			t.Errorf("%s: %s, and then %s", email, answer, again)
		}
		kinds[strings.ReplaceAll(answer, email, w.User.Email)]++
	}
	if kinds[known] < 20 || len(kinds) < 2 {
		t.Errorf("unknown addresses get %v, known ones %s", kinds, known)
	}
}

// TestManyWritersAtOnceGetNoFailure lets one account write through many devices at once.
func TestManyWritersAtOnceGetNoFailure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		items := []string{w.NewOrgItem(), w.NewOrgItem()}
		var group sync.WaitGroup
		answers := make(chan apitest.Answer, 200)
		for i := range 40 {
			group.Go(func() {
				p := []*person{w.Owner, w.Manager}[i%2]
				edit := apitest.Item()
				edit["organizationId"] = w.Org
				answers <- w.Do(t, p, http.MethodPut, "/api/ciphers/"+items[i%len(items)], edit)
				answers <- w.Do(t, p, http.MethodPost, "/api/ciphers", apitest.Item())
				answers <- w.Do(t, p, http.MethodPost, "/api/folders", m{"name": apitest.Enc()})
				answers <- w.Do(t, p, http.MethodPut, "/api/ciphers/"+items[i%len(items)]+"/partial", m{"favorite": i%3 == 0})
			})
		}
		group.Wait()
		close(answers)
		for a := range answers {
			if a.Status >= http.StatusInternalServerError && a.Status != http.StatusServiceUnavailable {
				t.Errorf("%d %s", a.Status, a.Body)
			}
		}
	})
}

// TestTheLastHeadStaysUnderConcurrentRemovals lets two owners remove each other at
// once, in every way there is.
func TestTheLastHeadStaysUnderConcurrentRemovals(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		second := newcomer(w)
		w.Members[second] = w.Invite(second.Email, 0)
		w.Accept(second, w.Owner, w.Org, w.Members[second])
		w.Confirm(w.Owner, w.Org, w.Members[second])
		// Staff of a provider would stand in for owners.
		apitest.Set(t, w.Server, `DELETE FROM provider_clients WHERE org_id = $1`, w.Org)
		at := "/api/organizations/" + w.Org + "/users/"
		demoted := m{"type": 2, "collections": []any{}, "groups": []any{}}
		var group sync.WaitGroup
		group.Go(func() { w.Do(t, w.Owner, http.MethodPut, at+w.Members[second]+"/revoke", nil) })
		group.Go(func() { w.Do(t, second, http.MethodPut, at+w.Members[w.Owner]+"/revoke", nil) })
		group.Go(func() { w.Do(t, w.Owner, http.MethodDelete, at+w.Members[second], nil) })
		group.Go(func() { w.Do(t, second, http.MethodDelete, at+w.Members[w.Owner], nil) })
		group.Go(func() { w.Do(t, w.Owner, http.MethodPost, "/api/organizations/"+w.Org+"/leave", nil) })
		group.Go(func() { w.Do(t, second, http.MethodDelete, "/api/accounts", secret(second)) })
		group.Go(func() { w.Do(t, second, http.MethodPut, at+w.Members[w.Owner], demoted) })
		group.Wait()
		left := 0
		err := w.Base.DB.View(t.Context(), func(tx *db.Tx) (err error) {
			left, err = db.One(t.Context(), tx, db.Value[int], `SELECT COUNT(*) FROM members WHERE org_id = $1 AND status = 2 AND type = 0`, w.Org)
			return err
		})
		if err != nil || left < 1 {
			t.Errorf("%d confirmed owners are left, %v", left, err)
		}
	})
}
