-- +goose Up

-- A policy without a row was never saved, and is off.
CREATE TABLE policies (
    org_id     TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    type       INTEGER NOT NULL,
    id         TEXT NOT NULL,
    enabled    BOOLEAN NOT NULL,
    data       TEXT NOT NULL, -- JSON object
    created_at BIGINT NOT NULL,
    revised_at BIGINT NOT NULL,
    PRIMARY KEY (org_id, type)
);

-- E-mail domains that an organization says are its own. Several may say so;
-- only one can have proved it.
CREATE TABLE claimed_domains (
    org_id      TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id          TEXT NOT NULL,
    name        TEXT NOT NULL, -- lower case, ASCII
    txt         TEXT NOT NULL, -- what the domain's TXT record must hold
    verified_at BIGINT,
    checked_at  BIGINT,
    next_check  BIGINT,
    checks      INTEGER NOT NULL,
    first_missing BIGINT, -- since when the record of a proved one is not there
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, name)
);
CREATE UNIQUE INDEX claimed_domains_proved ON claimed_domains (name) WHERE verified_at IS NOT NULL;

-- +goose Down
SELECT 1;
