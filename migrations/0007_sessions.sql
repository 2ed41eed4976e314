-- A session ends when it was not used for a while (expires_at), and at ends_at whatever was done.
ALTER TABLE session ADD COLUMN ends_at BIGINT NOT NULL DEFAULT 0;
UPDATE session SET ends_at = expires_at;
-- Somebody's address, where whoever vouches for them told it.
ALTER TABLE session ADD COLUMN email TEXT;
CREATE INDEX session_of_operator ON session (operator);
