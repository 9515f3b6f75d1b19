package portal

import (
	"context"
	"net/http"
	"net/url"

	"github.com/kastellan/kastellan/client"
)

// Person is somebody who works for a provider, with what they reach.
type Person struct {
	ID    client.ProviderUserID `json:"id"`
	Email string                `json:"email"`
	Reach
}

// People lists who works for the provider. Only provider admins may.
func (p Provider) People(ctx context.Context) ([]Person, error) { return get[Person](ctx, p, "/users") }

// Tag is a word by which a provider sorts its clients.
type Tag struct {
	ID      TagID             `json:"id"`
	Name    string            `json:"name"`
	Clients []client.ClientID `json:"clientIds"`
}

// Tags lists the tags that the account sees.
func (p Provider) Tags(ctx context.Context) ([]Tag, error) { return get[Tag](ctx, p, "/tags") }

// Counted is a baseline with what it governs of what the account reaches.
type Counted struct {
	ID BaselineID `json:"id"`
	Baseline
	Clients []client.ClientID `json:"clientIds"` // assigned directly
	Tags    []TagID           `json:"tagIds"`
	Governs int               `json:"governs"`
	Drifted int               `json:"drifted"`
}

// Baselines lists the baselines in their order.
func (p Provider) Baselines(ctx context.Context) ([]Counted, error) {
	return get[Counted](ctx, p, "/baselines")
}

// get reads a whole list.
func get[T any](ctx context.Context, p Provider, path string) ([]T, error) {
	var out struct {
		Data []T `json:"data"`
	}
	err := p.session.Do(ctx, http.MethodGet, p.path+path, nil, &out)
	return out.Data, err
}

// Deviate has an owner of an organization say why it does otherwise than the
// baseline of its provider in one thing, such as "policy:2".
func Deviate(ctx context.Context, owner *client.Session, org client.OrgID, subject, reason string) error {
	path := "/api/organizations/" + url.PathEscape(string(org)) + "/baseline/deviations/" + url.PathEscape(subject)
	return owner.Do(ctx, http.MethodPut, path, map[string]string{"reason": reason}, nil)
}
