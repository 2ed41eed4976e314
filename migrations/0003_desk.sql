-- Sign-in links and sessions, by the hash of their secret.
CREATE TABLE session (
    hash       TEXT   PRIMARY KEY,
    kind       TEXT   NOT NULL,
    operator   TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    membership TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);

-- How far places have been read.
CREATE TABLE watermark (
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    last    TEXT NOT NULL,
    PRIMARY KEY (channel, address)
);

CREATE INDEX conversation_with_desk ON conversation (id) WHERE phase = 'with_desk';
