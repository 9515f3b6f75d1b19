-- +goose Up

-- The audit log. It has no foreign keys: what it tells must outlive what it tells of.
CREATE TABLE events (
    tenant_id          TEXT NOT NULL, -- organization, provider or account in whose log the row stands
    id                 TEXT NOT NULL,
    at                 BIGINT NOT NULL,
    type               INTEGER NOT NULL,
    user_id            TEXT, -- the account that the event is about
    acting_user_id     TEXT,
    org_id             TEXT,
    provider_id        TEXT, -- through which provider the actor acted
    cipher_id          TEXT,
    collection_id      TEXT,
    group_id           TEXT,
    policy_id          TEXT,
    member_id          TEXT,
    provider_user_id   TEXT,
    provider_client_id TEXT,
    provider_key_id    TEXT, -- the API key of a provider that acted
    domain_name        TEXT,
    system_user        INTEGER, -- who acted when no account did: 1 SCIM, 2 domain verification, 3 Public API, 4 two-step login turned off, 5 operator
    device_type        INTEGER,
    ip_address         TEXT,
    send_id            TEXT,
    seq                BIGINT, -- place in the log's chain, from 1; NULL until it is chained, soon after the commit
    mac                BLOB, -- over the row and the mac before it
    PRIMARY KEY (tenant_id, at, id)
);
CREATE INDEX events_actor ON events (tenant_id, acting_user_id, at, id) WHERE acting_user_id IS NOT NULL;
CREATE INDEX events_cipher ON events (tenant_id, cipher_id, at, id) WHERE cipher_id IS NOT NULL;
CREATE INDEX events_send ON events (tenant_id, send_id, at, id) WHERE send_id IS NOT NULL;
CREATE UNIQUE INDEX events_chain ON events (tenant_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX events_unchained ON events (tenant_id, at, id) WHERE seq IS NULL;
CREATE INDEX events_access ON events (tenant_id, at) WHERE type = 1603; -- for the last access by a provider
CREATE INDEX events_at ON events (at); -- for the sweep

-- The ends of each log's chain. What the sweep took away stays provable by where
-- the rest begins.
CREATE TABLE event_chains (
    tenant_id TEXT PRIMARY KEY,
    seq       BIGINT NOT NULL, -- of the last entry
    mac       BLOB NOT NULL, -- of the last entry
    swept_seq BIGINT NOT NULL DEFAULT 0, -- of the last entry that the sweep removed
    swept_mac BLOB,
    seal      BLOB NOT NULL -- over this row
);

-- +goose Down
SELECT 1;
