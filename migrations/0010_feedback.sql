-- How articles did as answers, by day (days since 1970, UTC): counted in the same write as the events that tell of it.
CREATE TABLE article_day (
    day          BIGINT NOT NULL,
    slug         TEXT   NOT NULL,
    lang         TEXT   NOT NULL,
    shown        BIGINT NOT NULL,
    helped       BIGINT NOT NULL,
    did_not_help BIGINT NOT NULL,
    PRIMARY KEY (day, slug, lang)
);

-- Whether readers found an article useful: one vote of a reader on an article, in whichever language.
CREATE TABLE article_vote (
    reader TEXT   NOT NULL,
    slug   TEXT   NOT NULL,
    lang   TEXT   NOT NULL,
    useful BIGINT NOT NULL,
    remark TEXT,
    at     BIGINT NOT NULL,
    PRIMARY KEY (reader, slug)
);
CREATE INDEX article_vote_at ON article_vote (at);
CREATE INDEX article_vote_remark ON article_vote (slug, at) WHERE remark IS NOT NULL;
