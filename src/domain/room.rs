//! What becomes of the place where an employee and the desk talk, as the desk is told.

use super::conversation::Conversation;
use super::decision::{Decision, Draft, Moment, Receipt};
use super::event::Happened;
use super::message::{Author, Content, Visibility};
use super::named::named;

named! {
    /// Something that colleagues in the desk should know of a ticket's room.
    RoomNews {
        /// The room was deleted; a new one was made.
        MadeAnew => "made_anew",
        /// There is no room; the employee is written to directly.
        Direct => "direct",
        /// The room was locked; it was unlocked, so that the employee can write in it.
        Unlocked => "unlocked",
        /// The room was deleted; what is said next goes another way.
        Deleted => "deleted",
        /// Everybody who sees the forum sees the room.
        InForum => "in_forum",
        /// The employee has left the platform's server.
        EmployeeLeft => "employee_left",
        /// The operator could not be let in, and answers from the desk.
        OperatorOutside => "operator_outside",
        /// Something was written in the room that cannot be read here: the platform keeps its words back.
        Unreadable => "unreadable",
    }
}

/// Tells the desk, in a line that the employee does not see.
#[must_use]
pub fn tell(conversation: Conversation, news: RoomNews, receipt: Receipt, moment: &mut Moment) -> Decision {
    let mut draft = Draft::of(conversation, moment);
    let message = draft.record(Author::Bot, Visibility::Desk, Content::Room(news));
    draft.happened(Author::Bot, Happened::Noted { message });
    draft.decide(Some(receipt))
}
