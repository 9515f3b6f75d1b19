package orgs

import (
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

type reachBody struct {
	Object      string              `json:"object"`
	Collections []reachedCollection `json:"collections"`
	Items       []reachedItem       `json:"items"`
}

type reachedCollection struct {
	ID            string   `json:"id"`
	Name          string   `json:"name"`
	ReadOnly      bool     `json:"readOnly"`
	HidePasswords bool     `json:"hidePasswords"`
	Manage        bool     `json:"manage"`
	Direct        bool     `json:"direct"`
	GroupIDs      []string `json:"groupIds"`
}

type reachedItem struct {
	ID            string     `json:"id"`
	CollectionIDs []string   `json:"collectionIds"`
	ViewPassword  bool       `json:"viewPassword"`
	Edit          bool       `json:"edit"`
	LastUsed      *wire.Date `json:"lastUsed"`
}

func (a *API) reach(w http.ResponseWriter, r *http.Request) error {
	user, organization, who, err := on[id.Member](r, "member")
	if err != nil {
		return err
	}
	reach, err := a.Enroll.MemberReach(r.Context(), user, organization, who)
	if err != nil {
		return err
	}
	return wire.JSON(w, reachBody{"memberReach", each(reach.Collections, reachedCollectionOf), each(reach.Items, reachedItemOf)})
}

func reachedCollectionOf(c enroll.ReachedCollection) reachedCollection {
	return reachedCollection{
		ID: string(c.ID), Name: c.Name, ReadOnly: c.ReadOnly, HidePasswords: c.HidePasswords, Manage: c.Manage, Direct: c.Direct,
		GroupIDs: each(c.Groups, func(g id.Group) string { return string(g) }),
	}
}

func reachedItemOf(i enroll.ReachedItem) reachedItem {
	return reachedItem{
		ID: string(i.ID), ViewPassword: i.Grant.ViewPassword, Edit: i.Grant.Write, LastUsed: dateOf(i.LastUsed),
		CollectionIDs: each(i.Collections, func(c id.Collection) string { return string(c) }),
	}
}

// dateOf is null for no date.
func dateOf(t time.Time) *wire.Date {
	if t.IsZero() {
		return nil
	}
	d := wire.Date(t)
	return &d
}
