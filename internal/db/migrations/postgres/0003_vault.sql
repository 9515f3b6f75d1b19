-- +goose Up

CREATE TABLE folders (
    user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id         TEXT NOT NULL,
    name       TEXT NOT NULL, -- under the user key
    created_at BIGINT NOT NULL,
    revised_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, id)
);

-- An item belongs to one account or to one organization; owner_id is whichever
-- of the two it is, so that the rows can be distributed by tenant.
CREATE TABLE ciphers (
    owner_id   TEXT NOT NULL,
    id         TEXT NOT NULL,
    user_id    TEXT REFERENCES users (id) ON DELETE CASCADE,
    org_id     TEXT REFERENCES organizations (id) ON DELETE CASCADE,
    type       INTEGER NOT NULL,
    data       TEXT NOT NULL, -- members of the wire object that clients encrypted, as JSON without braces
    created_at BIGINT NOT NULL,
    revised_at BIGINT NOT NULL,
    deleted_at BIGINT,
    attachments TEXT, -- the wire object's list of them, made of table attachments with every change there; NULL: none
    PRIMARY KEY (owner_id, id),
    CHECK ((user_id IS NULL) <> (org_id IS NULL)),
    CHECK (owner_id = COALESCE(user_id, org_id))
);
CREATE UNIQUE INDEX ciphers_id ON ciphers (id);
CREATE INDEX ciphers_user ON ciphers (user_id);
CREATE INDEX ciphers_org ON ciphers (org_id);
CREATE INDEX ciphers_deleted ON ciphers (deleted_at) WHERE deleted_at IS NOT NULL;

-- What one account has noted about an item: its folder, favourite, archive.
CREATE TABLE cipher_marks (
    user_id     TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    owner_id    TEXT NOT NULL,
    cipher_id   TEXT NOT NULL,
    folder_id   TEXT,
    favorite    BOOLEAN NOT NULL,
    archived_at BIGINT,
    PRIMARY KEY (user_id, cipher_id),
    FOREIGN KEY (owner_id, cipher_id) REFERENCES ciphers (owner_id, id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX cipher_marks_cipher ON cipher_marks (owner_id, cipher_id);
CREATE INDEX cipher_marks_folder ON cipher_marks (user_id, folder_id);

CREATE TABLE collection_ciphers (
    org_id        TEXT NOT NULL,
    collection_id TEXT NOT NULL,
    cipher_id     TEXT NOT NULL,
    PRIMARY KEY (org_id, collection_id, cipher_id),
    FOREIGN KEY (org_id, collection_id) REFERENCES collections (org_id, id) ON DELETE CASCADE,
    FOREIGN KEY (org_id, cipher_id) REFERENCES ciphers (owner_id, id) ON DELETE CASCADE
);
CREATE INDEX collection_ciphers_cipher ON collection_ciphers (org_id, cipher_id, collection_id);

-- +goose Down
SELECT 1;
