//! Which lines tell an employee that something became of their ticket, while they may be elsewhere.

use super::message::Content;

/// Whether a line tells what became of a ticket, and is not part of what people say to each other about it.
#[must_use]
pub const fn is_notice(content: &Content) -> bool {
    matches!(
        content,
        Content::Taken
            | Content::Released
            | Content::Transferred { .. }
            | Content::MovedToLine { .. }
            | Content::MergedInto { .. }
            | Content::ResolvedAsk(_)
            | Content::Confirmed
            | Content::Reopened(_)
            | Content::IncidentEnded { ticket: Some(_), .. }
    )
}
