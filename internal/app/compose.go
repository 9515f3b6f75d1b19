package app

import (
	"context"
	"fmt"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/api/accounts"
	"github.com/kastellan/kastellan/internal/api/events"
	"github.com/kastellan/kastellan/internal/api/fleet"
	"github.com/kastellan/kastellan/internal/api/identity"
	"github.com/kastellan/kastellan/internal/api/live"
	"github.com/kastellan/kastellan/internal/api/orgs"
	"github.com/kastellan/kastellan/internal/api/providers"
	publicapi "github.com/kastellan/kastellan/internal/api/public"
	"github.com/kastellan/kastellan/internal/api/sends"
	vaultapi "github.com/kastellan/kastellan/internal/api/vault"
	"github.com/kastellan/kastellan/internal/audit"
	"github.com/kastellan/kastellan/internal/authrequest"
	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/claim"
	"github.com/kastellan/kastellan/internal/config"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/login"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/offboard"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/overview"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/recovery"
	"github.com/kastellan/kastellan/internal/rotate"
	"github.com/kastellan/kastellan/internal/send"
	"github.com/kastellan/kastellan/internal/syncview"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/token"
	"github.com/kastellan/kastellan/internal/vault"
	"github.com/kastellan/kastellan/internal/wire"
)

// syncCache bounds the answers to /sync that are kept in memory, in bytes.
const syncCache = 64 << 20

// domains are the services of all domains and flows, each made once.
type domains struct {
	keeper    *token.Keeper
	limits    *ratelimit.Limiter
	outbox    *mail.Outbox // nil on a server without mail
	accounts  *account.Service
	requests  *authrequest.Service
	login     *login.Service
	tenants   *tenant.Service
	orgs      *org.Service
	policies  *policy.Service
	vault     *vault.Service
	sends     *send.Service
	providers *provider.Service
	baselines *baseline.Service
	enroll    *enroll.Service
	recovery  *recovery.Service
	offboard  *offboard.Service
	claims    *claim.Service
	rotate    *rotate.Service
	views     *syncview.Service
	log       *event.Keeper
	chain     *event.Chainer
	audit     *audit.Service
	live      *delivery
	files     *blob.Files
}

func newDomains(b Base) (*domains, error) {
	keeper, err := token.NewKeeper(b.Secret)
	if err != nil {
		return nil, err
	}
	c := b.Config
	links := localAddress(c)
	d := &domains{keeper: keeper, outbox: newOutbox(b, keeper)}
	d.limits = &ratelimit.Limiter{DB: b.DB, Tokens: keeper}
	d.accounts = &account.Service{
		DB: b.DB, Tokens: keeper, Limits: d.limits, Mail: d.outbox, PublicURL: links,
		Registration: account.Registration(c.Registration), Domains: c.RegistrationDomains,
	}
	d.requests = &authrequest.Service{DB: b.DB, Limits: d.limits}
	d.login = &login.Service{DB: b.DB, Tokens: keeper, Accounts: d.accounts, Requests: d.requests, Lifetime: c.AccessTokenLifetime, PublicURL: c.PublicURL}
	d.live = newDelivery(b, d.login)
	d.tenants = &tenant.Service{DB: b.DB, Tokens: keeper, Check: d.accounts.Check}
	d.orgs = &org.Service{DB: b.DB, Outbox: d.outbox, RoleForbidden: policy.RoleForbidden}
	d.policies = &policy.Service{DB: b.DB, Tokens: keeper, Outbox: d.outbox}
	d.accounts.TwoStepLost, d.accounts.AddressKept = d.policies.TwoStepLost, policy.RegistrationForbidden
	d.accounts.MayMove = mayMove
	d.claims = &claim.Service{
		DB: b.DB, DNS: b.DNS, Limits: d.limits, Outbox: d.outbox, PublicURL: links,
		Proved: func(ctx context.Context, tx *db.Tx, of id.Org, as event.Event) error {
			return d.policies.TurnOn(ctx, tx, of, policy.SingleOrg, as)
		},
	}
	d.baselines = &baseline.Service{DB: b.DB, Policies: d.policies, Tenants: d.tenants}
	d.providers = &provider.Service{DB: b.DB, Tokens: keeper, Outbox: d.outbox, Check: d.accounts.Check}
	d.enroll = &enroll.Service{DB: b.DB, Tokens: keeper, PublicURL: links, Outbox: d.outbox, Delete: offboard.DeleteFor, SelfService: c.Registration == config.RegistrationOpen}
	d.recovery = &recovery.Service{DB: b.DB, Accounts: d.accounts, Outbox: d.outbox, Join: d.enroll.Join}
	d.offboard = &offboard.Service{DB: b.DB, Tokens: keeper, Accounts: d.accounts, Outbox: d.outbox}
	d.audit = &audit.Service{DB: b.DB}
	notary := event.NewNotary(keeper)
	d.log = &event.Keeper{DB: b.DB, Notary: notary, Log: b.Log, Days: c.EventsDays}
	d.chain = &event.Chainer{DB: b.DB, Notary: notary, Log: b.Log}
	d.rotate = &rotate.Service{DB: b.DB, Accounts: d.accounts}
	d.views = &syncview.Service{DB: b.DB, CacheBytes: syncCache, OrgStorage: int64(c.OrganizationStorage)}
	d.files = newFiles(b, keeper)
	d.vault = &vault.Service{
		DB: b.DB, Tokens: keeper, PublicURL: c.PublicURL, TrashDays: c.TrashDays, Check: d.accounts.Check,
		Files: d.files, MaxUpload: int64(c.MaxUpload), Storage: vault.Storage{Account: int64(c.AccountStorage), Org: int64(c.OrganizationStorage)},
	}
	d.sends = &send.Service{
		DB: b.DB, Files: d.files, Tokens: keeper, Limits: d.limits, Mail: d.outbox, PublicURL: c.PublicURL,
		MaxUpload: d.vault.MaxUpload, Storage: d.vault.Storage,
	}
	return d, nil
}

// mayMove holds a change of address to what claimed domains mean for it: whether
// the account may leave its own, and whether it may come to the new one.
func mayMove(ctx context.Context, tx *db.Tx, user id.User, email string) error {
	if err := org.CheckAddress(ctx, tx, user, email); err != nil {
		return err
	}
	return policy.AddressForbidden(ctx, tx, user, email)
}

// routes are all endpoints of the server.
func (d *domains) routes(b Base) []wire.Route {
	surfaces := []interface{ Routes() []wire.Route }{
		&identity.API{Login: d.login, Sends: d.sends, Now: b.DB.Now, Config: identity.Config{
			PublicURL: b.Config.PublicURL, Registration: string(b.Config.Registration), Mail: d.outbox != nil, Version: b.Version,
		}},
		&accounts.API{Accounts: d.accounts, Login: d.login, Offboard: d.offboard, Rotate: d.rotate, Views: d.views, Policies: d.policies, Requests: d.requests, Origin: b.Config.PublicURL},
		&vaultapi.API{Vault: d.vault, Sync: d.views},
		&sends.API{Sends: d.sends},
		&orgs.API{Tenants: d.tenants, Orgs: d.orgs, Policies: d.policies, Baselines: d.baselines, Enroll: d.enroll, Claims: d.claims, Offboard: d.offboard, Recovery: d.recovery, Memberships: d.memberships, OrgStorage: int64(b.Config.OrganizationStorage)},
		&providers.API{Providers: d.providers, Offboard: d.offboard, Baselines: d.baselines, Enroll: d.enroll, Overview: &overview.Service{DB: b.DB}, OrgStorage: int64(b.Config.OrganizationStorage)},
		&events.API{Events: &event.Collector{DB: b.DB, Reach: access.Reach}, Audit: d.audit},
		&fleet.API{Providers: d.providers, Orgs: d.orgs, Enroll: d.enroll, Overview: &overview.Service{DB: b.DB}, Baselines: d.baselines, Audit: d.audit},
		&live.API{Hub: d.live.hub, Ticket: d.login.Ticket, Waits: d.requests.Waits},
		&publicapi.API{Tenants: d.tenants, Orgs: d.orgs, Enroll: d.enroll, Policies: d.policies, Audit: d.audit},
	}
	var all []wire.Route
	for _, s := range surfaces {
		all = append(all, s.Routes()...)
	}
	return all
}

func (d *domains) memberships(ctx context.Context, user id.User) ([]any, error) {
	list, err := d.views.Organizations(ctx, user)
	out := make([]any, len(list))
	for i, o := range list {
		out[i] = o
	}
	return out, err
}

// Compose puts the whole server together.
func Compose(ctx context.Context, b Base) (Parts, error) {
	d, err := newDomains(b)
	if err != nil {
		return Parts{}, err
	}
	if err := d.files.Store.Check(ctx); err != nil {
		return Parts{}, err
	}
	link, first, err := d.providers.PendingForFirstRun(ctx)
	if err != nil {
		return Parts{}, fmt.Errorf("prepare the first provider: %w", err)
	}
	if err := d.live.begin(b, d.keeper); err != nil {
		return Parts{}, err
	}
	parts := Parts{API: router(d.routes(b), d.login.Authenticate, b.Config), Workers: d.workers(), Degraded: d.live.degraded}
	if first {
		parts.SetupLink = link.URL(localAddress(b.Config))
	}
	return parts, nil
}

// Routes lists the endpoints, for the tests that hold all of them to something.
func Routes(b Base) ([]wire.Route, error) {
	d, err := newDomains(b)
	if err != nil {
		return nil, err
	}
	return d.routes(b), nil
}

// CreateProvider makes a provider that waits for its first admin, and gives the
// one-time link for them, bound to an address unless email is empty.
func CreateProvider(ctx context.Context, b Base, email string) (string, error) {
	d, err := newDomains(b)
	if err != nil {
		return "", err
	}
	link, err := d.providers.CreatePending(ctx, email)
	if err != nil {
		return "", err
	}
	return link.URL(localAddress(b.Config)), nil
}

// localAddress is where people open links in a browser. Out of the box that is
// plain HTTP on this machine, since no browser knows the local authority yet;
// once public_url is set, it is that.
func localAddress(c *config.Config) string {
	if c.PublicURLGiven() || c.Listen == "" {
		return c.PublicURL
	}
	return "http://" + reachable(c.Listen)
}

func (d *domains) workers() []Worker {
	list := []Worker{
		{"trash", every(time.Hour, func(ctx context.Context) error { _, err := d.vault.Purge(ctx); return err })},
		{"uploads", every(time.Hour, d.vault.SweepUploads)},
		{"sends", every(5*time.Minute, d.sends.Sweep)},
		{"events", every(time.Hour, d.log.Sweep)},
		{"chain", d.chain.Run},
		{"domains", every(time.Hour, d.claims.Round)},
		{"limits", every(time.Hour, d.limits.Sweep)},
		{"sessions", every(time.Hour, d.accounts.Sweep)},
		{"approvals", every(time.Hour, d.requests.Sweep)},
		{"files", d.files.Run},
		{"file sweep", d.files.RunSweep},
		{"reach", every(time.Minute, d.providers.EndReaches)},
	}
	list = append(list, d.live.workers()...)
	if d.outbox != nil {
		list = append(list, Worker{"mail", d.outbox.Run})
	}
	return list
}
