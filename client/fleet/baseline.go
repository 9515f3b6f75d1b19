package fleet

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/kastellan/kastellan/client"
)

// Baseline is what the provider wants policies and settings of clients to be.
type Baseline struct {
	ID           string            `json:"id"`
	Name         string            `json:"name"`
	Description  string            `json:"description"`
	Rank         int               `json:"rank"`
	MayDeviate   bool              `json:"mayDeviate"`
	Settings     map[string]bool   `json:"settings"`
	Policies     []BaselinePolicy  `json:"policies"`
	ClientIDs    []client.ClientID `json:"clientIds"`
	TagIDs       []string          `json:"tagIds"`
	Governs      int               `json:"governs"`
	Drifted      int               `json:"drifted"`
	RevisionDate time.Time         `json:"revisionDate"`
}

// BaselinePolicy is a policy as a baseline wants it.
type BaselinePolicy struct {
	Type    int             `json:"type"`
	Enabled bool            `json:"enabled"`
	Data    json.RawMessage `json:"data"`
}

// Baselines lists the provider's baselines.
func (f *Fleet) Baselines(ctx context.Context) ([]Baseline, error) {
	return list[Baseline](ctx, f, "/baselines")
}

// Standing is how a client stands to the baseline that governs it.
type Standing struct {
	ClientID       client.ClientID `json:"clientId"`
	OrganizationID client.OrgID    `json:"organizationId"`
	BaselineID     string          `json:"baselineId"`
	BaselineName   string          `json:"baselineName"`
	Differences    []Difference    `json:"differences"`
}

// Difference is a policy or setting that is otherwise than the baseline wants it.
type Difference struct {
	Subject   string          `json:"subject"` // policy:NUMBER or setting:NAME
	Expected  json.RawMessage `json:"expected"`
	Actual    json.RawMessage `json:"actual"`
	Fields    []string        `json:"fields"`
	Deviation *Deviation      `json:"deviation"` // nil unless an owner of the client decided so
}

// Deviation is an owner's decision to do otherwise.
type Deviation struct {
	Reason string    `json:"reason"`
	By     *string   `json:"by"`
	Date   time.Time `json:"date"`
}

// Drift tells of each client that a baseline governs how it differs from it.
func (f *Fleet) Drift(ctx context.Context) ([]Standing, error) {
	return list[Standing](ctx, f, "/baselines/drift")
}

// Preview is what applying a baseline to a client would do.
type Preview struct {
	ClientID   client.ClientID `json:"clientId"`
	BaselineID string          `json:"baselineId"`
	Changes    []Foreseen      `json:"changes"`
}

// Foreseen is what one change would do, or why it cannot be made.
type Foreseen struct {
	Subject   string  `json:"subject"`
	BlockedBy *string `json:"blockedBy"`
	People    []struct {
		Name   *string `json:"name"`
		Email  string  `json:"email"`
		Effect string  `json:"effect"`
	} `json:"people"`
}

// PreviewBaseline tells what applying its baseline to a client would do.
func (f *Fleet) PreviewBaseline(ctx context.Context, to client.ClientID) (Preview, error) {
	var out Preview
	err := f.do(ctx, http.MethodPost, clientPath(to)+"/baseline/preview", map[string]any{}, &out)
	return out, err
}

// Applied is what became of one change.
type Applied struct {
	Subject string  `json:"subject"`
	Error   *string `json:"error"`
}

// ApplyBaseline makes a client what its baseline wants it to be: all of it, or the
// named subjects alone.
func (f *Fleet) ApplyBaseline(ctx context.Context, to client.ClientID, subjects ...string) ([]Applied, error) {
	body := map[string]any{}
	if len(subjects) > 0 {
		body["subjects"] = subjects
	}
	var out struct {
		Changes []Applied `json:"changes"`
	}
	err := f.do(ctx, http.MethodPost, clientPath(to)+"/baseline/apply", body, &out)
	return out.Changes, err
}
