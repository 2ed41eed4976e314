-- Files that are attached: the line that each one is, so that whoever asks for a file is asked about its conversation.
CREATE TABLE attachment (
    id           BIGINT PRIMARY KEY,
    conversation BIGINT NOT NULL REFERENCES conversation (id),
    message      BIGINT NOT NULL REFERENCES message (id)
);
CREATE INDEX attachment_of_conversation ON attachment (conversation);
