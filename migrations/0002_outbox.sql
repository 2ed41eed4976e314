-- Errands. due_at is when one may be given out; giving it out moves it to the end of the hold.
CREATE TABLE outbox (
    id           BIGINT PRIMARY KEY,
    conversation BIGINT NOT NULL REFERENCES conversation (id),
    channel      TEXT   NOT NULL,
    errand       TEXT   NOT NULL,
    ticket       BIGINT,
    desk_group   TEXT,
    state        TEXT   NOT NULL,
    due_at       BIGINT NOT NULL,
    attempts     BIGINT NOT NULL,
    reason       TEXT,
    created_at   BIGINT NOT NULL,
    closed_at    BIGINT
);
CREATE INDEX outbox_waiting ON outbox (conversation, id) WHERE state = 'waiting';
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';
CREATE INDEX outbox_stuck ON outbox (id) WHERE state = 'stuck';

-- Where conversations moved to at their hand-off.
CREATE TABLE room (
    conversation BIGINT PRIMARY KEY REFERENCES conversation (id),
    channel      TEXT   NOT NULL,
    address      TEXT   NOT NULL,
    UNIQUE (channel, address)
);

-- The cards that show a ticket to a group's operators.
CREATE TABLE card (
    ticket      BIGINT NOT NULL REFERENCES ticket (id),
    desk_group  TEXT   NOT NULL,
    channel     TEXT   NOT NULL,
    address     TEXT   NOT NULL,
    external_id TEXT   NOT NULL,
    posted_at   BIGINT NOT NULL,
    PRIMARY KEY (ticket, desk_group, channel)
);

-- What was posted on platforms.
CREATE TABLE post (
    channel      TEXT   NOT NULL,
    external_id  TEXT   NOT NULL,
    conversation BIGINT NOT NULL REFERENCES conversation (id),
    PRIMARY KEY (channel, external_id)
);
