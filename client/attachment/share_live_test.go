package attachment_test

import (
	"bytes"
	"testing"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/attachment"
	"github.com/kastellan/kastellan/client/internal/live"
	"github.com/kastellan/kastellan/client/item"
)

// A file comes along when its item is given to an organization, whose people open it with
// the organization's key: in their vault, and in the Admin Console.
func TestLifeOfASharedAttachment(t *testing.T) {
	s := signUp(t, live.Run(t, "KASTELLAN_REGISTRATION=open"))
	ctx := t.Context()
	org, err := s.CreateOrganization(ctx, client.NewOrganization{Name: "Ann's", BillingEmail: "ann@example.test", Collection: "All"})
	if err != nil {
		t.Fatal(err)
	}
	collections, err := s.Collections(ctx, org)
	if err != nil {
		t.Fatal(err)
	}
	body := bytes.Repeat([]byte("plan "), 1000)
	for _, ownKey := range []bool{true, false} {
		view := note(t, s)
		if !ownKey {
			view.Key = ""
			if view, err = s.UpdateItem(ctx, view); err != nil {
				t.Fatal(err)
			}
		}
		id, err := attachment.Of(s).Add(ctx, view, "plan.txt", body)
		if err != nil {
			t.Fatal(err)
		}
		view = again(t, s, view, "plan.txt")
		if view, err = s.ShareItem(ctx, view, org, []item.CollectionID{collections[0].ID}); err != nil {
			t.Fatal(err)
		}
		view = again(t, s, view, "plan.txt")
		for name, files := range map[string]attachment.Files{"vault": attachment.Of(s), "console": attachment.AsAdmin(s)} {
			if got, err := files.Open(ctx, view, id); err != nil || !bytes.Equal(got, body) {
				t.Errorf("%s, own key %v: %d bytes, %v", name, ownKey, len(got), err)
			}
			second, err := files.Add(ctx, view, "second.txt", body)
			if err != nil {
				t.Fatal(err)
			}
			view = again(t, s, view, "plan.txt", "second.txt")
			if got, err := files.Open(ctx, view, second); err != nil || !bytes.Equal(got, body) {
				t.Errorf("%s, own key %v, the second: %d bytes, %v", name, ownKey, len(got), err)
			}
			if err := files.Delete(ctx, view, second); err != nil {
				t.Error(err)
			}
			view = again(t, s, view, "plan.txt")
		}
	}
}
