package portal

import (
	"context"
	"net/http"
	"net/url"

	"github.com/kastellan/kastellan/client"
)

// BaselineID names a baseline of a provider.
type BaselineID string

// Baseline is what a provider wants its clients' policies and settings to be.
type Baseline struct {
	Name        string           `json:"name"`
	Description string           `json:"description"`
	MayDeviate  bool             `json:"mayDeviate"` // owners of a client may do otherwise, with a reason
	Settings    map[string]bool  `json:"settings"`
	Policies    []BaselinePolicy `json:"policies"`
}

// BaselinePolicy is one policy of a baseline.
type BaselinePolicy struct {
	Type    client.PolicyType `json:"type"`
	Enabled bool              `json:"enabled"`
	Data    map[string]any    `json:"data"`
}

// CreateBaseline makes a baseline that governs no client yet.
func (p Provider) CreateBaseline(ctx context.Context, b Baseline) (BaselineID, error) {
	return create[BaselineID](ctx, p, "/baselines", b)
}

// AssignBaseline lets a baseline govern these clients, and those with these tags,
// and no others.
func (p Provider) AssignBaseline(ctx context.Context, id BaselineID, clients []client.ClientID, tags []TagID) error {
	body := map[string]any{"clientIds": clients, "tagIds": tags}
	return p.put(ctx, p.path+"/baselines/"+url.PathEscape(string(id))+"/assignments", body)
}

// Applied is what came of one of the differences between a client and its baseline.
type Applied struct {
	Subject string  `json:"subject"`
	Error   *string `json:"error"` // why it was left as it was
}

// ApplyBaseline makes a client as its baseline wants it.
func (p Provider) ApplyBaseline(ctx context.Context, id client.ClientID) ([]Applied, error) {
	var out struct {
		Changes []Applied `json:"changes"`
	}
	err := p.session.Do(ctx, http.MethodPost, p.clientPath(id, "/baseline/apply"), nil, &out)
	return out.Changes, err
}
