-- What operators have begun to write. A draft that was sent stays as an empty row with the form it was sent from, so that
-- what that form still says of it is known to come too late.
CREATE TABLE draft (
    operator TEXT   NOT NULL,
    ticket   BIGINT NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    kind     TEXT   NOT NULL,
    form     TEXT   NOT NULL,
    text     TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    sent     TEXT   NOT NULL,
    PRIMARY KEY (operator, ticket, kind)
);
CREATE INDEX draft_at ON draft (at);
