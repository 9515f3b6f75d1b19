package overview

import (
	"cmp"
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// Person is a member of one client. Whoever is in several is found several times.
type Person struct {
	Client     id.ProviderClient
	Org        id.Org
	ClientName string
	Member     id.Member
	User       id.User // none while invited
	Name       string
	Email      string
	Status     org.MemberStatus
	Role       access.Role
	TwoStep    bool
	RevisedAt  time.Time
}

// Search says whom to look for; its zero values leave nobody out.
type Search struct {
	Text     string // words that stand in the name or the address, in any case
	Statuses []org.MemberStatus
	Roles    []access.Role
	TwoStep  *bool
	Clients  []id.ProviderClient
	After    Cursor
}

// Cursor is the last person of the page before, in the order of the list.
type Cursor struct {
	Email  string
	Member id.Member
}

// People is one page of those who were found.
type People struct {
	Found []Person
	Total int    // on all pages
	Next  Cursor // zero when there is no further page
}

// PageSize is how many people a page has at most.
const PageSize = 100

// Token is the cursor as clients hand it back; empty for the zero cursor.
func (c Cursor) Token() string {
	if c.Member == "" {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString([]byte(string(c.Member) + c.Email))
}

// ParseCursor reads a token; an empty one is the beginning.
func ParseCursor(token string) (Cursor, error) {
	if token == "" {
		return Cursor{}, nil
	}
	const idLength = 36
	text, err := base64.RawURLEncoding.DecodeString(token)
	if err == nil && len(text) > idLength {
		if member, err := id.Parse[id.Member](string(text[:idLength])); err == nil {
			return Cursor{Email: string(text[idLength:]), Member: member}, nil
		}
	}
	return Cursor{}, fault.New(fault.Invalid, "The continuation token is not one of this server.")
}

// Search finds people in all clients that the staff reaches, by address. The
// words are compared here and not by the database, because SQLite knows no more
// than the letters of ASCII in two cases. Four statements.
func (s *Service) Search(ctx context.Context, user id.User, provider id.Provider, in Search) (People, error) {
	var out People
	if utf8.RuneCountInString(in.Text) > 200 {
		return out, fault.Field("search", "A search has at most 200 characters.")
	}
	err := s.reading(ctx, user, provider, func(tx *db.Tx, staff access.Staff) error {
		clients, err := namesOf(ctx, tx, staff)
		if err != nil {
			return err
		}
		for _, c := range in.Clients {
			if _, known := clients[c]; !known {
				return fault.Absent()
			}
		}
		found, err := peopleOf(ctx, tx, staff, in)
		if err != nil {
			return err
		}
		slices.SortFunc(found, func(a, b Person) int { return a.cursor().compare(b.cursor()) })
		out = page(found, in.After)
		for i, p := range out.Found {
			out.Found[i].ClientName = clients[p.Client]
		}
		return readTwoStep(ctx, tx, out.Found)
	})
	return out, err
}

func (p Person) cursor() Cursor { return Cursor{p.Email, p.Member} }

func (c Cursor) compare(d Cursor) int {
	return cmp.Or(strings.Compare(c.Email, d.Email), cmp.Compare(c.Member, d.Member))
}

func page(found []Person, after Cursor) People {
	start := 0
	if after != (Cursor{}) {
		var exact bool
		start, exact = slices.BinarySearchFunc(found, after, func(p Person, c Cursor) int { return p.cursor().compare(c) })
		if exact {
			start++
		}
	}
	out := People{Total: len(found), Found: found[start:]}
	if len(out.Found) > PageSize {
		out.Found = out.Found[:PageSize]
		out.Next = out.Found[PageSize-1].cursor()
	}
	return out
}

func readTwoStep(ctx context.Context, tx *db.Tx, people []Person) error {
	users := []id.User{}
	for _, p := range people {
		if p.User != "" {
			users = append(users, p.User)
		}
	}
	with, err := account.WithTwoStep(ctx, tx, users)
	for i, p := range people {
		people[i].TwoStep = with[p.User]
	}
	return err
}

// words tells whether all of them stand in the name or the address.
type words []string

func wordsOf(text string) words { return strings.Fields(strings.ToLower(text)) }

func (w words) in(p Person) bool {
	text := strings.ToLower(p.Name) + "\n" + p.Email
	return !slices.ContainsFunc(w, func(word string) bool { return !strings.Contains(text, word) })
}
