-- +goose Up

-- Phones that the relay knows, and by which push token: what differs from the devices is
-- told to it, also when the server was stopped in between.
CREATE TABLE relay_devices (
    user_id   TEXT NOT NULL,
    device_id TEXT NOT NULL,
    type      INTEGER NOT NULL,
    token     TEXT NOT NULL,
    PRIMARY KEY (user_id, device_id)
);
CREATE INDEX devices_phones ON devices (user_id, id) WHERE push_token IS NOT NULL;

-- +goose Down
SELECT 1;
