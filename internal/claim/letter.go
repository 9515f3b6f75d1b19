package claim

import (
	"context"
	"strings"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/org"
)

type reader struct{ email, culture string }

func scanReader(r db.Row) (reader, error) {
	var p reader
	err := r.Scan(&p.email, &p.culture)
	return p, err
}

// tellClaimed writes to the members whose accounts belong to the organization from
// now on.
func (s *Service) tellClaimed(ctx context.Context, tx *db.Tx, d Domain) error {
	if s.Outbox == nil {
		return nil
	}
	people, err := db.All(ctx, tx, scanReader, `SELECT u.email, u.culture FROM members m JOIN users u ON u.id = m.user_id
		WHERE m.org_id = $1 AND m.status IN (1, 2) AND EXISTS (SELECT 1 FROM `+org.Proved+` WHERE d.org_id = m.org_id AND d.id = $2 AND `+org.AtDomain+`)
		ORDER BY u.email`, d.Org, d.ID)
	if err != nil {
		return err
	}
	name, err := orgName(ctx, tx, d.Org)
	if err != nil {
		return err
	}
	return s.write(ctx, tx, people, mail.DomainClaimed{Organization: name, Domain: d.Name})
}

// remind writes to those who can do something about a record that is not there.
func (s *Service) remind(ctx context.Context, tx *db.Tx, d Domain) error {
	return s.tellHeads(ctx, tx, d, func(organization, link string) mail.Letter {
		return mail.DomainNotClaimed{Organization: organization, Domain: d.Name, Expires: d.CreatedAt.Add(patience), Link: link}
	})
}

// tellEnded writes to the same people that a domain is not the organization's any
// more.
func (s *Service) tellEnded(ctx context.Context, tx *db.Tx, d Domain) error {
	return s.tellHeads(ctx, tx, d, func(organization, link string) mail.Letter {
		return mail.DomainLost{Organization: organization, Domain: d.Name, Expires: d.NextCheck, Link: link}
	})
}

func (s *Service) tellHeads(ctx context.Context, tx *db.Tx, d Domain, letter func(organization, link string) mail.Letter) error {
	if s.Outbox == nil {
		return nil
	}
	people, err := db.All(ctx, tx, scanReader, `SELECT u.email, u.culture FROM members m JOIN users u ON u.id = m.user_id
		WHERE m.org_id = $1 AND m.status = 2 AND (m.type IN (0, 1) OR (m.type = 4 AND (m.permissions & $2) <> 0)) ORDER BY u.email`,
		d.Org, int(access.PermitSSO))
	if err != nil {
		return err
	}
	name, err := orgName(ctx, tx, d.Org)
	if err != nil {
		return err
	}
	return s.write(ctx, tx, people, letter(name, strings.TrimRight(s.PublicURL, "/")+"/#/organizations/"+string(d.Org)+"/settings/domain-verification"))
}

func orgName(ctx context.Context, tx *db.Tx, of id.Org) (string, error) {
	return db.One(ctx, tx, db.Value[string], `SELECT name FROM organizations WHERE id = $1`, of)
}

func (s *Service) write(ctx context.Context, tx *db.Tx, people []reader, l mail.Letter) error {
	letters := make([]mail.Message, len(people))
	for i, p := range people {
		var err error
		if letters[i], err = mail.Render(mail.LangOf(p.culture), p.email, l); err != nil {
			return err
		}
	}
	return s.Outbox.Queue(ctx, tx, letters...)
}
