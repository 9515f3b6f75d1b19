package syncview

import (
	"bytes"
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/send"
	"github.com/kastellan/kastellan/internal/vault"
)

// Service answers downloads.
type Service struct {
	DB *db.DB
	// CacheBytes bounds the answers that are remembered; 0 remembers none.
	CacheBytes int
	// OrgStorage is how many bytes the attachments of an organization may take that has no
	// limit of its own.
	OrgStorage int64

	remembered cache
	scratch    sync.Pool // of *[]byte, in which answers grow
}

// Sync answers everything that an account sees, as JSON. The bytes are shared:
// the caller must not change them.
func (s *Service) Sync(ctx context.Context, user id.User, withDomains bool) ([]byte, error) {
	var answer []byte
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		revised, until, err := freshness(ctx, tx, user)
		if err != nil {
			return err
		}
		k := key{user, withDomains}
		if answer = s.remembered.get(k, revised, tx.Now); answer != nil {
			return nil
		}
		if answer, err = s.build(ctx, tx, user, withDomains); err != nil {
			return err
		}
		s.remembered.put(k, revised, until, answer, s.CacheBytes)
		return nil
	})
	return answer, err
}

// freshness tells since when an account sees what it sees, and when the first of
// its places at a provider, or of the clients assigned to it, ends by itself;
// zero when none does.
func freshness(ctx context.Context, tx *db.Tx, user id.User) (revised, until time.Time, err error) {
	err = db.Each(ctx, tx, func(r db.Row) error {
		return r.Scan(db.Time(&revised), db.Time(&until))
	}, `SELECT u.revised_at, (SELECT MIN(e.until) FROM (
			SELECT pu.until FROM provider_users pu WHERE pu.user_id = $1
			UNION ALL
			SELECT rc.until FROM provider_users pu JOIN reach_clients rc ON rc.provider_id = pu.provider_id AND rc.provider_user_id = pu.id WHERE pu.user_id = $1
			UNION ALL
			SELECT rt.until FROM provider_users pu JOIN reach_tags rt ON rt.provider_id = pu.provider_id AND rt.provider_user_id = pu.id WHERE pu.user_id = $1
		) e WHERE e.until > $2) FROM users u WHERE u.id = $1`, user, tx.Now)
	if err == nil && revised.IsZero() {
		err = fault.Absent()
	}
	return revised, until, err
}

// head is the part of the answer that is small; the items follow it as they are
// stored, without being decoded. The lists of what this server does not have must
// be there all the same, and policiesNew must not: see Profile.
type head struct {
	Object         string         `json:"object"`
	Profile        Profile        `json:"profile"`
	Folders        []folder       `json:"folders"`
	Collections    []collection   `json:"collections"`
	Domains        *domains       `json:"domains"`
	Policies       []orgPolicy    `json:"policies"`
	Sends          []send.Send    `json:"sends"`
	UserDecryption userDecryption `json:"userDecryption"`
}

func (s *Service) build(ctx context.Context, tx *db.Tx, user id.User, withDomains bool) ([]byte, error) {
	a, err := account.ByID(ctx, tx, user)
	if err != nil {
		return nil, err
	}
	h := head{Object: "sync", UserDecryption: decryptionOf(a)}
	if h.Profile, err = s.profileOf(ctx, tx, a); err != nil {
		return nil, err
	}
	if h.Folders, err = foldersOf(ctx, tx, user); err != nil {
		return nil, err
	}
	if h.Collections, err = collectionsOf(ctx, tx, user); err != nil {
		return nil, err
	}
	if h.Sends, err = send.Of(ctx, tx, user); err != nil {
		return nil, err
	}
	if h.Policies, err = policiesOf(ctx, tx, user); err != nil {
		return nil, err
	}
	if withDomains {
		if h.Domains, err = domainsOf(ctx, tx, user); err != nil {
			return nil, err
		}
	}
	return s.write(ctx, tx, user, h)
}

// write puts the items behind the head. The answer grows in a buffer that is used
// again, and what is kept of it has its exact size.
func (s *Service) write(ctx context.Context, tx *db.Tx, user id.User, h head) ([]byte, error) {
	buffer, ok := s.scratch.Get().(*[]byte)
	if !ok {
		buffer = new([]byte)
	}
	defer s.scratch.Put(buffer)
	b := bytes.NewBuffer((*buffer)[:0])
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(h); err != nil {
		return nil, err
	}
	out := bytes.TrimSuffix(b.Bytes(), []byte("}\n")) // opened again for the items
	out = append(out, `,"ciphers":[`...)
	out, err := vault.AppendSeen(ctx, tx, user, out)
	if err != nil {
		return nil, err
	}
	*buffer = append(out, "]}"...)
	return bytes.Clone(*buffer), nil
}

type folder struct {
	Object       string    `json:"object"`
	ID           id.Folder `json:"id"`
	Name         string    `json:"name"`
	RevisionDate stamp     `json:"revisionDate"`
}

func foldersOf(ctx context.Context, tx *db.Tx, user id.User) ([]folder, error) {
	list, err := vault.Folders(ctx, tx, user)
	out := make([]folder, len(list))
	for i, f := range list {
		out[i] = folder{"folder", f.ID, f.Name, stamp(f.RevisedAt)}
	}
	return out, err
}

type collection struct {
	Object                     string        `json:"object"`
	ID                         id.Collection `json:"id"`
	OrganizationID             id.Org        `json:"organizationId"`
	Name                       string        `json:"name"`
	ExternalID                 *string       `json:"externalId"`
	ReadOnly                   bool          `json:"readOnly"`
	HidePasswords              bool          `json:"hidePasswords"`
	Manage                     bool          `json:"manage"`
	Type                       int           `json:"type"`
	DefaultUserCollectionEmail *string       `json:"defaultUserCollectionEmail"`
}

// collectionsOf reads the collections that an account was given.
func collectionsOf(ctx context.Context, tx *db.Tx, user id.User) ([]collection, error) {
	list, err := org.SharedWith(ctx, tx, user)
	out := make([]collection, len(list))
	for i, c := range list {
		out[i] = collection{
			Object: "collectionDetails", ID: c.ID, OrganizationID: c.Org, Name: c.Name, ExternalID: text(c.ExternalID),
			ReadOnly: c.Share.ReadOnly, HidePasswords: c.Share.HidePasswords, Manage: c.Share.Manage,
		}
	}
	return out, err
}

// userDecryption tells clients how to unlock, so that they learn of a new
// password or key derivation that was set elsewhere.
type userDecryption struct {
	MasterPasswordUnlock masterPasswordUnlock `json:"masterPasswordUnlock"`
	WebAuthnPRFOptions   *struct{}            `json:"webAuthnPrfOptions"`
	V2UpgradeToken       *struct{}            `json:"v2UpgradeToken"`
	UserKeyID            *string              `json:"userKeyId"`
}

type masterPasswordUnlock struct {
	KDF struct {
		Type        int  `json:"kdfType"`
		Iterations  int  `json:"iterations"`
		Memory      *int `json:"memory"`
		Parallelism *int `json:"parallelism"`
	} `json:"kdf"`
	UserKey        string  `json:"masterKeyEncryptedUserKey"`
	Salt           string  `json:"salt"`
	ContainedKeyID *string `json:"containedKeyId"`
}

func decryptionOf(a account.Account) userDecryption {
	u := masterPasswordUnlock{UserKey: a.UserKey, Salt: a.Salt, ContainedKeyID: text(a.UserKeyID)}
	u.KDF.Type, u.KDF.Iterations, u.KDF.Memory, u.KDF.Parallelism = a.KDF.Type, a.KDF.Iterations, a.KDF.Memory, a.KDF.Parallelism
	return userDecryption{MasterPasswordUnlock: u, UserKeyID: text(a.UserKeyID)}
}
