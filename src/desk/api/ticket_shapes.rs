//! The JSON of the operator's side. The shapes are stable: what is here is what other systems rely on.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shapes::{LangCode, Message, PersonSaid, StatusName};

/// Words to the employee or to colleagues.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(super) struct Words {
    /// What the operator writes: 1–4000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    pub(super) text: String,
    /// The client's own id of the request: sent again with the same one, it is still one.
    #[schema(nullable = false, min_length = 1)]
    pub(super) client_id: Option<String>,
}

/// A last word to the employee.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(super) struct LastWords {
    /// What the operator writes: 1–4000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    pub(super) text: Option<String>,
    /// The client's own id of the request: sent again with the same one, it is still one.
    #[schema(nullable = false, min_length = 1)]
    pub(super) client_id: Option<String>,
}

/// Where a ticket shall go: to a group or to a line of support.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(super) struct Transfer {
    /// The group's short name.
    pub(super) group: Option<String>,
    /// The line: `first`, `second`, `third` or `supplier`.
    pub(super) line: Option<String>,
    /// Why, for colleagues: 1–4000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    pub(super) reason: String,
    /// The client's own id of the request: sent again with the same one, it is still one.
    #[schema(nullable = false, min_length = 1)]
    pub(super) client_id: Option<String>,
}

/// What a priority is judged by.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(super) struct Judged {
    /// How many are affected: `person`, `unit` or `organisation`.
    pub(super) impact: String,
    /// How soon it is needed: `low`, `medium` or `high`.
    pub(super) urgency: String,
}

/// Until when a ticket is put aside.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(super) struct Snooze {
    /// Later than now, and within a year (RFC 3339).
    #[schema(format = DateTime)]
    pub(super) until: String,
}

/// What a ticket is a duplicate of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(super) struct Merge {
    /// The number of the ticket in which the matter goes on.
    pub(super) into: i64,
    /// The client's own id of the request: sent again with the same one, it is still one.
    #[schema(nullable = false, min_length = 1)]
    pub(super) client_id: Option<String>,
}

/// What somebody called about.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(super) struct NewCall {
    /// What the caller said: 1–4000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    pub(super) text: String,
    /// Who called.
    #[schema(nullable = false)]
    pub(super) person: Option<PersonSaid>,
    /// The language they spoke; without it, the installation's.
    #[schema(nullable = false)]
    pub(super) lang: Option<LangCode>,
    /// The short name of the group that takes it; without it, the group that such a question goes to.
    pub(super) group: Option<String>,
    /// How urgent it is, where that was judged.
    #[schema(nullable = false)]
    pub(super) judged: Option<Judged>,
    /// What becomes of it: `waiting` (which is so without it), `held` (you have it) or `solved`.
    #[schema(nullable = false)]
    pub(super) outcome: Option<CallOutcome>,
    /// With `solved`: what helped, 1–4000 characters. May be left out where an `article` is named.
    #[schema(nullable = false, min_length = 1, max_length = 4000)]
    pub(super) solution: Option<String>,
    /// With `solved`: the name of the article that helped.
    #[schema(nullable = false)]
    pub(super) article: Option<String>,
    /// The client's own id of the request: sent again with the same one, it is still one.
    #[schema(nullable = false, min_length = 1)]
    pub(super) client_id: Option<String>,
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum CallOutcome {
    /// A ticket waits in the group's queue.
    #[default]
    Waiting,
    /// You have the ticket.
    Held,
    /// It is solved.
    Solved,
}

/// The tickets that were asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TicketList {
    /// In the order that was asked for, at most 200.
    pub(super) tickets: Vec<TicketSummary>,
    /// How many tickets there are on all pages together.
    pub(super) total: u64,
    /// Ask again with `after` set to this for the next page; `null` where this is the last.
    #[schema(required)]
    pub(super) next: Option<String>,
}

/// Tickets that were found to be duplicates of another one.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Duplicates {
    /// The oldest first.
    pub(super) tickets: Vec<TicketSummary>,
}

/// A ticket as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TicketSummary {
    /// The number that people say on the phone.
    pub(super) number: i64,
    /// What it is about: the beginning of what the employee wrote.
    pub(super) subject: String,
    /// Whose it is.
    pub(super) employee: Asker,
    /// The conversation's language.
    pub(super) lang: LangCode,
    /// The short name of the group whose queue it is in.
    pub(super) group: String,
    /// Which line of support has it: `first`, `second`, `third` or `supplier`.
    pub(super) line: &'static str,
    /// How urgent it is: `low`, `normal`, `high` or `critical`.
    pub(super) priority: &'static str,
    /// How many are affected, where that was judged: `person`, `unit` or `organisation`.
    #[schema(required)]
    pub(super) impact: Option<&'static str>,
    /// How soon it is needed, where that was judged: `low`, `medium` or `high`.
    #[schema(required)]
    pub(super) urgency: Option<&'static str>,
    /// Where it stands.
    pub(super) status: StatusName,
    /// Who has the next word: `desk` or `employee`.
    pub(super) waits_for: &'static str,
    /// Since when they have it (RFC 3339, UTC).
    #[schema(format = DateTime)]
    pub(super) waits_since: String,
    /// Until when it is put aside (RFC 3339, UTC). What is over by now puts nothing aside.
    #[schema(required, format = DateTime)]
    pub(super) snoozed_until: Option<String>,
    /// The number of the ticket that it is a duplicate of.
    #[schema(required)]
    pub(super) duplicate_of: Option<i64>,
    /// The name of the operator who has it, or resolved it.
    #[schema(required)]
    pub(super) holder: Option<String>,
    /// When it was opened (RFC 3339, UTC).
    #[schema(format = DateTime)]
    pub(super) opened_at: String,
    /// When something last happened to it (RFC 3339, UTC).
    #[schema(format = DateTime)]
    pub(super) changed_at: String,
}

/// Whose ticket it is, as they say themselves.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Asker {
    /// What to call them.
    #[schema(required)]
    pub(super) name: Option<String>,
    /// The member organisation they belong to.
    #[schema(required)]
    pub(super) organisation: Option<String>,
}

/// A ticket with all that an operator needs beside it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Ticket {
    /// What lists show of it.
    #[serde(flatten)]
    pub(super) summary: TicketSummary,
    /// What was said between employee, bot and operators, oldest first. There are no choices in it: they are the employee's.
    pub(super) conversation: Vec<Message>,
    /// What operators wrote to each other, oldest first.
    pub(super) notes: Vec<Note>,
    /// Articles that may answer it, best first.
    pub(super) suggested: Vec<Suggestion>,
}

/// An internal note.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Note {
    /// Its id, a 64-bit number as text.
    pub(super) id: String,
    /// The operator's name.
    pub(super) by: String,
    /// What it says.
    pub(super) text: String,
    /// When it was written (RFC 3339, UTC).
    #[schema(format = DateTime)]
    pub(super) at: String,
}

/// An article that may answer a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Suggestion {
    /// Its name, the same in every language.
    pub(super) slug: String,
    /// The language of this version.
    pub(super) lang: LangCode,
    /// Its title.
    pub(super) title: String,
    /// Where it is read whole.
    pub(super) url: String,
    /// How probable it is that this is the right one.
    #[schema(minimum = 0, maximum = 1)]
    pub(super) confidence: f64,
}

/// Solved tickets that are like another one.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SimilarTickets {
    /// The likest first, at most five.
    pub(super) tickets: Vec<SimilarTicket>,
}

/// A solved ticket that is like another one.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SimilarTicket {
    /// The number that people say on the phone.
    pub(super) number: i64,
    /// The beginning of what was asked.
    pub(super) question: String,
    /// The beginning of what operators wrote in answer, the last few replies; empty where they wrote nothing.
    pub(super) resolution: String,
    /// The language of the question.
    pub(super) lang: LangCode,
    /// The short name of the group that solved it.
    pub(super) group: String,
    /// The name of the operator who resolved it.
    pub(super) resolved_by: String,
    /// When it was resolved (RFC 3339, UTC).
    #[schema(format = DateTime)]
    pub(super) resolved_at: String,
    /// How much of what makes the question particular is found in it.
    #[schema(minimum = 0, maximum = 1)]
    pub(super) likeness: f64,
}
