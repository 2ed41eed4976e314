-- Both engines read this file: BIGINT and TEXT only, times in microseconds since 1970 (UTC), documents as JSON text.

CREATE TABLE conversation (
    id             BIGINT PRIMARY KEY,
    version        BIGINT NOT NULL,
    channel        TEXT   NOT NULL,
    address        TEXT   NOT NULL,
    delivery       TEXT   NOT NULL,
    employee       TEXT   NOT NULL,
    employee_name  TEXT,
    employee_email TEXT,
    organisation   TEXT,
    lang           TEXT   NOT NULL,
    phase          TEXT   NOT NULL,
    question       BIGINT,
    shown          TEXT   NOT NULL,
    ticket         BIGINT,
    opened_at      BIGINT NOT NULL,
    changed_at     BIGINT NOT NULL
);
CREATE INDEX conversation_of_employee ON conversation (employee);

-- The newest conversation that an employee opened at a place. Whoever opens one holds this row until the end of the transaction.
CREATE TABLE latest (
    channel      TEXT   NOT NULL,
    address      TEXT   NOT NULL,
    employee     TEXT   NOT NULL,
    conversation BIGINT NOT NULL REFERENCES conversation (id),
    PRIMARY KEY (channel, address, employee)
);

CREATE TABLE ticket (
    id           BIGINT PRIMARY KEY,
    number       BIGINT NOT NULL UNIQUE,
    conversation BIGINT NOT NULL REFERENCES conversation (id),
    question     BIGINT NOT NULL,
    desk_group   TEXT   NOT NULL,
    line         TEXT   NOT NULL,
    priority     BIGINT NOT NULL,
    status       TEXT   NOT NULL,
    holder       TEXT,
    holder_name  TEXT,
    resolved_at  BIGINT,
    opened_at    BIGINT NOT NULL
);
CREATE INDEX ticket_of_conversation ON ticket (conversation);
CREATE INDEX ticket_queue ON ticket (status, priority DESC, opened_at, id);
CREATE INDEX ticket_urgency ON ticket (priority DESC, opened_at, id);

-- The last number given to a ticket: one row, held by the transaction that counts on, so that numbers have neither gaps nor doubles.
CREATE TABLE last_number (
    what   TEXT   PRIMARY KEY,
    number BIGINT NOT NULL
);
INSERT INTO last_number (what, number) VALUES ('ticket', 1000);

-- What was said. Free text stands in its own column; the document holds the rest of the content.
CREATE TABLE message (
    id            BIGINT PRIMARY KEY,
    conversation  BIGINT NOT NULL REFERENCES conversation (id),
    author        TEXT   NOT NULL,
    operator      TEXT,
    operator_name TEXT,
    visibility    TEXT   NOT NULL,
    lang          TEXT   NOT NULL,
    text          TEXT,
    content       TEXT   NOT NULL,
    ticket        BIGINT,
    at            BIGINT NOT NULL
);
CREATE INDEX message_of_conversation ON message (conversation, id);

-- What happened, append-only; nth counts a conversation's events from 1, as its version does.
CREATE TABLE event (
    id            BIGINT PRIMARY KEY,
    conversation  BIGINT NOT NULL REFERENCES conversation (id),
    nth           BIGINT NOT NULL,
    author        TEXT   NOT NULL,
    operator      TEXT,
    operator_name TEXT,
    what          TEXT   NOT NULL,
    at            BIGINT NOT NULL,
    UNIQUE (conversation, nth)
);

-- What was received, so that the same thing twice is one.
CREATE TABLE inbox (
    channel      TEXT   NOT NULL,
    external_id  TEXT   NOT NULL,
    conversation BIGINT NOT NULL,
    PRIMARY KEY (channel, external_id)
);
