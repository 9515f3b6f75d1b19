-- +goose Up

-- Words by which a provider sorts its clients.
CREATE TABLE provider_tags (
    provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    id          TEXT NOT NULL,
    name        TEXT NOT NULL,
    PRIMARY KEY (provider_id, id),
    UNIQUE (provider_id, name)
);

CREATE TABLE client_tags (
    provider_id TEXT NOT NULL,
    client_id   TEXT NOT NULL,
    tag_id      TEXT NOT NULL,
    PRIMARY KEY (provider_id, client_id, tag_id),
    FOREIGN KEY (provider_id, client_id) REFERENCES provider_clients (provider_id, id) ON DELETE CASCADE,
    FOREIGN KEY (provider_id, tag_id) REFERENCES provider_tags (provider_id, id) ON DELETE CASCADE
);
CREATE INDEX client_tags_tag ON client_tags (provider_id, tag_id);

-- Which clients a service user reaches, for those who do not reach all.
CREATE TABLE reach_clients (
    provider_id      TEXT NOT NULL,
    provider_user_id TEXT NOT NULL,
    client_id        TEXT NOT NULL,
    until            BIGINT, -- NULL: for ever
    PRIMARY KEY (provider_id, provider_user_id, client_id),
    FOREIGN KEY (provider_id, provider_user_id) REFERENCES provider_users (provider_id, id) ON DELETE CASCADE,
    FOREIGN KEY (provider_id, client_id) REFERENCES provider_clients (provider_id, id) ON DELETE CASCADE
);
CREATE INDEX reach_clients_client ON reach_clients (provider_id, client_id);

CREATE TABLE reach_tags (
    provider_id      TEXT NOT NULL,
    provider_user_id TEXT NOT NULL,
    tag_id           TEXT NOT NULL,
    until            BIGINT,
    PRIMARY KEY (provider_id, provider_user_id, tag_id),
    FOREIGN KEY (provider_id, provider_user_id) REFERENCES provider_users (provider_id, id) ON DELETE CASCADE,
    FOREIGN KEY (provider_id, tag_id) REFERENCES provider_tags (provider_id, id) ON DELETE CASCADE
);
CREATE INDEX reach_tags_tag ON reach_tags (provider_id, tag_id);

-- How many seats of each plan a provider has anyway; those above are purchased.
CREATE TABLE provider_plans (
    provider_id  TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    plan_type    INTEGER NOT NULL,
    seat_minimum INTEGER NOT NULL,
    PRIMARY KEY (provider_id, plan_type)
);

-- What programs of a provider log in with.
CREATE TABLE provider_keys (
    provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    id          TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    all_clients BOOLEAN NOT NULL, -- otherwise those of provider_key_clients
    may_write   BOOLEAN NOT NULL,
    created_by  TEXT REFERENCES users (id) ON DELETE SET NULL,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT, -- NULL: never
    used_at     BIGINT, -- to the minute
    PRIMARY KEY (provider_id, id)
);

CREATE TABLE provider_key_clients (
    provider_id TEXT NOT NULL,
    key_id      TEXT NOT NULL,
    client_id   TEXT NOT NULL,
    PRIMARY KEY (provider_id, key_id, client_id),
    FOREIGN KEY (provider_id, key_id) REFERENCES provider_keys (provider_id, id) ON DELETE CASCADE,
    FOREIGN KEY (provider_id, client_id) REFERENCES provider_clients (provider_id, id) ON DELETE CASCADE
);
CREATE INDEX provider_key_clients_client ON provider_key_clients (provider_id, client_id);

-- What a provider wants its clients' policies and settings to be.
CREATE TABLE baselines (
    provider_id TEXT NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    id          TEXT NOT NULL,
    name        TEXT NOT NULL,
    description TEXT NOT NULL,
    rank        INTEGER NOT NULL, -- of several that reach a client by its tags, the lowest governs
    may_deviate BOOLEAN NOT NULL, -- owners of a client may do otherwise, with a reason
    settings    TEXT NOT NULL, -- JSON: the settings that matter, by name
    created_at  BIGINT NOT NULL,
    revised_at  BIGINT NOT NULL,
    PRIMARY KEY (provider_id, id),
    UNIQUE (provider_id, name)
);

CREATE TABLE baseline_policies (
    provider_id TEXT NOT NULL,
    baseline_id TEXT NOT NULL,
    type        INTEGER NOT NULL,
    enabled     BOOLEAN NOT NULL,
    data        TEXT, -- JSON, as in policies
    PRIMARY KEY (provider_id, baseline_id, type),
    FOREIGN KEY (provider_id, baseline_id) REFERENCES baselines (provider_id, id) ON DELETE CASCADE
);

CREATE TABLE baseline_clients (
    provider_id TEXT NOT NULL,
    client_id   TEXT NOT NULL,
    baseline_id TEXT NOT NULL,
    PRIMARY KEY (provider_id, client_id), -- a client's own one goes before those of its tags
    FOREIGN KEY (provider_id, client_id) REFERENCES provider_clients (provider_id, id) ON DELETE CASCADE,
    FOREIGN KEY (provider_id, baseline_id) REFERENCES baselines (provider_id, id) ON DELETE CASCADE
);
CREATE INDEX baseline_clients_baseline ON baseline_clients (provider_id, baseline_id);

CREATE TABLE baseline_tags (
    provider_id TEXT NOT NULL,
    tag_id      TEXT NOT NULL,
    baseline_id TEXT NOT NULL,
    PRIMARY KEY (provider_id, tag_id),
    FOREIGN KEY (provider_id, tag_id) REFERENCES provider_tags (provider_id, id) ON DELETE CASCADE,
    FOREIGN KEY (provider_id, baseline_id) REFERENCES baselines (provider_id, id) ON DELETE CASCADE
);
CREATE INDEX baseline_tags_baseline ON baseline_tags (provider_id, baseline_id);

-- Where an owner of a client decided to do otherwise than its baseline.
CREATE TABLE baseline_deviations (
    provider_id TEXT NOT NULL,
    client_id   TEXT NOT NULL,
    subject     TEXT NOT NULL, -- policy:NUMBER or setting:NAME
    reason      TEXT NOT NULL,
    user_id     TEXT REFERENCES users (id) ON DELETE SET NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (provider_id, client_id, subject),
    FOREIGN KEY (provider_id, client_id) REFERENCES provider_clients (provider_id, id) ON DELETE CASCADE
);

-- +goose Down
SELECT 1;
