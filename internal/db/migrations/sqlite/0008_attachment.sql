-- +goose Up

-- Files that no row names any more. Triggers write them, in the transaction that lets go
-- of a file, so that no way of losing one is forgotten: an item deleted with all of its
-- organization lets go of its files too. They are removed from the store after the commit.
CREATE TABLE doomed_files (
    name TEXT PRIMARY KEY -- in the store
);

CREATE TABLE attachments (
    owner_id   TEXT NOT NULL, -- that of the item
    cipher_id  TEXT NOT NULL,
    id         TEXT NOT NULL,
    name       TEXT NOT NULL, -- of the file, under the item's key
    key        TEXT, -- of the file, under the item's key; NULL: an old one, whose body is under the owner's key itself
    size       BIGINT NOT NULL, -- of the ciphertext: as announced, then as stored
    file       TEXT, -- name in the store; NULL until all of it is there
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner_id, cipher_id, id),
    FOREIGN KEY (owner_id, cipher_id) REFERENCES ciphers (owner_id, id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX attachments_file ON attachments (file);
CREATE INDEX attachments_awaited ON attachments (created_at) WHERE file IS NULL;

-- What will take an old attachment's place when its item is shared with an organization,
-- under whose key it is encrypted already.
CREATE TABLE attachment_moves (
    owner_id      TEXT NOT NULL, -- that of the item before
    cipher_id     TEXT NOT NULL,
    attachment_id TEXT NOT NULL,
    org_id        TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    name          TEXT NOT NULL,
    key           TEXT NOT NULL,
    size          BIGINT NOT NULL,
    file          TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (owner_id, cipher_id, attachment_id),
    FOREIGN KEY (owner_id, cipher_id, attachment_id) REFERENCES attachments (owner_id, cipher_id, id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX attachment_moves_file ON attachment_moves (file);
CREATE INDEX attachment_moves_org ON attachment_moves (org_id);

-- +goose StatementBegin
CREATE TRIGGER attachments_file_gone AFTER DELETE ON attachments WHEN OLD.file IS NOT NULL
BEGIN
    INSERT OR IGNORE INTO doomed_files (name) VALUES (OLD.file);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attachments_file_replaced AFTER UPDATE OF file ON attachments WHEN OLD.file IS NOT NULL AND OLD.file IS NOT NEW.file
BEGIN
    INSERT OR IGNORE INTO doomed_files (name) VALUES (OLD.file);
END;
-- +goose StatementEnd

-- Unless the file has taken the old attachment's place.
-- +goose StatementBegin
CREATE TRIGGER attachment_moves_file_gone AFTER DELETE ON attachment_moves WHEN NOT EXISTS (SELECT 1 FROM attachments WHERE file = OLD.file)
BEGIN
    INSERT OR IGNORE INTO doomed_files (name) VALUES (OLD.file);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attachment_moves_file_replaced AFTER UPDATE OF file ON attachment_moves WHEN OLD.file IS NOT NULL AND OLD.file IS NOT NEW.file
BEGIN
    INSERT OR IGNORE INTO doomed_files (name) VALUES (OLD.file);
END;
-- +goose StatementEnd

-- +goose Down
SELECT 1;
