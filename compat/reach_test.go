//go:build compat

package compat

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/compat/realserver"
)

func TestReach(t *testing.T) { onBothDatabases(t, testReach) }

// testReach is a member who has everything through a group, in one long session of
// the official client, while the owner changes what they may. The client syncs as
// usual: the server has to say that something changed.
func testReach(t *testing.T, s *realserver.Server) {
	h := newHouse(t, s)
	mia, id := h.bringIn(t, "mia")
	b := install(t, s)
	b.login(t, mia)
	r := reach{house: h, mia: mia, id: id, api: b.serve(t)}
	r.cellar, r.roof = h.collection(t, "Cellar"), h.collection(t, "Roof")
	r.router, r.alarm = h.secretLogin(t, "Router", r.cellar), h.secretLogin(t, "Alarm", r.roof)
	r.own = r.api.make(t, map[string]any{
		"type": 2, "name": "Own", "notes": "private", "secureNote": map[string]any{"type": 0},
	})
	var err error
	r.group, err = h.owner.CreateGroup(t.Context(), h.org, r.content())
	must(t, err)

	t.Run("what is hidden and read only", r.testHidden)
	t.Run("hidden passwords survive an edit", r.testHiddenEdit)
	t.Run("out of the group and back", r.testGroup)
	t.Run("revoked and restored", r.testRevoked)
	t.Run("a custom role", r.testCustom)
}

// reach is the member mia, whose group reads the cellar without passwords and
// works on the roof.
type reach struct {
	house
	mia           person
	id            client.MemberID
	api           restAPI
	group         client.GroupID
	cellar, roof  client.CollectionID
	router, alarm item.View
	own           map[string]any
}

func (r reach) content() client.GroupContent {
	return client.GroupContent{Name: "Night shift", Members: []client.MemberID{r.id}, Collections: []client.Access[client.CollectionID]{
		{ID: r.cellar, ReadOnly: true, HidePasswords: true}, {ID: r.roof},
	}}
}

func (r reach) path(view item.View) string { return "/object/item/" + string(view.ID) }

// sees syncs and compares the names of all items.
func (r reach) sees(t *testing.T, want ...string) {
	t.Helper()
	r.api.call(t, "POST", "/sync", nil)
	got := sorted(keys(r.api.listed(t, "/list/object/items", len(want))))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}

func (r reach) testHidden(t *testing.T) {
	r.sees(t, "Alarm", "Own", "Router")
	hidden := []any{map[string]any{"name": "Rack", "value": "7"}, map[string]any{"name": "PIN", "value": nil}}
	mustHold(t, "without passwords", map[string]any{
		"notes": "in the cellar", "login": map[string]any{"username": "admin", "password": nil, "totp": nil}, "fields": hidden,
	}, r.api.get(t, string(r.router.ID)))
	mustHold(t, "with passwords", map[string]any{
		"login": map[string]any{"username": "admin", "password": "kept from some", "totp": "JBSWY3DPEHPK3PXP"},
	}, r.api.get(t, string(r.alarm.ID)))
	if got := r.api.refused(t, "GET", "/object/password/"+string(r.router.ID)); got != "No password available for this login." {
		t.Errorf("asking for a hidden password answered %q", got)
	}
	read := r.api.get(t, string(r.router.ID))
	for what, got := range map[string]reply{
		"edit":              r.api.send(t, "PUT", r.path(r.router), with(read, "notes", "changed")),
		"other collections": r.api.send(t, "PUT", "/object/item-collections/"+string(r.router.ID), []string{string(r.roof)}),
	} {
		if got.Message != "You do not have permission to edit this item" {
			t.Errorf("%s of what is read only: %+v", what, got)
		}
	}
	if got := r.api.refused(t, "DELETE", r.path(r.router)); got != "You do not have permission to delete this item." {
		t.Errorf("deleting what is read only answered %q", got)
	}
	r.api.call(t, "PUT", r.path(r.alarm), with(r.api.get(t, string(r.alarm.ID)), "notes", "on the roof"))
}

// testHiddenEdit: who may edit but not see passwords gets them as null, and gives
// them back so.
func (r reach) testHiddenEdit(t *testing.T) {
	content := r.content()
	content.Collections[0].ReadOnly = false
	must(t, r.owner.UpdateGroup(t.Context(), r.org, r.group, content))
	r.sees(t, "Alarm", "Own", "Router")
	r.api.call(t, "PUT", r.path(r.router), with(r.api.get(t, string(r.router.ID)), "notes", "moved upstairs"))
	got, err := r.owner.Item(t.Context(), r.router.ID)
	must(t, err)
	if got.Notes != "moved upstairs" || got.Login.Password != "kept from some" || got.Login.TOTP == "" || got.Fields[1].Value != "4711" {
		t.Errorf("after the edit the owner reads %+v, %+v", got.Content, got.Login)
	}
}

func (r reach) testGroup(t *testing.T) {
	must(t, r.owner.LeaveGroup(t.Context(), r.org, r.group, r.id))
	if _, err := r.mia.Item(t.Context(), r.alarm.ID); !client.IsNotFound(err) {
		t.Errorf("reading an item right after leaving the group: %v", err)
	}
	// The client still has its copy; the server does not take it.
	if got := r.api.send(t, "PUT", r.path(r.alarm), with(r.own, "notes", "late")); got.Success {
		t.Error("an edit right after leaving the group was taken")
	}
	r.sees(t, "Own")
	must(t, r.owner.UpdateGroup(t.Context(), r.org, r.group, r.content()))
	r.sees(t, "Alarm", "Own", "Router")
	must(t, r.owner.DeleteGroup(t.Context(), r.org, r.group))
	r.sees(t, "Own")
}

func (r reach) testRevoked(t *testing.T) {
	row := r.find(t, r.id)
	row.Collections = []client.Access[client.CollectionID]{{ID: r.roof}}
	must(t, r.owner.ChangeMember(t.Context(), r.org, row))
	r.sees(t, "Alarm", "Own")
	must(t, r.owner.RevokeMember(t.Context(), r.org, r.id))
	if _, err := r.mia.Item(t.Context(), r.alarm.ID); !client.IsNotFound(err) {
		t.Errorf("reading an item right after being revoked: %v", err)
	}
	r.sees(t, "Own")
	if got := r.api.refused(t, "GET", "/list/object/org-collections"+r.query()); got != "Organization not found." {
		t.Errorf("the collections of the organization, revoked: %q", got)
	}
	r.api.call(t, "PUT", "/object/item/"+r.own["id"].(string), with(r.own, "notes", "still mine"))
	must(t, r.owner.RestoreMember(t.Context(), r.org, r.id))
	r.sees(t, "Alarm", "Own")
}

func (r reach) testCustom(t *testing.T) {
	orgCollections := func() []string {
		t.Helper()
		list := []string{}
		for _, c := range r.api.call(t, "GET", "/list/object/org-collections"+r.query(), nil)["data"].([]any) {
			list = append(list, c.(map[string]any)["name"].(string))
		}
		return sorted(list)
	}
	if diff := cmp.Diff([]string{"Roof"}, orgCollections()); diff != "" {
		t.Errorf("collections of a plain user (-want +got):\n%s", diff)
	}
	edit := "/object/org-collection/" + string(r.cellar) + r.query()
	renamed := map[string]any{"organizationId": string(r.org), "name": "Basement", "users": []any{}, "groups": []any{}}
	if got := r.api.send(t, "PUT", edit, renamed); got.Message != "Resource not found." {
		t.Errorf("a plain user edits a collection: %+v", got)
	}
	row := r.find(t, r.id)
	row.Role, row.Permissions = client.Custom, client.Permit(client.EditAnyCollection)
	must(t, r.owner.ChangeMember(t.Context(), r.org, row))
	r.api.call(t, "POST", "/sync", nil)
	if diff := cmp.Diff([]string{"Cellar", "Everyone", "Roof"}, orgCollections()); diff != "" {
		t.Errorf("collections of a custom role (-want +got):\n%s", diff)
	}
	r.api.call(t, "PUT", edit, renamed)
	row.Role, row.Permissions = client.User, nil
	must(t, r.owner.ChangeMember(t.Context(), r.org, row))
	if got := r.api.send(t, "PUT", edit, renamed); got.Message != "Resource not found." {
		t.Errorf("right after the role ended: %+v", got)
	}
	r.api.call(t, "POST", "/sync", nil)
	if diff := cmp.Diff([]string{"Roof"}, orgCollections()); diff != "" {
		t.Errorf("collections after the role ended (-want +got):\n%s", diff)
	}
}
