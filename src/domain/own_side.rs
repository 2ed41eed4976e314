//! What an employee does with an open ticket of theirs beside talking about it.

use super::conversation::Conversation;
use super::decision::{Decision, Draft, Moment, Receipt};
use super::event::Happened;
use super::ids::OperatorId;
use super::message::{Action, Author, Content, Visibility};
use super::policy::Policy;
use super::ticket::Holder;

/// Decides what follows when an employee needs nobody any more: their open ticket is resolved, by themselves. `None` where the
/// desk does not have it now.
#[must_use]
pub fn close(conversation: &Conversation, receipt: Option<Receipt>, policy: &Policy, moment: &mut Moment) -> Option<Decision> {
    conversation.open_ticket()?;
    let employee = &conversation.employee;
    let name = employee.name.clone().unwrap_or_else(|| employee.id.to_string());
    let by = Holder { id: OperatorId::new(employee.id.as_str()), name };
    let mut draft = Draft::of(conversation.clone(), moment);
    draft.in_reply_to(receipt.as_ref().map(|receipt| receipt.external_id.clone()));
    draft.record(Author::Employee, Visibility::Everyone, Content::Pressed(Action::ResolvedYes));
    super::operator_side::wake(&mut draft, Author::Employee);
    draft.happened(Author::Employee, Happened::Resolved { by });
    draft.happened(Author::Employee, Happened::Confirmed);
    draft.say(Author::Bot, Content::Confirmed);
    super::operator_side::show_card(&mut draft, policy);
    Some(draft.decide(receipt))
}
