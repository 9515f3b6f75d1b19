package send

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/client/seal"
)

func TestLink(t *testing.T) {
	seed := seal.NewSendSeed()
	want := Link{Server: "https://vault.example.test/sub", AccessID: "ct2APRQtJk-BLLDwAYqhRA", Seed: seed}
	for _, address := range []string{
		want.URL(), " " + want.URL() + "\n",
		"https://vault.example.test/sub/#/send/ct2APRQtJk-BLLDwAYqhRA/" + seed.Link(),
		"https://vault.example.test/sub/#ct2APRQtJk-BLLDwAYqhRA/" + seed.Link() + "==",
	} {
		got, err := ParseLink(address)
		if err != nil || got != want {
			t.Errorf("%q: got %v, %v", address, got, err)
		}
	}
	for name, address := range map[string]string{
		"nothing":          "",
		"no fragment":      "https://vault.example.test/send/a/" + seed.Link(),
		"no server":        "#/send/a/" + seed.Link(),
		"no id":            "https://vault.example.test/#/send//" + seed.Link(),
		"no key":           "https://vault.example.test/#/send/a/",
		"one part":         "https://vault.example.test/#" + seed.Link(),
		"half a key":       "https://vault.example.test/#/send/a/" + seed.Link()[:11],
		"a key too long":   "https://vault.example.test/#/send/a/" + seed.Link() + "AA",
		"a key of no kind": "https://vault.example.test/#/send/a/!!!!!!!!!!!!!!!!!!!!!!",
	} {
		if got, err := ParseLink(address); !errors.Is(err, ErrLink) {
			t.Errorf("%s: got %v, %v, want %v", name, got, err, ErrLink)
		}
	}
}

func TestNothingPrintsItsKey(t *testing.T) {
	var seed seal.SendSeed
	for i := range seed {
		seed[i] = 'k'
	}
	link := Link{Server: "https://vault.example.test", AccessID: "a", Seed: seed}
	for _, thing := range []any{link, Send{ID: "i", seed: seed}, Received{visit: visit{link: link, token: "kkk"}}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
			text := fmt.Sprintf(verb, thing)
			for _, secret := range []string{seed.Link(), "kkk", "107 107", "0x6b", "6b6b"} {
				if strings.Contains(text, secret) {
					t.Errorf("%T with %s: %s", thing, verb, text)
				}
			}
		}
	}
}
