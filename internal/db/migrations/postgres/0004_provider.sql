-- +goose Up

CREATE TABLE providers (
    id            TEXT PRIMARY KEY,
    name          TEXT, -- NULL until it is set up
    business_name TEXT,
    billing_email TEXT NOT NULL,
    billing_address TEXT, -- JSON, as it was entered
    status        INTEGER NOT NULL, -- 0 pending, 1 created, 2 billable
    type          INTEGER NOT NULL, -- 0 MSP
    enabled       BOOLEAN NOT NULL,
    created_at    BIGINT NOT NULL,
    revised_at    BIGINT NOT NULL
);

CREATE TABLE provider_users (
    provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    id          TEXT NOT NULL,
    user_id     TEXT REFERENCES users (id) ON DELETE CASCADE, -- NULL while invited
    email       TEXT, -- only while invited
    key         TEXT, -- provider key under the person's public key; only once confirmed
    status      INTEGER NOT NULL, -- 0 invited, 1 accepted, 2 confirmed
    type        INTEGER NOT NULL, -- 0 provider admin, 1 service user
    assigned    BOOLEAN NOT NULL DEFAULT FALSE, -- a service user reaches only the clients of reach_clients and reach_tags
    until       BIGINT, -- when the reach of a service user ends; NULL: never
    created_at  BIGINT NOT NULL,
    revised_at  BIGINT NOT NULL,
    PRIMARY KEY (provider_id, id),
    UNIQUE (provider_id, user_id),
    UNIQUE (provider_id, email)
);
CREATE INDEX provider_users_user ON provider_users (user_id);

CREATE TABLE provider_clients (
    provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    id          TEXT NOT NULL,
    org_id      TEXT NOT NULL UNIQUE REFERENCES organizations (id) ON DELETE CASCADE,
    key         TEXT NOT NULL, -- organization key under the provider key
    created_at  BIGINT NOT NULL,
    revised_at  BIGINT NOT NULL,
    PRIMARY KEY (provider_id, id)
);

-- +goose Down
SELECT 1;
