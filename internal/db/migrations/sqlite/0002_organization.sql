-- +goose Up

CREATE TABLE organizations (
    id                        TEXT PRIMARY KEY,
    name                      TEXT NOT NULL,
    business_name             TEXT,
    billing_email             TEXT NOT NULL,
    plan_type                 INTEGER NOT NULL,
    seats                     INTEGER, -- NULL: unlimited
    status                    INTEGER NOT NULL, -- 0 pending, 1 created, 2 managed
    enabled                   BOOLEAN NOT NULL,
    public_key                TEXT,
    private_key               TEXT, -- wrapped by the organization key
    api_key                   BLOB NOT NULL, -- sealed
    api_key_at                BIGINT, -- when it was replaced; NULL: it is the first one
    limit_collection_creation BOOLEAN NOT NULL,
    limit_collection_deletion BOOLEAN NOT NULL,
    limit_item_deletion       BOOLEAN NOT NULL,
    admins_access_all         BOOLEAN NOT NULL,
    provider_item_access      BOOLEAN NOT NULL,
    storage_limit             BIGINT, -- bytes that its attachments may take; NULL: as the server is set
    created_at                BIGINT NOT NULL,
    revised_at                BIGINT NOT NULL
);

CREATE TABLE members (
    org_id      TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id          TEXT NOT NULL,
    user_id     TEXT REFERENCES users (id) ON DELETE CASCADE, -- NULL while invited
    email       TEXT, -- only while invited
    key         TEXT, -- organization key under the member's public key; only once confirmed
    status      INTEGER NOT NULL, -- -1 revoked, 0 invited, 1 accepted, 2 confirmed, 3 staged
    type        INTEGER NOT NULL, -- 0 owner, 1 admin, 2 user, 4 custom
    permissions INTEGER NOT NULL, -- bits, of a custom role only
    external_id TEXT,
    prior_status      INTEGER, -- only while revoked: what restoring gives back
    revocation_reason INTEGER, -- only while revoked
    recovery_key      TEXT, -- the account's user key under the organization's public key, of those enrolled in account recovery
    created_at  BIGINT NOT NULL,
    revised_at  BIGINT NOT NULL,
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, user_id),
    UNIQUE (org_id, email)
);
CREATE INDEX members_user ON members (user_id);
CREATE INDEX members_email ON members (email);
CREATE INDEX members_standing ON members (org_id, status, type, user_id); -- counts people without reading their keys

CREATE TABLE collections (
    org_id      TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id          TEXT NOT NULL,
    name        TEXT NOT NULL, -- under the organization key
    external_id TEXT,
    created_at  BIGINT NOT NULL,
    revised_at  BIGINT NOT NULL,
    PRIMARY KEY (org_id, id)
);

CREATE TABLE collection_members (
    org_id         TEXT NOT NULL,
    collection_id  TEXT NOT NULL,
    member_id      TEXT NOT NULL,
    read_only      BOOLEAN NOT NULL,
    hide_passwords BOOLEAN NOT NULL,
    manage         BOOLEAN NOT NULL,
    PRIMARY KEY (org_id, collection_id, member_id),
    FOREIGN KEY (org_id, collection_id) REFERENCES collections (org_id, id) ON DELETE CASCADE,
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id) ON DELETE CASCADE
);
CREATE INDEX collection_members_member ON collection_members (org_id, member_id);

CREATE TABLE groups (
    org_id      TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id          TEXT NOT NULL,
    name        TEXT NOT NULL,
    external_id TEXT,
    created_at  BIGINT NOT NULL,
    revised_at  BIGINT NOT NULL,
    PRIMARY KEY (org_id, id)
);

CREATE TABLE group_members (
    org_id    TEXT NOT NULL,
    group_id  TEXT NOT NULL,
    member_id TEXT NOT NULL,
    PRIMARY KEY (org_id, group_id, member_id),
    FOREIGN KEY (org_id, group_id) REFERENCES groups (org_id, id) ON DELETE CASCADE,
    FOREIGN KEY (org_id, member_id) REFERENCES members (org_id, id) ON DELETE CASCADE
);
CREATE INDEX group_members_member ON group_members (org_id, member_id);

CREATE TABLE collection_groups (
    org_id         TEXT NOT NULL,
    collection_id  TEXT NOT NULL,
    group_id       TEXT NOT NULL,
    read_only      BOOLEAN NOT NULL,
    hide_passwords BOOLEAN NOT NULL,
    manage         BOOLEAN NOT NULL,
    PRIMARY KEY (org_id, collection_id, group_id),
    FOREIGN KEY (org_id, collection_id) REFERENCES collections (org_id, id) ON DELETE CASCADE,
    FOREIGN KEY (org_id, group_id) REFERENCES groups (org_id, id) ON DELETE CASCADE
);
CREATE INDEX collection_groups_group ON collection_groups (org_id, group_id);

-- +goose Down
SELECT 1;
