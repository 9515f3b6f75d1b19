package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kastellan/kastellan/client"
)

// ErrMail means that the server sends e-mail: then it shows invitation links to
// nobody, and those of invented people would go to addresses that nobody reads.
var ErrMail = errors.New("the server sends e-mail, and invented people cannot read their invitations: " +
	"fill it without smtp_host, which may be set again afterwards")

// workers is how many requests run at once. The server hashes each password
// again, so more would only queue there.
const workers = 2

// Options say which server to fill.
type Options struct {
	Client *client.Client
	// SetUpLink sets up a new provider. It is not used when a former run already
	// did that.
	SetUpLink string
	// Password is the master password of all accounts; empty means DefaultPassword.
	Password string
	// Progress hears of every step; nil is allowed. It is called by one goroutine
	// at a time.
	Progress func(Progress)
}

// Progress is how far the work has come.
type Progress struct {
	Done, Total int
	What        string
}

// Account is somebody as whom one can log in.
type Account struct {
	Name, Email, Password string
	Where                 string // the provider or client
	Role                  string
}

// Result is what is there afterwards.
type Result struct {
	Provider client.ProviderID
	Accounts []Account
	Clients  int
	Members  int
	Items    int
	Tags     int
	Scoped   int // technicians who reach some clients only
	Files    int // at items of clients and of the administrator
	Sends    int // of the administrator
	// Baselines there are, and Drifted are the clients that differ from theirs.
	Baselines, Drifted int
	// Notes tell what was left out and why.
	Notes []string
}

// filler is one run.
type filler struct {
	Options
	session  *client.Session // of the provider's administrator
	provider client.ProviderID

	mu     sync.Mutex // guards what follows, and the order of the progress
	result Result
	done   int
}

// Fill fills a server. It stops at the first error, or when ctx ends; a later run
// with the same password continues.
func Fill(ctx context.Context, options Options) (Result, error) {
	f := &filler{Options: options}
	if f.Password == "" {
		f.Password = DefaultPassword
		f.result.Notes = []string{"Everybody can know the password of these accounts: let nobody else reach this server."}
	}
	if err := f.openProvider(ctx); err != nil {
		return f.result, fmt.Errorf("set up the provider: %w", err)
	}
	if err := f.hire(ctx); err != nil {
		return f.result, fmt.Errorf("technicians: %w", err)
	}
	for n, c := range customers {
		if err := f.serve(ctx, n); err != nil {
			return f.result, fmt.Errorf("%s: %w", c.name, err)
		}
	}
	if err := f.keepOwn(ctx); err != nil {
		return f.result, fmt.Errorf("own items: %w", err)
	}
	if err := f.share(ctx); err != nil {
		return f.result, fmt.Errorf("Sends: %w", err)
	}
	f.step("Sends of " + admin.name)
	if err := f.steer(ctx); err != nil {
		return f.result, err
	}
	f.sortAccounts()
	return f.result, nil
}

// sortAccounts puts the log-ins in the order of the story; they were made two at
// a time.
func (f *filler) sortAccounts() {
	place := map[string]int{admin.email: 0}
	tell := func(p person) { place[p.email] = len(place) }
	for _, technician := range technicians {
		tell(technician.person)
	}
	for n := range customers {
		for _, p := range staff(n) {
			tell(p)
		}
	}
	slices.SortFunc(f.result.Accounts, func(a, b Account) int { return place[a.Email] - place[b.Email] })
}

func (f *filler) step(what string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.done++
	if f.Progress != nil {
		f.Progress(Progress{Done: f.done, Total: steps(), What: what})
	}
}

func (f *filler) account(p person, where, role string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.result.Accounts = append(f.result.Accounts, Account{Name: p.name, Email: p.email, Password: f.Password, Where: where, Role: role})
}

// each calls do for 0…n-1 with a few at once, and stops at the first error.
func each(ctx context.Context, n int, do func(context.Context, int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for i := range n {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return do(ctx, i)
		})
	}
	return group.Wait()
}

// patient repeats an act as long as the server asks to slow down.
func patient(ctx context.Context, act func() error) error {
	for {
		err := act()
		var refusal *client.Error
		if !errors.As(err, &refusal) || refusal.Status != http.StatusTooManyRequests {
			return err
		}
		timer := time.NewTimer(max(refusal.RetryAfter, 2*time.Second))
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
	}
}

// login opens a demo account, on a device of its own.
func (f *filler) login(ctx context.Context, p person) (s *client.Session, err error) {
	own := f.Client.On(client.NewDevice())
	err = patient(ctx, func() error {
		s, err = own.Login(ctx, client.Credentials{Email: p.email, Password: f.Password})
		return err
	})
	return s, err
}

// join makes sure that a person has an account and returns it unlocked. When the
// account is there from a former run, the password must be the same.
func (f *filler) join(ctx context.Context, p person, link client.Link) (*client.Session, error) {
	registered := patient(ctx, func() error {
		return f.Client.Register(ctx, client.Registration{
			Email: p.email, Name: p.name, Password: f.Password, Proof: client.Proof{Link: link},
		})
	})
	var refusal *client.Error
	if registered != nil && !errors.As(registered, &refusal) {
		return nil, registered
	}
	s, err := f.login(ctx, p)
	if err != nil {
		// Both reasons matter: why there is no new account, and why not the old one.
		return nil, fmt.Errorf("account %s: %w", p.name, errors.Join(registered, err))
	}
	return s, nil
}
