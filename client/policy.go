package client

import (
	"context"
	"strconv"
	"time"
)

// PolicyType is a kind of policy of an organization, by its number on the wire.
type PolicyType int

// Some of the types, and what their data holds.
const (
	TwoFactorPolicy          PolicyType = 0
	MasterPasswordPolicy     PolicyType = 1 // minLength, minComplexity, requireUpper, …, enforceOnLogin
	PasswordGeneratorPolicy  PolicyType = 2 // minLength, minNumbers, useUpper, …
	SingleOrganizationPolicy PolicyType = 3
	DataOwnershipPolicy      PolicyType = 5 // no items of one's own
	RecoveryPolicy           PolicyType = 8 // autoEnrollEnabled
	NoPersonalExportPolicy   PolicyType = 10
)

// Policy is a rule of an organization for its members.
type Policy struct {
	Type    PolicyType     `json:"type"`
	Enabled bool           `json:"enabled"`
	Data    map[string]any `json:"data"`
	// CanToggle is false while something else depends on the policy.
	CanToggle bool      `json:"canToggleState"`
	Revised   time.Time `json:"revisionDate"`
}

// Policies lists all policies of an organization, also those that are off.
func (s *Session) Policies(ctx context.Context, org OrgID) ([]Policy, error) {
	var answer list[Policy]
	err := s.do(ctx, "GET", orgPath(org)+"/policies", nil, &answer)
	return answer.Data, err
}

// SetPolicy turns a policy of an organization on or off. What it holds depends on
// its type; nil for none.
func (s *Session) SetPolicy(ctx context.Context, org OrgID, kind PolicyType, enabled bool, data map[string]any) error {
	return s.do(ctx, "PUT", policyPath(org, kind), policyBody(kind, enabled, data), nil)
}

// PolicyPreview is what turning a policy on would do.
type PolicyPreview struct {
	BlockedBy string           `json:"blockedBy"` // a sentence, when it could not be turned on
	Members   []AffectedMember `json:"members"`
}

// AffectedMember is somebody to whom a policy would do something.
type AffectedMember struct {
	ID     MemberID `json:"organizationUserId"`
	Name   string   `json:"name"`
	Email  string   `json:"email"`
	Effect string   `json:"effect"` // such as revoked
}

// PreviewPolicy tells what SetPolicy would do, and does nothing.
func (s *Session) PreviewPolicy(ctx context.Context, org OrgID, kind PolicyType, data map[string]any) (PolicyPreview, error) {
	var preview PolicyPreview
	err := s.do(ctx, "POST", policyPath(org, kind)+"/preview", policyBody(kind, true, data), &preview)
	return preview, err
}

func policyBody(kind PolicyType, enabled bool, data map[string]any) map[string]any {
	return map[string]any{"type": kind, "enabled": enabled, "data": data}
}

func policyPath(org OrgID, kind PolicyType) string {
	return orgPath(org) + "/policies/" + strconv.Itoa(int(kind))
}
