package client

import (
	"context"
	"time"
)

// ClaimedDomain is a domain of which an organization says that it is its own.
type ClaimedDomain struct {
	ID   DomainID `json:"id"`
	Name string   `json:"domainName"`
	// Record is the text to publish as a TXT record of the domain.
	Record   string     `json:"txt"`
	Verified *time.Time `json:"verifiedDate"` // nil before the record was found
}

// ClaimedDomains lists the domains of an organization.
func (s *Session) ClaimedDomains(ctx context.Context, org OrgID) ([]ClaimedDomain, error) {
	var answer list[ClaimedDomain]
	err := s.do(ctx, "GET", orgPath(org)+"/domain", nil, &answer)
	return answer.Data, err
}

// ClaimDomain begins to claim a domain: publish its Record, then VerifyDomain.
func (s *Session) ClaimDomain(ctx context.Context, org OrgID, name string) (ClaimedDomain, error) {
	var domain ClaimedDomain
	err := s.do(ctx, "POST", orgPath(org)+"/domain", map[string]string{"domainName": name}, &domain)
	return domain, err
}

// VerifyDomain has the server look for the record now.
func (s *Session) VerifyDomain(ctx context.Context, org OrgID, id DomainID) (ClaimedDomain, error) {
	var domain ClaimedDomain
	err := s.do(ctx, "POST", domainPath(org, id)+"/verify", nil, &domain)
	return domain, err
}

// ReleaseDomain takes a claim back.
func (s *Session) ReleaseDomain(ctx context.Context, org OrgID, id DomainID) error {
	return s.do(ctx, "DELETE", domainPath(org, id), nil, nil)
}

func domainPath(org OrgID, id DomainID) string { return orgPath(org) + "/domain/" + escape(id) }
