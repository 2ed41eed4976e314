//! Stories of one conversation, told to the pure heart alone.

mod amending;
mod course;
mod employee;
mod hearing;
mod incident;
mod invariants;
mod learned;
mod link;
mod operator;
mod operator_more;
mod own_side;
mod permission;
mod reply;
mod routing;
mod vouched;

use super::answer::{ArticleRef, Candidate, Intent, PerMille, Thresholds, Understanding};
use super::conversation::Conversation;
use super::decision::{Decision, Errand, Moment};
use super::employee_side::{About, Heard, press, receive};
use super::event::Event;
use super::ids::{ChannelName, EmployeeId, ExternalId, Fresh, GroupId, OperatorId, Slug, TicketNumber};
use super::incident::{Known, Watched, WordForms};
use super::lang::Lang;
use super::message::{Action, Author, Content, Employee, IncomingMessage, LangHint, Line, Redacted, Secret};
use super::operator_side::{Handled, Merge, Request, Wish, handle};
use super::own_ticket::OwnTicket;
use super::permission::{Membership, Operator, Roles};
use super::place::{Delivery, Place, Readers};
use super::policy::Policy;
use super::routing::{Group, Groups};
use super::ticket::{Original, Status};
use super::time::Timestamp;

/// One conversation as it is told, with everything that was decided on the way.
struct Story {
    policy: Policy,
    place: Place,
    conversation: Option<Conversation>,
    events: Vec<Event>,
    lines: Vec<Line>,
    errands: Vec<Errand>,
    own: Vec<OwnTicket>,
    known: (Vec<Watched>, Vec<WordForms>),
    told: i64,
}

impl Story {
    fn on_a_page() -> Self {
        Self::at(Delivery::Read)
    }

    fn on_a_platform() -> Self {
        Self::at(Delivery::Pushed)
    }

    fn at(delivery: Delivery) -> Self {
        let place = Place { channel: ChannelName::new("somewhere"), address: "here".to_owned(), delivery };
        let (conversation, events, lines, errands, own) = (None, vec![], vec![], vec![], vec![]);
        Self { policy: policy(), place, conversation, events, lines, errands, own, known: (vec![], vec![]), told: 0 }
    }

    fn moment(&mut self) -> Moment {
        self.told += 1;
        Moment { now: Timestamp::from_micros(self.told * 1_000_000), fresh: Fresh::starting_at(self.told * Fresh::BLOCK) }
    }

    /// The employee writes; the index understands it like this.
    fn hears(&mut self, text: &str, intent: Intent, candidates: &[Candidate]) -> Vec<Content> {
        self.hears_with_secrets(text, intent, candidates, &[])
    }

    fn hears_with_secrets(&mut self, text: &str, intent: Intent, candidates: &[Candidate], secrets: &[Secret]) -> Vec<Content> {
        let mut moment = self.moment();
        let message = IncomingMessage { secrets: secrets.to_vec(), ..self.message(text) };
        let understood = Understanding { lang: None, intent, candidates: candidates.to_vec() };
        let known = Known { incidents: &self.known.0, words: &self.known.1 };
        let heard = Heard { message: &message, understood: &understood, own: &self.own, about: None, advice: None, known };
        let decision = receive(self.conversation.clone(), heard, &self.policy, &mut moment);
        self.keep(decision)
    }

    /// A message of the employee's, named after the step of the story.
    fn message(&self, text: &str) -> IncomingMessage {
        IncomingMessage {
            conversation: None,
            place: self.place.clone(),
            external_id: ExternalId::new(format!("m{}", self.told)),
            employee: employee(),
            text: Redacted::vouched(text),
            secrets: Vec::new(),
            lang: LangHint::Likely(Lang::Nb),
            readers: Readers::Alone,
        }
    }

    /// The employee presses a choice; `None` where there is nothing to press.
    fn presses(&mut self, action: &Action, chosen: Option<&Candidate>) -> Option<Vec<Content>> {
        let mut moment = self.moment();
        let about = About { chosen, ..About::of("", &[]) };
        let decision = press(self.conversation.as_ref()?, action, about, None, &self.policy, &mut moment)?;
        Some(self.keep(decision))
    }

    /// An operator wants something.
    fn operator(&mut self, name: &str, wish: impl Into<Request>) -> Handled {
        let mut moment = self.moment();
        let conversation = self.conversation.clone().expect("the story has begun");
        let allowed =
            operator(name).may_work_on(conversation.ticket.as_ref().expect("there is a ticket")).expect("may work on it");
        let handled = handle(&conversation, &allowed, wish, &self.policy, &mut moment);
        if let Handled::Done(decision) = &handled {
            self.keep((**decision).clone());
        }
        handled
    }

    /// An operator finds the ticket, which has the number 1, to be a duplicate of the open ticket with this number.
    fn merges(&mut self, name: &str, into: i64, has_duplicates: bool) -> Handled {
        let original = Original { number: TicketNumber::new(into), status: Status::Waiting, duplicate_of: None };
        self.merges_with(name, Merge { number: TicketNumber::new(1), original: Some(original), has_duplicates })
    }

    fn merges_with(&mut self, name: &str, merge: Merge) -> Handled {
        let into = merge.original.as_ref().map_or(TicketNumber::new(404), |original| original.number);
        self.operator(name, Request { wish: Wish::MergeInto(into), receipt: None, merge: Some(merge) })
    }

    /// Keeps a decision and gives back what the bot said in it.
    fn keep(&mut self, decision: Decision) -> Vec<Content> {
        let expected = self.conversation.as_ref().map(|conversation| conversation.version);
        assert_eq!(decision.expected, expected, "a decision rests on the version that it saw");
        self.conversation = Some(decision.conversation);
        self.events.extend(decision.events);
        self.errands.extend(decision.errands.into_iter().map(|(_, errand)| errand));
        let said = decision.lines.iter().filter(|line| line.author == Author::Bot).map(|line| line.content.clone()).collect();
        self.lines.extend(decision.lines);
        said
    }

    fn now(&self) -> &Conversation {
        self.conversation.as_ref().expect("the story has begun")
    }
}

fn policy() -> Policy {
    let group = |id: &str, hints: &[&str]| Group {
        id: GroupId::new(id),
        names: std::array::from_fn(|_| id.to_owned()),
        hints: hints.iter().map(|&hint| hint.to_owned()).collect(),
    };
    Policy {
        thresholds: Thresholds { answer: PerMille::new(700), offer: PerMille::new(300) },
        groups: Groups::new(vec![group("general", &[]), group("clinical", &["journal", "resept"])]).expect("two groups"),
        cards: [(GroupId::new("clinical"), ChannelName::new("somewhere"))].into(),
    }
}

fn employee() -> Employee {
    Employee { id: EmployeeId::new("somewhere:1"), name: Some("Ola".to_owned()), email: None, organisation: None }
}

fn operator(name: &str) -> Operator {
    Operator { id: OperatorId::new(name), name: name.to_owned(), groups: Membership::Every, roles: Roles::all() }
}

fn article(slug: &str, confidence: u16) -> Candidate {
    Candidate {
        article: ArticleRef { slug: Slug::new(slug), lang: Lang::Nb },
        title: slug.to_owned(),
        confidence: PerMille::new(confidence),
        passage: "1. Start på nytt.".to_owned(),
        group: None,
        request: None,
    }
}

fn words(text: &str) -> Redacted {
    Redacted::vouched(text)
}
