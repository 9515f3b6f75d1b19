package client

import (
	"context"
	"strconv"
)

// PolicyType is a kind of policy of an organization, by its number on the wire.
type PolicyType int

// Some of the types.
const (
	TwoFactorPolicy          PolicyType = 0
	SingleOrganizationPolicy PolicyType = 3
	RecoveryPolicy           PolicyType = 8 // data: autoEnrollEnabled
)

// SetPolicy turns a policy of an organization on or off. What it holds depends on
// its type; nil for none.
func (s *Session) SetPolicy(ctx context.Context, org OrgID, kind PolicyType, enabled bool, data map[string]any) error {
	body := map[string]any{"type": kind, "enabled": enabled, "data": data}
	return s.do(ctx, "PUT", orgPath(org)+"/policies/"+strconv.Itoa(int(kind)), body, nil)
}
