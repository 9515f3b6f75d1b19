package wire_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/wire"
)

// TestHalfAFileDoesNotPassForAWholeOne: the connection is cut when the store gives less,
// or more, than it said.
func TestHalfAFileDoesNotPassForAWholeOne(t *testing.T) {
	for name, c := range map[string]struct {
		size int64
		want any
	}{"whole": {8, nil}, "half": {16, http.ErrAbortHandler}, "more": {4, http.ErrAbortHandler}} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if got := recover(); got != c.want {
					t.Errorf("ended with %v, want %v", got, c.want)
				}
			}()
			if err := wire.File(httptest.NewRecorder(), io.NopCloser(strings.NewReader("the file")), c.size); err != nil {
				t.Error(err)
			}
		})
	}
}
