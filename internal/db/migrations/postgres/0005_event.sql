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
    domain_name        TEXT,
    system_user        INTEGER, -- who acted when no account did: 1 SCIM, 2 domain verification, 3 Public API, 4 two-step login turned off, 5 operator
    device_type        INTEGER,
    ip_address         TEXT,
    PRIMARY KEY (tenant_id, at, id)
);
CREATE INDEX events_actor ON events (tenant_id, acting_user_id, at, id) WHERE acting_user_id IS NOT NULL;
CREATE INDEX events_cipher ON events (tenant_id, cipher_id, at, id) WHERE cipher_id IS NOT NULL;
CREATE INDEX events_at ON events USING brin (at); -- for the sweep; unlike a tree it does not lure the planner into reading all logs in order

-- +goose Down
SELECT 1;
