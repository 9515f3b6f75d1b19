-- +goose Up

-- Files that no row names any more. Triggers write them, in the transaction that lets go
-- of a file, so that no way of losing one is forgotten: an item deleted with all of its
-- organization lets go of its files too. They are removed from the store after the commit.
CREATE TABLE doomed_files (
    name TEXT PRIMARY KEY -- in the store
);

-- +goose StatementBegin
CREATE FUNCTION doom_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO doomed_files (name) VALUES (OLD.file) ON CONFLICT DO NOTHING;
    RETURN NULL;
END;
$$;
-- +goose StatementEnd

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

CREATE TRIGGER attachments_file_gone AFTER DELETE ON attachments FOR EACH ROW WHEN (OLD.file IS NOT NULL)
    EXECUTE FUNCTION doom_file();
CREATE TRIGGER attachments_file_replaced AFTER UPDATE OF file ON attachments FOR EACH ROW WHEN (OLD.file IS NOT NULL AND OLD.file IS DISTINCT FROM NEW.file)
    EXECUTE FUNCTION doom_file();

-- Unless the file has taken the old attachment's place.
-- +goose StatementBegin
CREATE FUNCTION doom_replacement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO doomed_files (name) SELECT OLD.file WHERE NOT EXISTS (SELECT 1 FROM attachments WHERE file = OLD.file)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END;
$$;
-- +goose StatementEnd
CREATE TRIGGER attachment_moves_file_gone AFTER DELETE ON attachment_moves FOR EACH ROW
    EXECUTE FUNCTION doom_replacement();
CREATE TRIGGER attachment_moves_file_replaced AFTER UPDATE OF file ON attachment_moves FOR EACH ROW WHEN (OLD.file IS NOT NULL AND OLD.file IS DISTINCT FROM NEW.file)
    EXECUTE FUNCTION doom_file();

-- +goose Down
SELECT 1;
