package content_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/vault/content"
)

func TestMapsOfAttachments(t *testing.T) {
	const one, two = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
	for name, c := range map[string]struct {
		text string
		want content.Files
	}{
		"nothing":                      {`{}`, content.Files{}},
		"nulls":                        {`{"attachments":null,"attachments2":null}`, content.Files{}},
		"old clients: names":           {`{"attachments":{"` + one + `":"n"}}`, content.Files{one: {Name: "n"}}},
		"names and keys":               {`{"attachments2":{"` + one + `":{"fileName":"n","key":"k"}}}`, content.Files{one: {Name: "n", Key: "k"}}},
		"both: the second counts":      {`{"attachments":{"` + one + `":"a","` + two + `":"b"},"attachments2":{"` + one + `":{"fileName":"n","key":"k"}}}`, content.Files{one: {Name: "n", Key: "k"}, two: {Name: "b"}}},
		"an id in capitals":            {`{"attachments":{"00000000-0000-4000-8000-00000000000A":"n"}}`, content.Files{"00000000-0000-4000-8000-00000000000a": {Name: "n"}}},
		"ids of no attachment of ours": {`{"attachments":{"x":"n"},"attachments2":{"":{"fileName":"n"}}}`, content.Files{}},
		"the list of an answer":        {`{"attachments":[{"id":"` + one + `","fileName":"n"}],"attachments2":[]}`, content.Files{}},
		"other kinds":                  {`{"attachments":7,"attachments2":{"` + one + `":7}}`, content.Files{}},
	} {
		var in content.FileMaps
		if err := json.Unmarshal([]byte(c.text), &in); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, in.Files()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
