//! A matter that an employee told an operator of: written down as a ticket, or solved while they talked.

use super::answer::Candidate;
use super::decision::{Decision, Draft, Moment, Receipt};
use super::event::Happened;
use super::ids::GroupId;
use super::lang::Lang;
use super::message::{Author, Content, Employee, HandOff, HandOffReason, Redacted, Visibility};
use super::operator_side::{author, note, show_card, take};
use super::permission::Allowed;
use super::place::Place;
use super::policy::Policy;
use super::routing::route;
use super::ticket::{Assessment, Priority, SupportLine};

/// What somebody called about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Where its conversation lives. The caller does not read it, so nothing is sent.
    pub place: Place,
    /// Who called, as they say themselves.
    pub employee: Employee,
    /// What they said.
    pub text: Redacted,
    /// What only the desk shall read, such as how to reach them.
    pub aside: Option<Redacted>,
    /// The language they speak.
    pub lang: Lang,
    /// The group that takes it; without one, the group that a question like this goes to.
    pub group: Option<GroupId>,
    /// How urgent it is, where it was judged.
    pub assessment: Option<Assessment>,
    /// What becomes of it.
    pub left: Left,
    /// What makes the same call twice one.
    pub receipt: Receipt,
}

/// What becomes of what somebody called about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// A ticket that waits in the group's queue.
    Waiting,
    /// A ticket that the operator has.
    Held,
    /// It is solved: this is what helped.
    Solved(Redacted),
}

impl Left {
    /// Whether the operator who took the call keeps the matter, instead of leaving it to others.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        !matches!(self, Self::Waiting)
    }
}

/// The group that a call's matter goes to.
#[must_use]
pub fn group_of(call: &Call, candidates: &[Candidate], policy: &Policy) -> GroupId {
    call.group
        .clone()
        .unwrap_or_else(|| route(call.text.as_str(), candidates, &policy.groups, call.employee.organisation.as_deref()))
}

/// Decides what follows from a call: the same events as from a conversation that came to the desk, and was resolved there.
#[must_use]
pub fn register(call: Call, group: GroupId, by: &Allowed, policy: &Policy, moment: &mut Moment) -> Decision {
    let Call { place, employee, text, aside, lang, assessment, left, receipt, .. } = call;
    let mut draft = Draft::opened_by(author(by), place, employee, lang, moment);
    let question = draft.record(Author::Employee, Visibility::Everyone, Content::Question(text));
    draft.happened(author(by), Happened::Asked { message: question, lang });
    let (ticket, priority, reason) = (draft.fresh_ticket(), Priority::Normal, HandOffReason::Called);
    let line = SupportLine::First;
    draft.happened(author(by), Happened::HandedOff { ticket, question, group: group.clone(), line, priority, reason });
    if let Some(assessment) = assessment {
        let priority = assessment.priority();
        draft.happened(author(by), Happened::Prioritised { assessment, priority });
    }
    let priority = assessment.map_or(priority, Assessment::priority);
    draft.say(author(by), Content::HandedOff(HandOff { ticket, number: None, group, priority, reason }));
    if let Some(aside) = aside {
        note(&mut draft, by, aside);
    }
    match left {
        Left::Waiting => show_card(&mut draft, policy),
        Left::Held => take(&mut draft, by, policy),
        Left::Solved(text) => solved(&mut draft, by, text),
    }
    draft.decide(Some(receipt))
}

/// The caller heard the answer and said that it helped: nobody is asked, and no card is shown.
fn solved(draft: &mut Draft<'_>, by: &Allowed, text: Redacted) {
    draft.happened(author(by), Happened::Taken { holder: by.by().clone() });
    let message = draft.say(author(by), Content::Text(text));
    draft.happened(author(by), Happened::Replied { message });
    draft.happened(author(by), Happened::Resolved { by: by.by().clone() });
    draft.happened(author(by), Happened::Confirmed);
}
