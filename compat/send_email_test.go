//go:build compat

package compat

import (
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/client/send"
	"github.com/kastellan/kastellan/compat/realserver"
)

// TestSendByEmail has a real mail server, because codes go there.
func TestSendByEmail(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		office := openPostOffice(t)
		testSendByEmail(t, realserver.Start(t, url, office.settings()...), office)
	})
}

var mailedCode = regexp.MustCompile(`(?m)^\s*(\d{6,8})\s*$`)

const guestAddress, strangerAddress = "guest@example.test", "stranger@example.test"

func testSendByEmail(t *testing.T, s *realserver.Server, office *postOffice) {
	owner := office.registerByMail(t, s, "sara@example.test")
	sends := send.Of(owner.Session)
	made, err := sends.Create(t.Context(), send.Send{
		Name: "For one address", Text: "only for the guest", Emails: []string{guestAddress}, Deletion: time.Now().Add(time.Hour),
	})
	must(t, err)
	link := sends.Link(made).URL()

	t.Run("a program that cannot be asked is told so", func(t *testing.T) {
		if got := install(t, s).fails(t, "send", "receive", link); got != "Email verification required. Run in interactive mode." {
			t.Errorf("printed %q", got)
		}
	})
	t.Run("the mailed code opens it", func(t *testing.T) {
		got := install(t, s).answers(t, []string{guestAddress, ""}, func() string { return office.await(t, guestAddress, 0, mailedCode) }, "send", "receive", link)
		if !got.ok || !strings.Contains(got.stdout, "only for the guest") {
			t.Errorf("printed %q", got.both())
		}
	})
	t.Run("a wrong code does not", func(t *testing.T) {
		got := install(t, s).answers(t, []string{guestAddress, ""}, func() string { return wrong(office.await(t, guestAddress, 1, mailedCode)) }, "send", "receive", link)
		if got.ok || !strings.Contains(got.stderr, "Invalid email or verification code") {
			t.Errorf("printed %q", got.both())
		}
	})
	t.Run("nor does another address, which gets no mail", func(t *testing.T) {
		got := install(t, s).answers(t, []string{strangerAddress, ""}, func() string { return "123456" }, "send", "receive", link)
		if got.ok || !strings.Contains(got.stderr, "Invalid email or verification code") {
			t.Errorf("printed %q", got.both())
		}
		if letters := office.to(strangerAddress); len(letters) != 0 {
			t.Errorf("the stranger got %q", letters)
		}
	})
	t.Run("our own client", func(t *testing.T) {
		address := sends.Link(made)
		if _, err := address.Open(t.Context(), s.HTTP, send.Proof{}); !errors.Is(err, send.ErrEmailNeeded) {
			t.Errorf("without anything: got %v", err)
		}
		if _, err := address.Open(t.Context(), s.HTTP, send.Proof{Email: guestAddress}); !errors.Is(err, send.ErrCodeNeeded) {
			t.Errorf("with an address: got %v", err)
		}
		got, err := address.Open(t.Context(), s.HTTP, send.Proof{Email: guestAddress, Code: office.await(t, guestAddress, 2, mailedCode)})
		if err != nil || got.Text != "only for the guest" {
			t.Errorf("with the code: got %q, %v", got.Text, err)
		}
	})
	t.Run("the official client makes one", func(t *testing.T) {
		desk := install(t, s)
		desk.loginFrom(t, office, owner)
		made := desk.object(t, "send", "--emails", guestAddress, "made there for one address")
		mustHold(t, "made", map[string]any{"emails": []any{guestAddress}, "authType": 0.0, "passwordSet": false}, made)
		address, err := send.ParseLink(made["accessUrl"].(string))
		must(t, err)
		if _, err := address.Open(t.Context(), s.HTTP, send.Proof{Email: guestAddress}); !errors.Is(err, send.ErrCodeNeeded) {
			t.Errorf("with an address: got %v", err)
		}
		got, err := address.Open(t.Context(), s.HTTP, send.Proof{Email: guestAddress, Code: office.await(t, guestAddress, 3, mailedCode)})
		if err != nil || got.Text != "made there for one address" {
			t.Errorf("with the code: got %q, %v", got.Text, err)
		}
	})
}

// wrong is another code of the same length.
func wrong(code string) string {
	last := (code[len(code)-1]-'0'+1)%10 + '0'
	return code[:len(code)-1] + string(last)
}

// loginFrom logs in where the server knows no device of the installation, and mails
// a code for it.
func (b *bw) loginFrom(t *testing.T, office *postOffice, p person) {
	t.Helper()
	before := len(office.to(p.email))
	a := b.answers(t, []string{""}, func() string { return office.await(t, p.email, before, mailedCode) }, "login", p.email, p.password)
	b.openSession(t, a.both())
}

// answers runs a command that asks questions, and types an answer to each of them; an
// empty one stands for the code, which is only looked for when it is asked for.
func (b *bw) answers(t *testing.T, answers []string, code func() string, args ...string) answer {
	t.Helper()
	var stdout, stderr realserver.Output
	cmd := b.command(t, []string{"BW_NOINTERACTION=false"}, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	in, err := cmd.StdinPipe()
	must(t, err)
	must(t, cmd.Start())
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	for asked, text := range answers {
		if !awaitQuestion(&stderr, asked+1, done) {
			_ = cmd.Process.Kill() // it may have ended by itself; what it printed tells
			break
		}
		if text == "" {
			text = code()
		}
		_, err := io.WriteString(in, text+"\n")
		must(t, err)
	}
	must(t, in.Close())
	err = <-done
	return answer{stdout: strings.TrimRight(stdout.String(), "\n"), stderr: withoutNoise(stderr.String()), ok: err == nil}
}

// awaitQuestion waits for the nth question; the client asks on its standard error.
func awaitQuestion(stderr *realserver.Output, n int, done chan error) bool {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if questions(stderr.String()) >= n {
			return true
		}
		select {
		case err := <-done:
			done <- err
			return false
		default:
		}
	}
	return false
}

var question = regexp.MustCompile(`Enter (your email address|the verification code|OTP sent to login email)[^:\n]*:`)

// questions counts the different ones: the client writes each again with every key.
func questions(printed string) int {
	different := map[string]bool{}
	for _, m := range question.FindAllString(printed, -1) {
		different[m] = true
	}
	return len(different)
}
