package wire_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/wire"
)

// form is an upload as clients write it: unquoted boundary, dashes in it.
func form(parts string) *http.Request {
	body := strings.ReplaceAll(strings.ReplaceAll(parts, "\n", "\r\n"), "BORDER", "------Web7")
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=----Web7")
	return r
}

func TestAFormWithAFile(t *testing.T) {
	const name = "2.a/b+c==|../../d|e/f"
	r := form(`BORDER
Content-Disposition: form-data; name="key"

2.key
BORDER
Content-Disposition: form-data; name="data"; filename="` + name + `"
Content-Type: application/octet-stream

the file
BORDER--
`)
	u, err := wire.ReadUpload(httptest.NewRecorder(), r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(u.Body)
	if err != nil {
		t.Fatal(err)
	}
	// A name is ciphertext: what looks like folders in it must stay.
	if u.Name != name || string(body) != "the file" {
		t.Errorf("name %q, body %q", u.Name, body)
	}
	if diff := cmp.Diff(map[string]string{"key": "2.key"}, u.Fields); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
}

func TestFormsThatAreNone(t *testing.T) {
	many := strings.Repeat("BORDER\nContent-Disposition: form-data; name=\"a\"\n\nb\n", 11)
	for name, r := range map[string]*http.Request{
		"no form":        httptest.NewRequest(http.MethodPost, "/", strings.NewReader("{}")),
		"an empty one":   form("BORDER--\n"),
		"no file":        form("BORDER\nContent-Disposition: form-data; name=\"key\"\n\nk\nBORDER--\n"),
		"cut off":        form("BORDER\nContent-Dispo"),
		"a long field":   form("BORDER\nContent-Disposition: form-data; name=\"key\"\n\n" + strings.Repeat("k", 5000) + "\nBORDER--\n"),
		"many fields":    form(many + "BORDER--\n"),
		"another border": form("--other\nContent-Disposition: form-data; name=\"data\"\n\nfile\n--other--\n"),
	} {
		if _, err := wire.ReadUpload(httptest.NewRecorder(), r); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v, want a fault of the request", name, err)
		}
	}
}
