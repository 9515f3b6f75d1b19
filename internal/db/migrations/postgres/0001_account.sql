-- +goose Up

CREATE TABLE users (
    id                  TEXT PRIMARY KEY,
    email               TEXT NOT NULL UNIQUE, -- trimmed and lower-cased
    email_verified      BOOLEAN NOT NULL,
    name                TEXT NOT NULL,
    hint                TEXT NOT NULL,
    avatar_color        TEXT,
    culture             TEXT NOT NULL,
    password_hash       TEXT NOT NULL, -- slow hash of the clients' authorization hash
    kdf_type            INTEGER NOT NULL,
    kdf_iterations      INTEGER NOT NULL,
    kdf_memory          INTEGER, -- MiB
    kdf_parallelism     INTEGER,
    salt                TEXT NOT NULL,
    user_key            TEXT NOT NULL, -- wrapped by the stretched master key
    user_key_id         TEXT,
    public_key          TEXT,
    private_key         TEXT, -- wrapped by the user key
    security_stamp      TEXT NOT NULL,
    api_key             BYTEA NOT NULL, -- sealed
    force_password_reset BOOLEAN NOT NULL,
    verify_devices      BOOLEAN NOT NULL,
    equivalent_domains  TEXT NOT NULL, -- JSON, list of lists
    excluded_domains    TEXT NOT NULL, -- JSON, list of numbers
    created_at          BIGINT NOT NULL,
    password_changed_at BIGINT,
    revised_at          BIGINT NOT NULL -- grows with every change that the account can see
);

CREATE TABLE devices (
    user_id        TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id             TEXT NOT NULL,
    identifier     TEXT NOT NULL, -- chosen by the installation
    type           INTEGER NOT NULL,
    name           TEXT NOT NULL,
    push_token     TEXT,
    created_at     BIGINT NOT NULL,
    active_at      BIGINT NOT NULL,
    PRIMARY KEY (user_id, id),
    UNIQUE (user_id, identifier)
);
CREATE INDEX devices_identifier ON devices (identifier);

CREATE TABLE sessions (
    user_id    TEXT NOT NULL,
    id         TEXT NOT NULL,
    device_id  TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE, -- SHA-256 of the refresh token
    client_id  TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, device_id) REFERENCES devices (user_id, id) ON DELETE CASCADE
);
CREATE INDEX sessions_device ON sessions (user_id, device_id);

-- One-time codes sent by mail: change of address, protected acts, new devices.
CREATE TABLE account_codes (
    user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose    TEXT NOT NULL,
    target     TEXT NOT NULL, -- the new address, for instance
    code_hash  TEXT NOT NULL,
    attempts   INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, purpose)
);

-- Two-step login. An account without rows here needs its password alone.
CREATE TABLE second_factors (
    user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind       INTEGER NOT NULL, -- 0 authenticator; the numbers of the protocol
    secret     BYTEA NOT NULL, -- sealed
    last_step  BIGINT NOT NULL, -- of the last code that was used: no code is good twice
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, kind)
);

-- There is one for every account that has a second factor.
CREATE TABLE recovery_codes (
    user_id    TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    secret     BYTEA NOT NULL, -- sealed
    created_at BIGINT NOT NULL
);

-- Installations that a person chose not to be asked on for a second factor.
CREATE TABLE remembered_devices (
    user_id        TEXT NOT NULL,
    device_id      TEXT NOT NULL,
    token_hash     TEXT NOT NULL, -- SHA-256 of the remember token
    security_stamp TEXT NOT NULL, -- of the account when it was given
    created_at     BIGINT NOT NULL,
    expires_at     BIGINT NOT NULL,
    PRIMARY KEY (user_id, device_id),
    FOREIGN KEY (user_id, device_id) REFERENCES devices (user_id, id) ON DELETE CASCADE
);
CREATE INDEX remembered_devices_expires ON remembered_devices (expires_at);

CREATE TABLE rate_limits (
    name       TEXT NOT NULL, -- which limit
    subject    TEXT NOT NULL, -- hash of the address or account
    free_at    BIGINT NOT NULL, -- theoretical arrival time (GCRA)
    PRIMARY KEY (name, subject)
);
CREATE INDEX rate_limits_free ON rate_limits (free_at);

CREATE TABLE mail_outbox (
    id         TEXT PRIMARY KEY,
    sealed     BYTEA NOT NULL, -- the message, which may hold a link with a token
    attempts   INTEGER NOT NULL,
    due_at     BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    last_error TEXT
);
CREATE INDEX mail_outbox_due ON mail_outbox (due_at);

-- +goose Down
SELECT 1;
