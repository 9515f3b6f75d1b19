-- +goose Up

-- Devices that ask to be let in by another device of the account. Each asks for one thing
-- at a time.
CREATE TABLE auth_requests (
    user_id        TEXT NOT NULL,
    id             TEXT NOT NULL,
    device_id      TEXT NOT NULL, -- that asks
    type           INTEGER NOT NULL, -- 0 to log in, 1 to unlock
    address        TEXT NOT NULL, -- from which it asks
    public_key     TEXT NOT NULL, -- that the answer is for
    code_hash      TEXT NOT NULL, -- SHA-256 of the code that the asking device keeps
    security_stamp TEXT NOT NULL, -- of the account when it was asked
    key            TEXT, -- the user key, under public_key
    approved       BOOLEAN, -- NULL until somebody answers
    created_at     BIGINT NOT NULL,
    answered_at    BIGINT,
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, device_id) REFERENCES devices (user_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX auth_requests_id ON auth_requests (id);
CREATE INDEX auth_requests_device ON auth_requests (user_id, device_id);
CREATE INDEX auth_requests_created ON auth_requests (created_at);

-- +goose Down
SELECT 1;
