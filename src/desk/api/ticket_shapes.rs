//! The JSON of the operator's side. The shapes are stable: what is here is what other systems rely on.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shapes::{LangCode, Message, StatusName};

/// Words to the employee or to colleagues.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(super) struct Words {
    /// What the operator writes: 1–4000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    pub(super) text: String,
}

/// A last word to the employee.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(super) struct LastWords {
    /// What the operator writes: 1–4000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    pub(super) text: Option<String>,
}

/// Where a ticket shall go.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(super) struct Transfer {
    /// The group's short name.
    pub(super) group: String,
    /// Why, for colleagues: 1–4000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    pub(super) reason: String,
}

/// The tickets that were asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TicketList {
    /// Most urgent and then oldest first, at most 200.
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
    /// Where it stands.
    pub(super) status: StatusName,
    /// The name of the operator who has it, or resolved it.
    #[schema(required)]
    pub(super) holder: Option<String>,
    /// When it was opened (RFC 3339, UTC).
    #[schema(format = DateTime)]
    pub(super) opened_at: String,
    /// When something last happened to its conversation (RFC 3339, UTC).
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
