//! Every statement that both engines read. Those that differ stand in `engine.rs`.

/// Declares statements and the list of all of them, so that a test can prepare each on both engines.
macro_rules! statements {
    ($($(#[$meta:meta])* $name:ident = $($sql:expr),+;)+) => {
        $($(#[$meta])* pub(super) const $name: &str = concat!($($sql),+);)+

        /// Every statement by its name.
        #[cfg(test)]
        pub(super) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),+];
    };
}

macro_rules! conversation {
    () => {
        "SELECT c.id, c.version, c.channel, c.address, c.delivery, c.employee, c.employee_name, c.employee_email, \
         c.organisation, c.lang, c.phase, c.question, c.shown, c.opened_at, c.changed_at, \
         t.id AS ticket_id, t.question AS ticket_question, t.desk_group, t.line, t.priority, t.status, t.holder, \
         t.holder_name, t.resolved_at, t.opened_at AS ticket_opened_at, t.impact, t.urgency, t.snoozed_until, \
         t.duplicate_of, t.waits_for, t.waits_since, t.incident AS ticket_incident \
         FROM conversation c LEFT JOIN ticket t ON t.id = c.ticket "
    };
}

macro_rules! line {
    () => {
        "SELECT m.id, m.conversation, m.author, m.operator, m.operator_name, m.visibility, m.lang, m.text, m.content, m.at, \
         m.withdrawn, t.number FROM message m LEFT JOIN ticket t ON t.id = m.ticket "
    };
}

macro_rules! summary {
    () => {
        "SELECT t.id, t.number, t.conversation, c.channel, c.address, c.delivery, q.text AS subject, c.employee, \
         c.employee_name, c.organisation, c.lang, t.desk_group, t.line, t.priority, t.status, t.holder, t.holder_name, \
         t.opened_at, t.changed_at, t.impact, t.urgency, t.snoozed_until, t.duplicate_of, t.waits_for, t.waits_since, \
         i.number AS incident FROM ticket t JOIN conversation c ON c.id = t.conversation \
         LEFT JOIN message q ON q.id = t.question LEFT JOIN incident i ON i.id = t.incident "
    };
}

macro_rules! incident {
    () => {
        "SELECT id, number, version, state, document, opened_at, ended_at, linked FROM incident "
    };
}

pub(super) use summary;

macro_rules! stuck {
    () => {
        "SELECT o.id, o.conversation, o.channel, o.errand, o.why, o.reason, o.created_at, o.closed_at, c.employee_name, \
         t.number, t.desk_group FROM outbox o JOIN conversation c ON c.id = o.conversation \
         LEFT JOIN ticket t ON t.id = c.ticket WHERE o.state = 'stuck' "
    };
}

/// The condition under which what belongs to a conversation that is over may be forgotten.
macro_rules! over {
    () => {
        "conversation IN (SELECT id FROM conversation WHERE changed_at >= $1 AND changed_at < $2 AND phase <> 'with_desk')"
    };
}

macro_rules! learned {
    () => {
        "SELECT id, article, text, lang, origin, state, people, first_at, last_at, settled_by, settled_name, settled_at \
         FROM learned_question "
    };
}

/// The condition under which an event may teach something, word for word as its index has it.
macro_rules! telling {
    () => {
        r#"(what LIKE '{"kind":"helped"%' OR what LIKE '{"kind":"replied"%')"#
    };
}

/// The condition under which an errand is the oldest undone one of its conversation.
macro_rules! oldest {
    () => {
        "o.state = 'waiting' AND NOT EXISTS (SELECT 1 FROM outbox e \
         WHERE e.conversation = o.conversation AND e.state = 'waiting' AND e.id < o.id)"
    };
}
pub(super) use oldest;

statements! {
    PING = "SELECT 1 AS one";

    CONVERSATION = conversation!(), "WHERE c.id = $1";
    CONVERSATION_AT = conversation!(), "JOIN latest l ON l.conversation = c.id \
        WHERE l.channel = $1 AND l.address = $2 AND l.employee = $3";
    ROOM_OF = "SELECT address FROM room WHERE conversation = $1";
    CONVERSATION_IN_ROOM = conversation!(), "JOIN room r ON r.conversation = c.id WHERE r.channel = $1 AND r.address = $2";
    CONVERSATION_OF = conversation!(), "JOIN ticket n ON n.conversation = c.id WHERE n.number = $1";
    CONVERSATION_OF_POST = conversation!(), "JOIN post p ON p.conversation = c.id WHERE p.channel = $1 AND p.external_id = $2";
    CONVERSATIONS_AFTER = conversation!(), "WHERE c.id > $1 ORDER BY c.id LIMIT $2";
    SEEN = "SELECT conversation FROM inbox WHERE channel = $1 AND external_id = $2";
    LINE = line!(), "WHERE m.id = $1";
    ATTACHED = line!(), "WHERE m.id = (SELECT a.message FROM attachment a WHERE a.id = $1)";
    FILES_HELD = "SELECT COUNT(*) AS held FROM attachment WHERE conversation = $1";
    ADD_ATTACHMENT = "INSERT INTO attachment (id, conversation, message) VALUES ($1, $2, $3)";
    LINES = line!(), "WHERE m.conversation = $1 AND m.id > $2 AND ($3 = 'desk' OR m.visibility = 'everyone') ORDER BY m.id";
    EVENTS = "SELECT id, author, operator, operator_name, what, at FROM event WHERE conversation = $1 ORDER BY nth";
    EVENTS_AFTER = "SELECT id, conversation, author, operator, operator_name, what, at FROM event WHERE id > $1 \
        ORDER BY id LIMIT $2";
    TICKET = summary!(), "WHERE t.number = $1";
    TICKET_BY_ID = summary!(), "WHERE t.id = $1";
    DUPLICATES_OF = summary!(), "WHERE t.duplicate_of = $1 ORDER BY t.opened_at, t.id";
    NEXT_WAKE = "SELECT MIN(snoozed_until) AS due_at FROM ticket WHERE status <> 'resolved' AND snoozed_until > $1";
    TICKETS_OF = summary!(), "WHERE c.employee = $1 ORDER BY t.opened_at DESC, t.id DESC LIMIT 20";

    UNANSWERED = "SELECT t.id, q.text, q.lang, c.employee, e.what, e.at FROM ticket t \
        JOIN conversation c ON c.id = t.conversation JOIN message q ON q.id = t.question \
        JOIN event e ON e.conversation = t.conversation AND e.what LIKE ", r#"'{"kind":"handed_off","ticket":' || t.id || ',%'
        AND e.what NOT LIKE '%"reason":"critical"}' AND e.what NOT LIKE '%"reason":"called"}'
        AND e.what NOT LIKE '%"reason":"incident"}' AND e.what NOT LIKE '%"reason":"missed"}' WHERE q.withdrawn <> 1 AND q.content LIKE '{"kind":"question"%'"#, " \
        AND t.opened_at >= $1 AND t.id < $2 ORDER BY t.id DESC LIMIT $3";

    RECENT_QUESTIONS = "SELECT text, lang FROM message WHERE author = 'employee' AND withdrawn = 0 AND at >= $1 AND ",
        r#"content LIKE '{"kind":"question"%'"#, " ORDER BY at DESC, id DESC LIMIT $2";

    RECEIVE = "INSERT INTO inbox (channel, external_id, conversation, message) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    RECEIVED_LINE = line!(), "JOIN inbox i ON i.message = m.id WHERE i.channel = $1 AND i.external_id = $2";
    /// A line that stands no more; what it says is kept.
    WITHDRAW_LINE = "UPDATE message SET withdrawn = $2 WHERE id = $1";
    BLANK_LINE = "UPDATE message SET text = $2 WHERE id = $1 AND text IS NOT NULL";
    /// The lines in whose place a line stands.
    STOOD_BEFORE = "SELECT id FROM message WHERE conversation = $1 AND withdrawn = $2";
    /// What led to a line leads to the one that stands in its place.
    RECEIVED_AS = "UPDATE inbox SET message = $2 WHERE message = $1";
    TICKETS_IN = "SELECT id, question FROM ticket WHERE conversation = $1 ORDER BY id";
    TEXTS_BETWEEN = "SELECT text FROM message WHERE conversation = $1 AND id > $2 AND id < $3 AND text IS NOT NULL ORDER BY id";
    FORGET_TEXT = "DELETE FROM ticket_text WHERE ticket = $1";
    OPEN = "INSERT INTO conversation (id, version, channel, address, delivery, employee, employee_name, employee_email, \
        organisation, lang, phase, question, shown, ticket, opened_at, changed_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING";
    /// Gives back the newest conversation of an employee at a place, which is the new one where there was none.
    BE_LATEST = "INSERT INTO latest (channel, address, employee, conversation) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (channel, address, employee) DO UPDATE SET conversation = latest.conversation RETURNING conversation";
    REPLACE_LATEST = "UPDATE latest SET conversation = $4 WHERE channel = $1 AND address = $2 AND employee = $3";
    CHANGE = "UPDATE conversation SET version = $3, lang = $4, phase = $5, question = $6, shown = $7, ticket = $8, \
        changed_at = $9 WHERE id = $1 AND version = $2";
    NEXT_NUMBER = "UPDATE last_number SET number = number + 1 WHERE what = 'ticket' RETURNING number";
    OPEN_TICKET = "INSERT INTO ticket (id, number, conversation, question, desk_group, line, priority, status, opened_at, \
        waits_since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)";
    CHANGE_TICKET = "UPDATE ticket SET desk_group = $2, line = $3, priority = $4, status = $5, holder = $6, \
        holder_name = $7, resolved_at = $8, impact = $9, urgency = $10, snoozed_until = $11, duplicate_of = $12, \
        waits_for = $13, waits_since = $14, changed_at = $15 WHERE id = $1";
    /// Holds an open ticket, which is no duplicate itself, to the end of the transaction.
    HOLD_ORIGINAL = "UPDATE ticket SET number = number WHERE number = $1 AND status <> 'resolved' AND duplicate_of IS NULL";
    HAS_DUPLICATES = "SELECT COUNT(*) AS duplicates FROM ticket WHERE duplicate_of = (SELECT number FROM ticket WHERE id = $1)";
    TICKET_HEADING = "SELECT t.number, c.employee_name, c.organisation, q.text FROM ticket t \
        JOIN conversation c ON c.id = t.conversation LEFT JOIN message q ON q.id = t.question WHERE t.id = $1";
    /// Adds to what a ticket is searched by, as far as there is room.
    ADD_TEXT = "INSERT INTO ticket_text (ticket, folded) VALUES ($1, $2) ON CONFLICT (ticket) DO UPDATE SET \
        folded = SUBSTR(ticket_text.folded || excluded.folded, 1, 20000)";
    ADD_EVENT = "INSERT INTO event (id, conversation, nth, author, operator, operator_name, what, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    ADD_LINE = "INSERT INTO message (id, conversation, author, operator, operator_name, visibility, lang, text, content, \
        ticket, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    ADD_ERRAND = "INSERT INTO outbox (id, conversation, channel, errand, ticket, desk_group, state, due_at, attempts, \
        created_at) VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, 0, $7)";

    LEASED = "SELECT o.id, o.conversation, o.channel, o.errand, o.created_at, o.attempts, r.address AS room, \
        k.address AS card_address, k.external_id AS card_external_id, k.posted_at AS card_posted_at, \
        k.shown AS card_shown, k.earlier AS card_earlier, k.talk AS card_talk, c.address AS place \
        FROM outbox o JOIN conversation c ON c.id = o.conversation LEFT JOIN room r ON r.conversation = o.conversation \
        LEFT JOIN card k ON k.ticket = o.ticket AND k.desk_group = o.desk_group AND k.channel = o.channel WHERE o.id = $1";
    DONE = "UPDATE outbox SET state = 'done', reason = NULL, closed_at = $2 WHERE id = $1";
    FORGET_ROOM = "DELETE FROM room WHERE conversation = $1 OR (channel = $2 AND address = $3)";
    KEEP_ROOM = "INSERT INTO room (conversation, channel, address) VALUES ($1, $2, $3)";
    KEEP_CARD = "INSERT INTO card (ticket, desk_group, channel, address, external_id, posted_at, shown) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (ticket, desk_group, channel) DO UPDATE SET \
        posted_at = CASE WHEN card.external_id = excluded.external_id THEN card.posted_at ELSE excluded.posted_at END, \
        earlier = CASE WHEN card.external_id = excluded.external_id THEN card.earlier ELSE card.external_id END, \
        address = excluded.address, external_id = excluded.external_id, shown = excluded.shown";
    KEEP_CARD_POST = "INSERT INTO card_post (channel, external_id, ticket, desk_group) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    CARD_POSTED = "SELECT ticket, desk_group FROM card_post WHERE channel = $1 AND external_id = $2";
    KEEP_TALK = "UPDATE card SET talk = $4 WHERE ticket = $1 AND desk_group = $2 AND channel = $3 AND talk IS NULL";
    KEEP_POST = "INSERT INTO post (channel, external_id, conversation, message, address) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (channel, external_id) DO UPDATE SET message = excluded.message, address = excluded.address";
    POST_OF = "SELECT address, external_id FROM post WHERE message = $1 AND address IS NOT NULL";
    POSTPONE = "UPDATE outbox SET due_at = $2, reason = $3 WHERE id = $1 AND state = 'waiting'";
    LET_GO = "UPDATE outbox SET due_at = created_at WHERE state = 'waiting'";
    PUT_BACK = "UPDATE outbox SET due_at = $2, attempts = attempts - 1 WHERE id = $1 AND state = 'waiting'";
    GIVE_UP = "UPDATE outbox SET state = 'stuck', why = $4, reason = $2, closed_at = $3 WHERE id = $1 AND state = 'waiting'";
    STUCK = stuck!(), "ORDER BY o.id DESC LIMIT $1";
    STUCK_IN = stuck!(), "AND o.conversation = $1 ORDER BY o.id DESC";
    STUCK_ONE = stuck!(), "AND o.id = $1";
    COUNT_STUCK = "SELECT COUNT(*) AS stuck FROM outbox WHERE state = 'stuck'";
    RETRY = "UPDATE outbox SET state = 'waiting', due_at = $2, attempts = 1, closed_at = NULL WHERE id = $1 AND state = 'stuck'";
    DISMISS = "UPDATE outbox SET state = 'dismissed', closed_at = $2 WHERE id = $1 AND state = 'stuck'";
    STILL_WAITS = "SELECT id FROM outbox WHERE id = $1 AND state = 'waiting'";
    WAITING = "SELECT COUNT(*) AS waiting FROM outbox WHERE state = 'waiting'";
    FORGET_DONE = "DELETE FROM outbox WHERE state IN ('done', 'dismissed') AND closed_at < $1";
    FORGET_RECEIVED = "DELETE FROM inbox WHERE ", over!();
    FORGET_POSTED = "DELETE FROM post WHERE ", over!();
    NEXT_DUE = "SELECT MIN(o.due_at) AS due_at FROM outbox o WHERE ", oldest!();

    OPEN_SESSION = "INSERT INTO session (hash, kind, operator, name, membership, expires_at, roles, email, ends_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (hash) DO UPDATE SET name = excluded.name, \
        membership = excluded.membership, expires_at = excluded.expires_at, roles = excluded.roles, email = excluded.email, \
        ends_at = excluded.ends_at";
    SESSION = "SELECT hash, kind, operator, name, membership, expires_at, roles, email, ends_at FROM session \
        WHERE hash = $1 AND expires_at > $2";
    PROLONG_SESSION = "UPDATE session SET expires_at = $2 WHERE hash = $1";
    CLOSE_SESSIONS_OF = "DELETE FROM session WHERE operator = $1 AND kind <> 'link'";
    CLOSE_SESSION = "DELETE FROM session WHERE hash = $1";
    FORGET_EXPIRED = "DELETE FROM session WHERE expires_at <= $1";
    WATERMARK = "SELECT last FROM watermark WHERE channel = $1 AND address = $2";
    SET_WATERMARK = "INSERT INTO watermark (channel, address, last) VALUES ($1, $2, $3) \
        ON CONFLICT (channel, address) DO UPDATE SET last = excluded.last";
    PLATFORM_SIGN_INS = "SELECT shard, at, held FROM platform_sign_in WHERE channel = $1 AND at >= $2 ORDER BY at, shard";
    NOTE_PLATFORM_SIGN_IN = "INSERT INTO platform_sign_in (channel, shard, at, held) VALUES ($1, $2, $3, 0) \
        ON CONFLICT (channel, shard, at) DO NOTHING";
    PLATFORM_SIGN_IN_HELD = "UPDATE platform_sign_in SET held = 1 WHERE channel = $1 AND shard = $2 AND at = $3";
    FORGET_PLATFORM_SIGN_INS = "DELETE FROM platform_sign_in WHERE channel = $1 AND at < $2";
    /// Changes nothing where a later one is kept, or where it was sent from the same form.
    KEEP_DRAFT = "INSERT INTO draft (operator, ticket, kind, form, text, at, sent) VALUES ($1, $2, $3, $4, $5, $6, '') \
        ON CONFLICT (operator, ticket, kind) DO UPDATE SET form = excluded.form, text = excluded.text, at = excluded.at \
        WHERE draft.at <= excluded.at AND (draft.sent = '' OR draft.sent <> excluded.form)";
    DRAFTS = "SELECT operator, ticket, kind, form, text, at FROM draft WHERE operator = $1 AND ticket = $2 AND text <> '' ORDER BY kind";
    DRAFT_SENT = "INSERT INTO draft (operator, ticket, kind, form, text, at, sent) VALUES ($1, $2, $3, $4, '', $5, $4) \
        ON CONFLICT (operator, ticket, kind) DO UPDATE SET text = '', at = excluded.at, sent = excluded.sent";
    FORGET_DRAFTS = "DELETE FROM draft WHERE at < $1";
    TELLING_EVENTS = "SELECT id, conversation, author, operator, operator_name, what, at FROM event WHERE id > $1 AND ", telling!(),
        " ORDER BY id LIMIT $2";

    INCIDENT = incident!(), "WHERE number = $1";
    INCIDENT_BY_ID = incident!(), "WHERE id = $1";
    OPEN_INCIDENTS = incident!(), "WHERE ended_at IS NULL ORDER BY number DESC LIMIT $1";
    ENDED_INCIDENTS = incident!(), "WHERE ended_at >= $1 ORDER BY ended_at DESC, number DESC LIMIT $2";
    INCIDENTS = incident!(), "WHERE number < $1 ORDER BY number DESC LIMIT $2";
    INCIDENT_EVENTS = "SELECT id, operator, operator_name, what, at FROM incident_event WHERE incident = $1 ORDER BY nth";
    NEXT_INCIDENT_NUMBER = "UPDATE last_number SET number = number + 1 WHERE what = 'incident' RETURNING number";
    OPEN_INCIDENT = "INSERT INTO incident (id, number, version, state, document, opened_at, ended_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    CHANGE_INCIDENT = "UPDATE incident SET version = $3, state = $4, document = $5, ended_at = $6 \
        WHERE id = $1 AND version = $2 RETURNING number";
    ADD_INCIDENT_EVENT = "INSERT INTO incident_event (id, incident, nth, operator, operator_name, what, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LINK_TICKET = "UPDATE ticket SET incident = $2 WHERE id = $1";
    COUNT_LINK = "UPDATE incident SET linked = linked + $2 WHERE id = $1";
    LINKED_TICKETS = summary!(), "WHERE t.incident = $1 ORDER BY t.id DESC LIMIT $2";
    BEGIN_TELLING = "INSERT INTO incident_telling (incident, event, turn, told_to) VALUES ($1, $2, 1, 0)";
    /// Begins anew to tell of an end, where there was one: of the last, by whoever ended it.
    TELL_ANEW = "INSERT INTO incident_telling (incident, event, turn, told_to) \
        SELECT i.id, MAX(e.id), 1, 0 FROM incident i JOIN incident_event e ON e.incident = i.id ", r#"AND e.what LIKE '{"kind":"ended"%'
        WHERE i.id = $1 AND i.ended_at IS NOT NULL GROUP BY i.id
        ON CONFLICT (incident) DO UPDATE SET told_to = 0, turn = incident_telling.turn + 1"#;
    BREAK_OFF_TELLING = "DELETE FROM incident_telling WHERE incident = $1";
    TELLINGS = "SELECT t.incident, t.event, t.turn, t.told_to, e.operator, e.operator_name FROM incident_telling t \
        JOIN incident_event e ON e.id = t.event ORDER BY t.incident";
    STILL_TO_TELL = "SELECT id, conversation FROM ticket WHERE incident = $1 AND id > $2 AND status <> 'resolved' ORDER BY id LIMIT $3";
    TOLD_TO = "UPDATE incident_telling SET told_to = $4 WHERE incident = $1 AND event = $2 AND turn = $3";
    TOLD_ALL = "DELETE FROM incident_telling WHERE incident = $1 AND event = $2 AND turn = $3";

    LEARNED = learned!(), "WHERE id = $1";
    LEARNED_IN_STATE = learned!(), "WHERE state = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    MAY_COUNT = learned!(), "WHERE state = 'approved' OR (state = 'proposed' AND people >= $1) ORDER BY id";
    PROPOSALS = "SELECT article, COUNT(*) AS proposals FROM learned_question WHERE state = 'proposed' GROUP BY article ORDER BY article";
    IS_FULL = "SELECT COUNT(*) AS kept FROM learned_question WHERE article = $1 AND state <> 'declined' \
        AND NOT EXISTS (SELECT 1 FROM learned_question k WHERE k.article = $1 AND k.folded = $2)";
    /// Gives back the question, which stays as it is but for its time where it is known.
    PROPOSE = "INSERT INTO learned_question (id, article, folded, text, lang, origin, state, people, first_at, last_at) \
        VALUES ($1, $2, $3, $4, $5, $6, 'proposed', 0, $7, $7) ON CONFLICT (article, folded) DO UPDATE SET last_at = \
        CASE WHEN excluded.last_at > learned_question.last_at THEN excluded.last_at ELSE learned_question.last_at END RETURNING id";
    /// Changes nothing where the conversation has taught already, except that a reply may turn out to have helped.
    LEARN_FROM = "INSERT INTO learned_from (conversation, article, question, origin) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (conversation, article) DO UPDATE SET origin = excluded.origin WHERE learned_from.question = excluded.question \
        AND learned_from.origin = 'replied' AND excluded.origin = 'helped'";
    /// Counts the employee of a conversation, unless they said in another one already that it helped.
    COUNT_PERSON = "UPDATE learned_question SET people = people + 1 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM learned_from f \
        JOIN conversation c ON c.id = f.conversation WHERE f.question = $1 AND f.origin = 'helped' AND c.id <> $2 \
        AND c.employee = (SELECT employee FROM conversation WHERE id = $2))";
    SETTLE_LEARNED = "UPDATE learned_question SET state = $2, settled_by = $3, settled_name = $4, settled_at = $5 WHERE id = $1";
    KEEP_VOTE = "INSERT INTO article_vote (reader, slug, lang, useful, remark, at) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (reader, slug) DO UPDATE SET lang = excluded.lang, useful = excluded.useful, remark = excluded.remark, \
        at = excluded.at";
    VOTE_OF = "SELECT reader, slug, lang, useful, remark, at FROM article_vote WHERE reader = $1 AND slug = $2";
    REMARKS = "SELECT reader, slug, lang, useful, remark, at FROM article_vote WHERE slug = $1 AND remark IS NOT NULL \
        ORDER BY at DESC, reader LIMIT $2";
    /// What was last put to the employee of a conversation, or asked by them.
    PUT_LAST = "SELECT what FROM event WHERE conversation = $1 AND (", r#"what LIKE '{"kind":"answered"%'
        OR what LIKE '{"kind":"offered"%' OR what LIKE '{"kind":"asked"%'"#, ") ORDER BY nth DESC LIMIT 1";
    COUNT_ARTICLE = "INSERT INTO article_day (day, slug, lang, shown, helped, did_not_help) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (day, slug, lang) DO UPDATE SET shown = article_day.shown + excluded.shown, \
        helped = article_day.helped + excluded.helped, did_not_help = article_day.did_not_help + excluded.did_not_help";
    ARTICLE_FIGURES = "SELECT slug, lang, CAST(SUM(shown) AS BIGINT) AS shown, CAST(SUM(helped) AS BIGINT) AS helped, \
        CAST(SUM(did_not_help) AS BIGINT) AS did_not_help, CAST(SUM(useful) AS BIGINT) AS useful, \
        CAST(SUM(not_useful) AS BIGINT) AS not_useful FROM (\
        SELECT slug, lang, shown, helped, did_not_help, 0 AS useful, 0 AS not_useful FROM article_day WHERE day >= $1 \
        UNION ALL SELECT slug, lang, 0, 0, 0, useful, 1 - useful FROM article_vote WHERE at >= $2\
        ) AS told GROUP BY slug, lang ORDER BY slug, lang";
    /// Rooms of what is over are left out, but not a place of two that became the room of a matter that is over.
    WATCHED_PLACES = "SELECT w.address, w.last FROM watermark w \
        LEFT JOIN room r ON r.channel = w.channel AND r.address = w.address LEFT JOIN conversation c ON c.id = r.conversation \
        WHERE w.channel = $1 AND (c.id IS NULL OR c.phase = 'with_desk' OR (c.phase = 'resolved' AND c.changed_at > $2) \
        OR c.address = r.address) ORDER BY w.address";
    KEEP_REPLY_TOKEN = "INSERT INTO reply_token (channel, external_id, token, expires_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT DO NOTHING";
    REPLY_TOKEN = "SELECT channel, external_id, token, expires_at FROM reply_token \
        WHERE channel = $1 AND external_id = $2 AND expires_at > $3";
    REPLY_TOKEN_THAT_SAID = "SELECT channel, external_id, token, expires_at FROM reply_token WHERE said = $1 AND expires_at > $2";
    SAID_BY_TOKEN = "UPDATE reply_token SET said = $3 WHERE channel = $1 AND external_id = $2";
    FORGET_REPLY_TOKEN = "DELETE FROM reply_token WHERE channel = $1 AND external_id = $2";
    FORGET_REPLY_TOKENS = "DELETE FROM reply_token WHERE expires_at <= $1";
    STANDING_POST = "SELECT external_id FROM standing_post WHERE channel = $1 AND address = $2";
    KEEP_STANDING_POST = "INSERT INTO standing_post (channel, address, external_id) VALUES ($1, $2, $3) \
        ON CONFLICT (channel, address) DO UPDATE SET external_id = excluded.external_id";
}
