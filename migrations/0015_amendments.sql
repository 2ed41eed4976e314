-- Which line a received message became, so that a change or a deletion finds it. Empty for what came before.
ALTER TABLE inbox ADD COLUMN message BIGINT;
CREATE INDEX inbox_of_line ON inbox (message);
-- Which line a post shows, and where it stands. Of two lines that stood there after each other, the later.
ALTER TABLE post ADD COLUMN message BIGINT;
ALTER TABLE post ADD COLUMN address TEXT;
CREATE INDEX post_of_line ON post (message);
-- Not 0 where the line does not stand any more: the line that stands in its place, or 1 where none does.
ALTER TABLE message ADD COLUMN withdrawn BIGINT NOT NULL DEFAULT 0;
