//! The statements that list and count tickets, put together from what a filter asks for.
//!
//! The text holds only columns, our own words and numbered places; whatever was asked for is bound. Statuses stand in the text,
//! since the indexes of open tickets say `status <> 'resolved'` and are only used by a statement that says so too.

use sqlx::{AssertSqlSafe, query};

use super::conversations::Statement;
use super::names::{Named, rank};
use super::sql::summary;
use super::ticket_text::searched;
use crate::domain::ids::GroupId;
use crate::domain::ticket::{Status, TicketOrder};
use crate::ports::{Asleep, HeldBy, TicketCursor, TicketFilter};

/// How many tickets a list holds where the filter does not say.
const USUAL_LIMIT: i64 = 200;

/// A statement in the making.
#[derive(Default)]
pub(super) struct Listing {
    conditions: Vec<String>,
    bound: Vec<Bound>,
}

enum Bound {
    Number(i64),
    Text(String),
}

/// Lists the tickets that pass a filter.
pub(super) fn list(filter: &TicketFilter) -> (String, Listing) {
    let mut listing = Listing::passing(filter);
    if let Some(after) = &filter.after {
        listing.after(after, filter.order);
    }
    let limit = listing.place(Bound::Number(if filter.limit == 0 { USUAL_LIMIT } else { i64::from(filter.limit) }));
    let order = match filter.order {
        TicketOrder::Urgency => "t.priority DESC, t.opened_at, t.id",
        TicketOrder::Age => "t.opened_at, t.id",
        TicketOrder::Change => "t.changed_at DESC, t.id DESC",
    };
    (format!("{}{}ORDER BY {order} LIMIT {limit}", summary!(), listing.conditions()), listing)
}

/// Counts the tickets that pass a filter.
pub(super) fn count(filter: &TicketFilter) -> (String, Listing) {
    let listing = Listing::passing(filter);
    let conversations = if filter.langs.is_empty() { "" } else { "JOIN conversation c ON c.id = t.conversation " };
    (format!("SELECT COUNT(*) AS tickets FROM ticket t {conversations}{}", listing.conditions()), listing)
}

/// The statement with what was asked for bound to it.
pub(super) fn bound((text, listing): (String, Listing)) -> Statement {
    let statement = query(AssertSqlSafe(text));
    listing.bound.into_iter().fold(statement, |statement, value| match value {
        Bound::Number(number) => statement.bind(number),
        Bound::Text(text) => statement.bind(text),
    })
}

impl Listing {
    fn passing(filter: &TicketFilter) -> Self {
        let mut listing = Self::default();
        listing.standing(&filter.statuses);
        listing.any_of("t.desk_group", filter.groups.iter().map(GroupId::to_string).map(Bound::Text));
        listing.any_of("t.line", filter.lines.iter().map(|line| Bound::Text(line.word().to_owned())));
        listing.any_of("t.priority", filter.priorities.iter().map(|priority| Bound::Number(rank(*priority))));
        listing.any_of("t.waits_for", filter.waits_for.iter().map(|side| Bound::Text(side.word().to_owned())));
        listing.any_of("c.lang", filter.langs.iter().map(|lang| Bound::Text(lang.word().to_owned())));
        match &filter.holder {
            HeldBy::Any => {}
            HeldBy::Nobody => listing.conditions.push("t.holder IS NULL".to_owned()),
            HeldBy::Operator(id) => listing.any_of("t.holder", [Bound::Text(id.to_string())].into_iter()),
        }
        listing.asleep(filter.asleep);
        let are_few = !filter.statuses.is_empty() && !filter.statuses.contains(&Status::Resolved);
        listing.saying(&filter.text, are_few);
        listing
    }

    fn standing(&mut self, statuses: &[Status]) {
        if statuses.is_empty() {
            return;
        }
        if !statuses.contains(&Status::Resolved) {
            self.conditions.push("t.status <> 'resolved'".to_owned());
        }
        if Status::ALL.iter().filter(|status| **status != Status::Resolved).any(|status| !statuses.contains(status)) {
            let words: Vec<String> = statuses.iter().map(|status| format!("'{}'", status.word())).collect();
            self.conditions.push(format!("t.status IN ({})", words.join(", ")));
        }
    }

    fn any_of(&mut self, column: &str, values: impl Iterator<Item = Bound>) {
        let places: Vec<String> = values.map(|value| self.place(value)).collect();
        if !places.is_empty() {
            self.conditions.push(format!("{column} IN ({})", places.join(", ")));
        }
    }

    fn asleep(&mut self, asleep: Asleep) {
        let condition = match asleep {
            Asleep::Either => return,
            Asleep::No(now) => format!("COALESCE(t.snoozed_until, 0) <= {}", self.place(Bound::Number(now.micros()))),
            Asleep::Yes(now) => format!("t.snoozed_until > {}", self.place(Bound::Number(now.micros()))),
        };
        self.conditions.push(condition);
    }

    /// Only what holds these words. Where tickets are few, the words of each are looked at; otherwise those of all are read first,
    /// one after the other.
    fn saying(&mut self, text: &str, are_few: bool) {
        let words = searched(text);
        if words.is_empty() {
            return;
        }
        let said: Vec<String> =
            words.into_iter().map(|word| format!("x.folded LIKE {}", self.place(Bound::Text(format!("%{word}%"))))).collect();
        let said = said.join(" AND ");
        self.conditions.push(if are_few {
            format!("EXISTS (SELECT 1 FROM ticket_text x WHERE x.ticket = t.id AND {said})")
        } else {
            format!("t.id IN (SELECT x.ticket FROM ticket_text x WHERE {said})")
        });
    }

    /// Only what comes after a place in the order. The first comparison alone is what an index begins reading at.
    fn after(&mut self, cursor: &TicketCursor, order: TicketOrder) {
        let (at, id) = (self.place(Bound::Number(cursor.at.micros())), self.place(Bound::Number(cursor.id.get())));
        let condition = match order {
            TicketOrder::Urgency => {
                let priority = self.place(Bound::Number(rank(cursor.priority)));
                format!(
                    "t.priority <= {priority} AND (t.priority < {priority} OR t.opened_at > {at} \
                     OR (t.opened_at = {at} AND t.id > {id}))"
                )
            }
            TicketOrder::Age => format!("t.opened_at >= {at} AND (t.opened_at > {at} OR t.id > {id})"),
            TicketOrder::Change => format!("t.changed_at <= {at} AND (t.changed_at < {at} OR t.id < {id})"),
        };
        self.conditions.push(condition);
    }

    /// Binds a value and gives the name of its place.
    fn place(&mut self, value: Bound) -> String {
        self.bound.push(value);
        format!("${}", self.bound.len())
    }

    fn conditions(&self) -> String {
        if self.conditions.is_empty() { String::new() } else { format!("WHERE {} ", self.conditions.join(" AND ")) }
    }
}
