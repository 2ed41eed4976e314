-- Ways to answer one person alone that a platform gave with what they did, by the receipt of that. A token is a secret, good for
-- minutes, and forgotten when it is over. said is the last line that was shown through it.
CREATE TABLE reply_token (
    channel     TEXT   NOT NULL,
    external_id TEXT   NOT NULL,
    token       TEXT   NOT NULL,
    said        BIGINT,
    expires_at  BIGINT NOT NULL,
    PRIMARY KEY (channel, external_id)
);
CREATE INDEX reply_token_expires ON reply_token (expires_at);
CREATE INDEX reply_token_said ON reply_token (said);

-- Messages of ours that stand in a place for good, one in each.
CREATE TABLE standing_post (
    channel     TEXT NOT NULL,
    address     TEXT NOT NULL,
    external_id TEXT NOT NULL,
    PRIMARY KEY (channel, address)
);
