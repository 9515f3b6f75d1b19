package push_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

// TestPayloads holds the members of each type to what official apps read.
func TestPayloads(t *testing.T) {
	at := time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)
	rotated := push.KeyRotated
	dated := push.Fields{{"UserId", "u"}, {"Date", at}}
	one := push.Fields{{"Id", "x"}, {"UserId", "u"}, {"RevisionDate", at}}
	request := push.Fields{{"Id", "x"}, {"UserId", "u"}}
	own := push.Fields{{"Id", "x"}, {"UserId", "u"}, {"OrganizationId", nil}, {"CollectionIds", nil}, {"RevisionDate", at}}
	for name, tt := range map[string]struct {
		message  push.Message
		want     push.Fields
		personal bool
	}{
		"item":             {push.Message{Type: push.CipherUpdated}, own, true},
		"item created":     {push.Message{Type: push.CipherCreated}, own, true},
		"item deleted":     {push.Message{Type: push.CipherDeleted}, own, true},
		"organization's":   {push.Message{Type: push.CipherUpdated, Org: "o", Collections: []id.Collection{"d", "c"}}, push.Fields{{"Id", "x"}, {"UserId", nil}, {"OrganizationId", "o"}, {"CollectionIds", []string{"c", "d"}}, {"RevisionDate", at}}, false},
		"folder deleted":   {push.Message{Type: push.FolderDeleted}, one, true},
		"folder created":   {push.Message{Type: push.FolderCreated}, one, true},
		"folder":           {push.Message{Type: push.FolderUpdated}, one, true},
		"items":            {push.Message{Type: push.CiphersChanged}, dated, true},
		"vault":            {push.Message{Type: push.VaultChanged}, dated, true},
		"keys":             {push.Message{Type: push.OrgKeysChanged}, dated, true},
		"settings":         {push.Message{Type: push.SettingsChanged}, dated, true},
		"organizations":    {push.Message{Type: push.OrganizationsChanged}, dated, true},
		"log-out":          {push.Message{Type: push.LogOut}, dated, true},
		"log-out, reason":  {push.Message{Type: push.LogOut, Reason: &rotated}, append(dated[:2:2], push.Field{Name: "Reason", Value: 1}), true},
		"send created":     {push.Message{Type: push.SendCreated}, one, true},
		"send":             {push.Message{Type: push.SendUpdated}, one, true},
		"send deleted":     {push.Message{Type: push.SendDeleted}, one, true},
		"log-in asks":      {push.Message{Type: push.AuthRequested}, request, true},
		"log-in answered":  {push.Message{Type: push.AuthAnswered}, request, true},
		"suspended":        {push.Message{Type: push.OrgStatusChanged, Org: "o"}, push.Fields{{"OrganizationId", "o"}, {"Enabled", false}}, false},
		"collection rules": {push.Message{Type: push.CollectionSettingsChanged, Org: "o", Limits: &push.Limits{ItemDeletion: true}}, push.Fields{{"OrganizationId", "o"}, {"LimitCollectionCreation", false}, {"LimitCollectionDeletion", false}, {"LimitItemDeletion", true}}, false},
		"policy": {push.Message{Type: push.PolicyChanged, Org: "o", Policy: &push.Policy{ID: "p", Type: 3, Enabled: true}},
			push.Fields{{"OrganizationId", "o"}, {"Policy", push.Fields{{"id", "p"}, {"organizationId", "o"}, {"type", 3}, {"data", nil}, {"enabled", true}, {"revisionDate", at}}}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			tt.message.ID, tt.message.Date = "x", at
			if diff := cmp.Diff(tt.want, tt.message.Payload("u")); diff != "" {
				t.Error(diff)
			}
			if got := tt.message.Personal(); got != tt.personal {
				t.Errorf("personal = %t", got)
			}
		})
	}
}

func TestABacklogThatOverflowsForgetsNobody(t *testing.T) {
	at := time.Date(2026, 11, 3, 12, 0, 0, 0, time.UTC)
	b := push.NewBacklog(1)
	for i, m := range []push.Message{
		{Type: push.FolderCreated, Users: []id.User{"first"}},
		{Type: push.FolderCreated, Users: []id.User{"a", "b"}},
		{Type: push.CipherCreated, Users: []id.User{"a"}},
		{Type: push.LogOut, Users: []id.User{"b"}},
		{Type: push.LogOut, Users: []id.User{"c"}, Device: "d"}, // one device's: its sockets end by the hub's check
	} {
		m.Date = at.Add(time.Duration(i))
		b.Put(m)
	}
	got := map[push.Type][]id.User{}
	for _, m := range b.Next(t.Context()) {
		got[m.Type] = append(got[m.Type], m.Users...)
		if m.Type != push.FolderCreated && !m.Date.Equal(at.Add(4)) {
			t.Errorf("type %d has the date %s", m.Type, m.Date)
		}
	}
	want := map[push.Type][]id.User{push.FolderCreated: {"first"}, push.VaultChanged: {"a", "c"}, push.LogOut: {"b"}}
	if len(got[push.VaultChanged]) == 2 && got[push.VaultChanged][0] == "c" {
		got[push.VaultChanged] = []id.User{"a", "c"}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if rest := b.Take(); len(rest) > 0 {
		t.Errorf("there is more: %v", rest)
	}
}
