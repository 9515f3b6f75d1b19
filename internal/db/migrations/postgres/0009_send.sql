-- +goose Up

CREATE TABLE sends (
    user_id          TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id               TEXT NOT NULL,
    type             INTEGER NOT NULL, -- 0 text, 1 file
    key              TEXT NOT NULL, -- seed of the Send's key, under the user key
    name             TEXT NOT NULL, -- this and what follows is under the Send's key
    notes            TEXT,
    text             TEXT, -- of a text
    hidden           BOOLEAN NOT NULL, -- whether the text is covered at first
    file_id          TEXT, -- of a file
    file_name        TEXT,
    file_size        BIGINT, -- of the ciphertext: as announced, then as stored
    file             TEXT, -- name in the store; NULL until all of it is there
    auth_type        INTEGER NOT NULL, -- 0 codes by e-mail, 1 password, 2 none
    password_hash    TEXT, -- slow hash of the clients' hash
    emails           TEXT, -- of those who may have it, lower-cased, with commas between
    max_access_count INTEGER,
    access_count     INTEGER NOT NULL,
    disabled         BOOLEAN NOT NULL,
    hide_email       BOOLEAN NOT NULL,
    created_at       BIGINT NOT NULL,
    revised_at       BIGINT NOT NULL,
    expires_at       BIGINT,
    deletes_at       BIGINT NOT NULL,
    PRIMARY KEY (user_id, id)
);
CREATE UNIQUE INDEX sends_id ON sends (id);
CREATE UNIQUE INDEX sends_file ON sends (file);
CREATE INDEX sends_deletes ON sends (deletes_at);
CREATE INDEX sends_awaited ON sends (created_at) WHERE type = 1 AND file IS NULL;

-- One-time codes that were mailed to people named in a Send.
CREATE TABLE send_codes (
    user_id    TEXT NOT NULL,
    send_id    TEXT NOT NULL,
    email      TEXT NOT NULL,
    code_hash  TEXT NOT NULL,
    attempts   INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, send_id, email),
    FOREIGN KEY (user_id, send_id) REFERENCES sends (user_id, id) ON DELETE CASCADE
);
CREATE INDEX send_codes_expires ON send_codes (expires_at);

CREATE TRIGGER sends_file_gone AFTER DELETE ON sends FOR EACH ROW WHEN (OLD.file IS NOT NULL)
    EXECUTE FUNCTION doom_file();
CREATE TRIGGER sends_file_replaced AFTER UPDATE OF file ON sends FOR EACH ROW WHEN (OLD.file IS NOT NULL AND OLD.file IS DISTINCT FROM NEW.file)
    EXECUTE FUNCTION doom_file();

-- +goose Down
SELECT 1;
