-- Our own sign-ins to platforms that allow only so many a day, so that no number of restarts can use the allowance up.
CREATE TABLE platform_sign_in (
    channel TEXT NOT NULL,
    shard   BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    held    BIGINT NOT NULL,
    PRIMARY KEY (channel, shard, at)
);
