package client

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/client/seal"
)

// Reach is what a member may know of an organization, also after they were
// revoked: what to change when they go.
type Reach struct {
	Collections []ReachedCollection
	Items       []ReachedItem
}

// ReachedCollection is a collection that a member has.
type ReachedCollection struct {
	ID            CollectionID
	Name          string
	ReadOnly      bool
	HidePasswords bool
	Manage        bool
	Direct        bool // by a right of their own; otherwise through Groups, or because of their role
	Groups        []GroupID
}

// ReachedItem is an item that a member may open.
type ReachedItem struct {
	ID           ItemID         `json:"id"`
	Collections  []CollectionID `json:"collectionIds"`
	ViewPassword bool           `json:"viewPassword"`
	Edit         bool           `json:"edit"`
	LastUsed     *time.Time     `json:"lastUsed"` // nil when nothing tells that they ever opened it
}

// MemberReach tells what a member may know.
func (s *Session) MemberReach(ctx context.Context, org OrgID, id MemberID) (Reach, error) {
	key, err := s.orgKey(org)
	if err != nil {
		return Reach{}, err
	}
	var answer struct {
		Collections []struct {
			ID            CollectionID   `json:"id"`
			Name          seal.EncString `json:"name"`
			ReadOnly      bool           `json:"readOnly"`
			HidePasswords bool           `json:"hidePasswords"`
			Manage        bool           `json:"manage"`
			Direct        bool           `json:"direct"`
			Groups        []GroupID      `json:"groupIds"`
		} `json:"collections"`
		Items []ReachedItem `json:"items"`
	}
	if err := s.do(ctx, "GET", orgPath(org)+"/users/"+escape(id)+"/reach", nil, &answer); err != nil {
		return Reach{}, err
	}
	out := Reach{Items: answer.Items}
	for _, c := range answer.Collections {
		name, err := key.DecryptText(c.Name)
		if err != nil {
			return Reach{}, err
		}
		out.Collections = append(out.Collections, ReachedCollection{c.ID, name, c.ReadOnly, c.HidePasswords, c.Manage, c.Direct, c.Groups})
	}
	return out, nil
}
