-- What operators judge a ticket by, until when it is put aside, what it is a duplicate of, and who is waited for since when.
ALTER TABLE ticket ADD COLUMN impact TEXT;
ALTER TABLE ticket ADD COLUMN urgency TEXT;
ALTER TABLE ticket ADD COLUMN snoozed_until BIGINT;
ALTER TABLE ticket ADD COLUMN duplicate_of BIGINT;
ALTER TABLE ticket ADD COLUMN waits_for TEXT NOT NULL DEFAULT 'desk';
ALTER TABLE ticket ADD COLUMN waits_since BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;

UPDATE ticket SET waits_since = opened_at,
    changed_at = (SELECT c.changed_at FROM conversation c WHERE c.id = ticket.conversation);

-- The desk wrote last: the employee is waited for since the first reply after the employee's own last word.
UPDATE ticket SET waits_for = 'employee', waits_since = COALESCE((SELECT MIN(e.at) FROM event e
        WHERE e.conversation = ticket.conversation AND e.what LIKE '{"kind":"replied"%' AND e.nth > COALESCE((SELECT MAX(w.nth)
        FROM event w WHERE w.conversation = ticket.conversation AND (w.what LIKE '{"kind":"added"%'
        OR w.what LIKE '{"kind":"handed_off"%' OR w.what LIKE '{"kind":"reopened"%')), 0)), waits_since)
    WHERE COALESCE((SELECT MAX(e.nth) FROM event e WHERE e.conversation = ticket.conversation
        AND e.what LIKE '{"kind":"replied"%'), 0) > COALESCE((SELECT MAX(w.nth) FROM event w
        WHERE w.conversation = ticket.conversation AND (w.what LIKE '{"kind":"added"%'
        OR w.what LIKE '{"kind":"handed_off"%' OR w.what LIKE '{"kind":"reopened"%')), 0);

-- The employee wrote last, after a reply to this ticket: the desk is waited for since the first word after that reply.
UPDATE ticket SET waits_since = COALESCE((SELECT MIN(w.at) FROM event w WHERE w.conversation = ticket.conversation
        AND (w.what LIKE '{"kind":"added"%' OR w.what LIKE '{"kind":"reopened"%')
        AND w.nth > (SELECT MAX(e.nth) FROM event e WHERE e.conversation = ticket.conversation
        AND e.what LIKE '{"kind":"replied"%' AND e.at >= ticket.opened_at)), waits_since)
    WHERE waits_for = 'desk';

-- The desk's lists: open tickets in each order, and what comes back when.
DROP INDEX ticket_queue;
CREATE INDEX ticket_open_urgency ON ticket (priority DESC, opened_at, id) WHERE status <> 'resolved';
CREATE INDEX ticket_open_age ON ticket (opened_at, id) WHERE status <> 'resolved';
CREATE INDEX ticket_open_change ON ticket (changed_at DESC, id DESC) WHERE status <> 'resolved';
CREATE INDEX ticket_age ON ticket (opened_at, id);
CREATE INDEX ticket_change ON ticket (changed_at DESC, id DESC);
CREATE INDEX ticket_asleep ON ticket (snoozed_until) WHERE status <> 'resolved';
CREATE INDEX ticket_duplicate ON ticket (duplicate_of) WHERE duplicate_of IS NOT NULL;

-- What a ticket is searched by: its number, its employee's name, and the words that were written, without capitals.
CREATE TABLE ticket_text (
    ticket BIGINT PRIMARY KEY REFERENCES ticket (id),
    folded TEXT   NOT NULL
);
INSERT INTO ticket_text (ticket, folded)
    SELECT t.id, ' ' || t.number || ' ' || REPLACE(REPLACE(REPLACE(LOWER(SUBSTR(COALESCE(c.employee_name, '') || ' '
        || COALESCE(c.organisation, '') || ' ' || COALESCE(q.text, ''), 1, 20000)), 'Æ', 'æ'), 'Ø', 'ø'), 'Å', 'å') || ' '
    FROM ticket t JOIN conversation c ON c.id = t.conversation LEFT JOIN message q ON q.id = t.question;
