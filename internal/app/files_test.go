package app

import (
	"io"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/blobtest"
)

func TestABucketThatCannotBeUsedStopsTheStartWithASentence(t *testing.T) {
	s := blobtest.StartS3(t)
	for name, c := range map[string]struct {
		change string
		want   []string
	}{
		"another bucket": {"KASTELLAN_S3_BUCKET=nowhere", []string{"nowhere", "s3_bucket"}},
		"another secret": {"KASTELLAN_S3_SECRET_KEY=guessed-secret", []string{"s3_secret_key"}},
		"nobody there":   {"KASTELLAN_S3_ENDPOINT=http://127.0.0.1:1", []string{"does not answer", "s3_endpoint"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := settings(t, append(s.Env(), c.change)...)
			err := Run(t.Context(), cfg, "dev", Console{io.Discard, io.Discard}, Compose)
			if err == nil {
				t.Fatal("started")
			}
			got := Sentence(err)
			for _, w := range c.want {
				if !strings.Contains(got, w) {
					t.Errorf("sentence %q lacks %q", got, w)
				}
			}
			if strings.Contains(got, "guessed-secret") {
				t.Errorf("sentence %q tells the secret", got)
			}
		})
	}
}
