//! Which choices an employee still has, and under which line they stand.

use crate::domain::conversation::Conversation;
use crate::domain::employee_side::offers;
use crate::domain::ids::MessageId;
use crate::domain::message::Action;
use crate::ports::Recorded;

/// The line whose choices can still be made, with those of them that the conversation would accept now.
///
/// It is the latest line with such a choice; older lines have none left, so that a reader is never asked two things at once.
#[must_use]
pub fn open_choices(conversation: &Conversation, lines: &[Recorded]) -> Option<(MessageId, Vec<Action>)> {
    lines.iter().rev().find_map(|recorded| {
        let actions: Vec<Action> =
            recorded.line.content.actions().into_iter().filter(|action| offers(conversation, action)).collect();
        (!actions.is_empty()).then_some((recorded.line.id, actions))
    })
}
