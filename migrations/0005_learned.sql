-- Questions that articles were seen to answer; folded is what makes two texts the same question.
CREATE TABLE learned_question (
    id           BIGINT PRIMARY KEY,
    article      TEXT   NOT NULL,
    folded       TEXT   NOT NULL,
    text         TEXT   NOT NULL,
    lang         TEXT   NOT NULL,
    origin       TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    people       BIGINT NOT NULL,
    first_at     BIGINT NOT NULL,
    last_at      BIGINT NOT NULL,
    settled_by   TEXT,
    settled_name TEXT,
    settled_at   BIGINT,
    UNIQUE (article, folded)
);
CREATE INDEX learned_in_state ON learned_question (state, id);

-- The conversations that they were learned from: each teaches one question of an article.
CREATE TABLE learned_from (
    conversation BIGINT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    article      TEXT   NOT NULL,
    question     BIGINT NOT NULL REFERENCES learned_question (id),
    origin       TEXT   NOT NULL,
    PRIMARY KEY (conversation, article)
);
CREATE INDEX learned_from_question ON learned_from (question);

-- The few events that may teach something.
CREATE INDEX event_telling ON event (id) WHERE (what LIKE '{"kind":"helped"%' OR what LIKE '{"kind":"replied"%');
