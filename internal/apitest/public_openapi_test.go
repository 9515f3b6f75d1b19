package apitest_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// openAPI is the published description, as far as these tests read it.
type openAPI struct {
	OpenAPI string                          `json:"openapi"`
	Paths   map[string]map[string]operation `json:"paths"`

	schemas *jsonschema.Compiler
	at      string // where the document's routes begin
}

// covers tells whether a route belongs into the document: not those of another
// document below it.
func (doc openAPI) covers(path string) bool {
	if !strings.HasPrefix(path+"/", doc.at+"/") || path == doc.at+description {
		return false
	}
	return !slices.ContainsFunc(publishing, func(other published) bool {
		return strings.HasPrefix(other.at, doc.at+"/") && strings.HasPrefix(path+"/", other.at+"/")
	})
}

// published is a described API, and who calls it.
type published struct {
	at   string
	rows func() map[string]row
	by   func(w *world) *person
}

var publishing = []published{
	{"/api/public", publicRows, func(w *world) *person { return w.Key }},
	{"/api/public/provider", fleetRows, func(w *world) *person { return w.Program }},
}

type operation struct {
	ID         string                     `json:"operationId"`
	Parameters []parameterDoc             `json:"parameters"`
	Body       *content                   `json:"requestBody"`
	Responses  map[string]json.RawMessage `json:"responses"`
}

type parameterDoc struct {
	Name, In string
}

type content struct {
	Content map[string]json.RawMessage `json:"content"`
}

const description = "/openapi.json"

func readOpenAPI(t *testing.T, s *apitest.Server, at string) openAPI {
	t.Helper()
	a := s.Must(t, apitest.Nobody, http.MethodGet, at+description, nil)
	doc := openAPI{at: at}
	if err := json.Unmarshal(a.Body, &doc); err != nil {
		t.Fatal(err)
	}
	whole, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.Body))
	if err != nil {
		t.Fatal(err)
	}
	doc.schemas = jsonschema.NewCompiler()
	doc.schemas.AssertFormat()
	if err := doc.schemas.AddResource("openapi.json", whole); err != nil {
		t.Fatal(err)
	}
	return doc
}

// schema finds the schema at a place of the document.
func (doc openAPI) schema(t *testing.T, place ...string) *jsonschema.Schema {
	t.Helper()
	for i, part := range place {
		place[i] = strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(part)
	}
	s, err := doc.schemas.Compile("openapi.json#/" + strings.Join(place, "/"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func valid(t *testing.T, what string, s *jsonschema.Schema, body []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		t.Errorf("%s is no JSON: %s", what, body)
		return
	}
	if err := s.Validate(v); err != nil {
		t.Errorf("%s is not as described: %v\n%s", what, err, body)
	}
}

func TestOpenAPIListsTheRoutes(t *testing.T) {
	s := apitest.Start(t, dbtest.SQLite(t))
	for _, p := range publishing {
		doc := readOpenAPI(t, s, p.at)
		if doc.OpenAPI != "3.1.0" {
			t.Errorf("version %q", doc.OpenAPI)
		}
		var want []string
		for _, r := range s.Routes {
			if doc.covers(r.Path) {
				want = append(want, r.Method+" "+r.Path)
			}
		}
		slices.Sort(want)
		if diff := cmp.Diff(want, doc.operations(t)); diff != "" {
			t.Errorf("operations (-served +described):\n%s", diff)
		}
	}
}

// operations are the described ones, whose parameters and ids have to be in order.
func (doc openAPI) operations(t *testing.T) []string {
	t.Helper()
	var got []string
	seen := map[string]bool{}
	for path, operations := range doc.Paths {
		for method, o := range operations {
			got = append(got, strings.ToUpper(method)+" "+path)
			if o.ID == "" || seen[o.ID] {
				t.Errorf("%s %s has the operationId %q, which is empty or another's", method, path, o.ID)
			}
			seen[o.ID] = true
			var inPath []string
			for _, p := range o.Parameters {
				if p.In == "path" {
					inPath = append(inPath, "{"+p.Name+"}")
				}
			}
			if diff := cmp.Diff(regexp.MustCompile(`\{\w+\}`).FindAllString(path, -1), inPath); diff != "" {
				t.Errorf("%s %s: parameters (-path +described):\n%s", method, path, diff)
			}
		}
	}
	slices.Sort(got)
	return got
}

// TestOpenAPIIsTrue makes the requests of the actor matrix, and holds them and
// their answers to the description; then requests that are refused.
func TestOpenAPIIsTrue(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		for _, p := range publishing {
			doc := readOpenAPI(t, w.Server, p.at)
			lines := p.rows()
			for _, name := range slices.Sorted(maps.Keys(lines)) {
				method, route, _ := strings.Cut(name, " ")
				o, ok := doc.Paths[route][strings.ToLower(method)]
				if !ok {
					continue // the test above says so
				}
				path, body := lines[name].try(w, p.by(w))
				doc.request(t, name, o, body)
				doc.answer(t, name, o, w.Do(t, p.by(w), method, path, body))
				doc.answer(t, name+" without a token", o, w.Do(t, apitest.Nobody, method, path, body))
				doc.answer(t, name+" about nothing", o, w.Do(t, p.by(w), method, absent(path), body))
				if body != nil {
					doc.answer(t, name+" with nonsense", o, w.Raw(t, p.by(w), method, path, []byte(`{"type":"x","groups":5`)))
				}
			}
		}
	})
}

func (doc openAPI) request(t *testing.T, name string, o operation, body any) {
	t.Helper()
	if (body == nil) != (o.Body == nil) {
		t.Errorf("%s: a body is sent: %v, described: %v", name, body != nil, o.Body != nil)
		return
	}
	if body == nil {
		return
	}
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	method, route, _ := strings.Cut(name, " ")
	valid(t, "the request "+name, doc.schema(t, "paths", route, strings.ToLower(method), "requestBody", "content", "application/json", "schema"), text)
}

func (doc openAPI) answer(t *testing.T, what string, o operation, a apitest.Answer) {
	t.Helper()
	raw, ok := o.Responses[strconv.Itoa(a.Status)]
	if !ok {
		t.Errorf("%s: the status %d is not described: %s", what, a.Status, a.Body)
		return
	}
	if a.Status != http.StatusOK {
		valid(t, what, doc.schema(t, "components", "schemas", "Error"), a.Body)
		return
	}
	var c content
	if err := json.Unmarshal(raw, &c); err != nil {
		t.Fatal(err)
	}
	if len(c.Content) == 0 {
		if len(a.Body) != 0 {
			t.Errorf("%s: an answer without a body has %s", what, a.Body)
		}
		return
	}
	name, rest, _ := strings.Cut(what, " ")
	route, _, _ := strings.Cut(rest, " ")
	valid(t, what, doc.schema(t, "paths", route, strings.ToLower(name), "responses", "200", "content", "application/json", "schema"), a.Body)
}
