-- What employees asked lately is found without going through everything that was ever said.
CREATE INDEX message_of_author ON message (author, at);
