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
    member_id          TEXT,
    provider_user_id   TEXT,
    provider_client_id TEXT,
    device_type        INTEGER,
    ip_address         TEXT,
    PRIMARY KEY (tenant_id, at, id)
);

-- +goose Down
SELECT 1;
