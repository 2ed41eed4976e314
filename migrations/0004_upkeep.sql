-- What is cleaned up is found by its time.
CREATE INDEX outbox_done ON outbox (closed_at) WHERE state = 'done';
CREATE INDEX session_expiry ON session (expires_at);
