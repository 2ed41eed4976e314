-- What kept an errand from being done, as one of a few known reasons; the technical one stands in `reason`.
ALTER TABLE outbox ADD COLUMN why TEXT;
CREATE INDEX outbox_stuck_in ON outbox (conversation, id) WHERE state = 'stuck';

-- What was received and posted is forgotten some time after its conversation was over.
CREATE INDEX inbox_of_conversation ON inbox (conversation);
CREATE INDEX post_of_conversation ON post (conversation);
CREATE INDEX conversation_changed ON conversation (changed_at);
