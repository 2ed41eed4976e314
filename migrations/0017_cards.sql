-- Every card that was posted, so that a thread under an old one still finds its ticket.
CREATE TABLE card_post (
    channel     TEXT   NOT NULL,
    external_id TEXT   NOT NULL,
    ticket      BIGINT NOT NULL REFERENCES ticket (id),
    desk_group  TEXT   NOT NULL,
    PRIMARY KEY (channel, external_id)
);
INSERT INTO card_post (channel, external_id, ticket, desk_group) SELECT channel, external_id, ticket, desk_group FROM card;

-- What the newest card shows, which one it goes on from, and where the group's operators talk about the ticket.
ALTER TABLE card ADD COLUMN shown TEXT;
ALTER TABLE card ADD COLUMN earlier TEXT;
ALTER TABLE card ADD COLUMN talk TEXT;
