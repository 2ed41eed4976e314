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
         t.holder_name, t.resolved_at, t.opened_at AS ticket_opened_at \
         FROM conversation c LEFT JOIN ticket t ON t.id = c.ticket "
    };
}

macro_rules! line {
    () => {
        "SELECT m.id, m.conversation, m.author, m.operator, m.operator_name, m.visibility, m.lang, m.text, m.content, m.at, \
         t.number FROM message m LEFT JOIN ticket t ON t.id = m.ticket "
    };
}

macro_rules! summary {
    () => {
        "SELECT t.id, t.number, t.conversation, c.channel, c.address, c.delivery, q.text AS subject, c.employee, \
         c.employee_name, c.organisation, c.lang, t.desk_group, t.line, t.priority, t.status, t.holder, t.holder_name, \
         t.opened_at, c.changed_at FROM ticket t JOIN conversation c ON c.id = t.conversation \
         LEFT JOIN message q ON q.id = t.question "
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
    LINES = line!(), "WHERE m.conversation = $1 AND m.id > $2 AND ($3 = 'desk' OR m.visibility = 'everyone') ORDER BY m.id";
    EVENTS = "SELECT id, author, operator, operator_name, what, at FROM event WHERE conversation = $1 ORDER BY nth";
    EVENTS_AFTER = "SELECT id, conversation, author, operator, operator_name, what, at FROM event WHERE id > $1 \
        ORDER BY id LIMIT $2";
    TICKET = summary!(), "WHERE t.number = $1";
    TICKET_BY_ID = summary!(), "WHERE t.id = $1";
    TICKETS_OF = summary!(), "WHERE c.employee = $1 ORDER BY t.opened_at DESC, t.id DESC LIMIT 20";

    UNANSWERED = "SELECT t.id, q.text, q.lang, c.employee, e.what, e.at FROM ticket t \
        JOIN conversation c ON c.id = t.conversation JOIN message q ON q.id = t.question \
        JOIN event e ON e.conversation = t.conversation AND e.what LIKE ", r#"'{"kind":"handed_off","ticket":' || t.id || ',%'
        AND e.what NOT LIKE '%"reason":"critical"}' WHERE q.content LIKE '{"kind":"question"%'"#, " \
        AND t.opened_at >= $1 AND t.id < $2 ORDER BY t.id DESC LIMIT $3";

    RECEIVE = "INSERT INTO inbox (channel, external_id, conversation) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
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
    OPEN_TICKET = "INSERT INTO ticket (id, number, conversation, question, desk_group, line, priority, status, opened_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    CHANGE_TICKET = "UPDATE ticket SET desk_group = $2, line = $3, priority = $4, status = $5, holder = $6, \
        holder_name = $7, resolved_at = $8 WHERE id = $1";
    ADD_EVENT = "INSERT INTO event (id, conversation, nth, author, operator, operator_name, what, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    ADD_LINE = "INSERT INTO message (id, conversation, author, operator, operator_name, visibility, lang, text, content, \
        ticket, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    ADD_ERRAND = "INSERT INTO outbox (id, conversation, channel, errand, ticket, desk_group, state, due_at, attempts, \
        created_at) VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, 0, $7)";

    LEASED = "SELECT o.id, o.conversation, o.channel, o.errand, o.created_at, o.attempts, r.address AS room, \
        k.address AS card_address, k.external_id AS card_external_id, k.posted_at AS card_posted_at \
        FROM outbox o LEFT JOIN room r ON r.conversation = o.conversation \
        LEFT JOIN card k ON k.ticket = o.ticket AND k.desk_group = o.desk_group AND k.channel = o.channel WHERE o.id = $1";
    DONE = "UPDATE outbox SET state = 'done', reason = NULL, closed_at = $2 WHERE id = $1";
    FORGET_ROOM = "DELETE FROM room WHERE conversation = $1 OR (channel = $2 AND address = $3)";
    KEEP_ROOM = "INSERT INTO room (conversation, channel, address) VALUES ($1, $2, $3)";
    KEEP_CARD = "INSERT INTO card (ticket, desk_group, channel, address, external_id, posted_at) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (ticket, desk_group, channel) DO UPDATE SET \
        posted_at = CASE WHEN card.external_id = excluded.external_id THEN card.posted_at ELSE excluded.posted_at END, \
        address = excluded.address, external_id = excluded.external_id";
    KEEP_POST = "INSERT INTO post (channel, external_id, conversation) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    POSTPONE = "UPDATE outbox SET due_at = $2, reason = $3 WHERE id = $1 AND state = 'waiting'";
    LET_GO = "UPDATE outbox SET due_at = created_at WHERE state = 'waiting'";
    GIVE_UP = "UPDATE outbox SET state = 'stuck', reason = $2, closed_at = $3 WHERE id = $1 AND state = 'waiting'";
    STUCK = "SELECT id, conversation, channel, reason, created_at FROM outbox WHERE state = 'stuck' ORDER BY id DESC LIMIT $1";
    WAITING = "SELECT COUNT(*) AS waiting FROM outbox WHERE state = 'waiting'";
    FORGET_DONE = "DELETE FROM outbox WHERE state = 'done' AND closed_at < $1";
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
    TELLING_EVENTS = "SELECT id, conversation, author, operator, operator_name, what, at FROM event WHERE id > $1 AND ", telling!(),
        " ORDER BY id LIMIT $2";

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
    OPEN_ROOMS = "SELECT r.address FROM room r JOIN conversation c ON c.id = r.conversation \
        WHERE r.channel = $1 AND c.phase = 'with_desk' ORDER BY r.conversation";
}

/// The statement that lists tickets, with places for so many statuses, so many groups and then the limit.
pub(super) fn tickets(statuses: usize, groups: usize) -> String {
    let conditions = [("t.status", 0, statuses), ("t.desk_group", statuses, groups)];
    let conditions = conditions.iter().filter(|(.., count)| *count > 0).map(|(column, before, count)| {
        let places: Vec<String> = (1..=*count).map(|nth| format!("${}", before + nth)).collect();
        format!("{column} IN ({})", places.join(", "))
    });
    let conditions: Vec<String> = conditions.collect();
    let filter = if conditions.is_empty() { String::new() } else { format!("WHERE {} ", conditions.join(" AND ")) };
    let limit = statuses + groups + 1;
    format!("{}{filter}ORDER BY t.priority DESC, t.opened_at, t.id LIMIT ${limit}", summary!())
}
