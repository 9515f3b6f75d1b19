package totp

import (
	"errors"
	"testing"
	"time"

	"github.com/kastellan/kastellan/client/internal/vectors"
)

func TestCodesOfOtherClients(t *testing.T) {
	var list []struct {
		Key, Code        string
		UnixTime, Period int64
	}
	vectors.Load(t, "totp", &list)
	for _, v := range list {
		g, err := Parse(v.Key)
		if err != nil {
			t.Fatal(err)
		}
		if got := g.Code(time.Unix(v.UnixTime, 0)); got != v.Code {
			t.Errorf("%s: got %s, want %s", v.Key, got, v.Code)
		}
		if got := int64(g.Period().Seconds()); got != v.Period {
			t.Errorf("%s: period: got %d, want %d", v.Key, got, v.Period)
		}
	}
}

func TestParse(t *testing.T) {
	at := time.Unix(1700000000, 0)
	tests := []struct {
		name, in, want string
		err            error
	}{
		{"blanks, hyphens and small letters", " jbsw y3dp-ehpk 3pxp ", "324550", nil},
		{"capital scheme", "OTPAUTH://totp/x?secret=JBSWY3DPEHPK3PXP", "324550", nil},
		{"capital steam", "STEAM://HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ", "C5TDQ", nil},
		{"odd digits and period fall back", "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&digits=11&period=0", "324550", nil},
		{"empty", "", "", ErrSecret},
		{"no secret", "otpauth://totp/x?digits=6", "", ErrSecret},
		{"nothing of base32", "1890", "", ErrSecret},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g, err := Parse(test.in)
			if !errors.Is(err, test.err) {
				t.Fatalf("got %v, want %v", err, test.err)
			}
			if err == nil && g.Code(at) != test.want {
				t.Errorf("got %s, want %s", g.Code(at), test.want)
			}
		})
	}
}
