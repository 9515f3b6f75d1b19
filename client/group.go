package client

import "context"

// Group is a number of members with common rights.
type Group struct {
	ID          GroupID                `json:"id"`
	Name        string                 `json:"name"`
	ExternalID  string                 `json:"externalId"` // in the directory that it came from
	Collections []Access[CollectionID] `json:"collections"`
	Members     []MemberID             `json:"users"`
}

// GroupContent is what a group is made of.
type GroupContent struct {
	Name        string                 `json:"name"`
	ExternalID  string                 `json:"externalId,omitempty"`
	Collections []Access[CollectionID] `json:"collections"`
	Members     []MemberID             `json:"users"`
}

// Groups lists the groups of an organization, with their rights and members.
func (s *Session) Groups(ctx context.Context, org OrgID) ([]Group, error) {
	var answer list[Group]
	err := s.do(ctx, "GET", groupsPath(org)+"/details", nil, &answer)
	return answer.Data, err
}

// CreateGroup makes a group.
func (s *Session) CreateGroup(ctx context.Context, org OrgID, content GroupContent) (GroupID, error) {
	return s.putGroup(ctx, "POST", groupsPath(org), content)
}

// UpdateGroup replaces a group's name, rights and members.
func (s *Session) UpdateGroup(ctx context.Context, org OrgID, id GroupID, content GroupContent) error {
	_, err := s.putGroup(ctx, "PUT", groupsPath(org)+"/"+escape(id), content)
	return err
}

func (s *Session) putGroup(ctx context.Context, method, path string, content GroupContent) (GroupID, error) {
	content.Collections, content.Members = orEmpty(content.Collections), orEmpty(content.Members)
	var group Group
	err := s.do(ctx, method, path, content, &group)
	return group.ID, err
}

// DeleteGroup removes a group; what its members had through it alone ends at once.
func (s *Session) DeleteGroup(ctx context.Context, org OrgID, id GroupID) error {
	return s.do(ctx, "DELETE", groupsPath(org)+"/"+escape(id), nil, nil)
}

// LeaveGroup takes one member out of a group.
func (s *Session) LeaveGroup(ctx context.Context, org OrgID, id GroupID, member MemberID) error {
	return s.do(ctx, "DELETE", groupsPath(org)+"/"+escape(id)+"/user/"+escape(member), nil, nil)
}

func groupsPath(org OrgID) string { return orgPath(org) + "/groups" }
