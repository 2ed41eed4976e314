//! An evening in a support desk: employees and operators whose decisions go straight to the store.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use super::Backend;
use crate::domain::answer::{ArticleRef, Candidate, Intent, PerMille, Thresholds, Understanding};
use crate::domain::conversation::Conversation;
use crate::domain::decision::{Decision, Moment};
use crate::domain::employee_side::{self, About, Heard};
use crate::domain::ids::{ChannelName, ConversationId, EmployeeId, ExternalId, Fresh, GroupId, OperatorId, Slug, TicketNumber};
use crate::domain::incident::Known;
use crate::domain::lang::Lang;
use crate::domain::message::{Action, Content, Employee, IncomingMessage, LangHint, Redacted, Secret};
use crate::domain::operator_side::{self, Destination, Handled, Merge, Request, Wish, Written};
use crate::domain::own_ticket::OwnTicket;
use crate::domain::permission::{Membership, Operator, Roles};
use crate::domain::place::{Delivery, Place, Readers};
use crate::domain::policy::Policy;
use crate::domain::routing::{Group, Groups};
use crate::domain::ticket::{Assessment, Impact, SupportLine, Urgency};
use crate::domain::time::Timestamp;
use crate::ports::{Committed, Recorded, Store};

/// 2026-11-23 07:00 UTC.
const MORNING: i64 = 1_795_417_200_000_000;

pub(in crate::store) struct Evening {
    pub(in crate::store) store: Arc<dyn Store>,
    next: AtomicI64,
    now: AtomicI64,
}

impl Evening {
    pub(in crate::store) async fn on(backend: &dyn Backend) -> Self {
        Self { store: backend.open().await, next: AtomicI64::new(1), now: AtomicI64::new(MORNING) }
    }

    pub(in crate::store) fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.now.load(Ordering::SeqCst))
    }

    pub(in crate::store) fn pass(&self, span: Duration) {
        let later = self.now().after(span);
        self.now.store(later.micros(), Ordering::SeqCst);
    }

    pub(super) fn moment(&self) -> Moment {
        let fresh = Fresh::starting_at(self.next.fetch_add(Fresh::BLOCK, Ordering::SeqCst));
        Moment { now: self.now(), fresh }
    }

    /// Decides upon a message as `current` stands; nothing is kept.
    pub(super) fn decide(&self, current: Option<Conversation>, message: &IncomingMessage, wants: Wants) -> Decision {
        let understood = wants.understanding();
        let own = [OwnTicket {
            number: TicketNumber::new(1001),
            subject: Some("Skjermen er svart".to_owned()),
            status: crate::domain::ticket::Status::Taken,
            holder: Some("Kari".to_owned()),
            opened_at: self.now(),
        }];
        let heard = Heard { message, understood: &understood, own: &own, about: None, advice: None, known: Known::default() };
        employee_side::receive(current, heard, &policy(), &mut self.moment())
    }

    /// The conversation that the employee's next words at this place go on in.
    pub(super) async fn current(&self, place: &Place, employee: &EmployeeId) -> Option<Conversation> {
        let found = self.store.conversation_at(place, employee).await.unwrap();
        found.filter(|conversation| conversation.goes_on_at(&place.address, None, self.now()))
    }

    /// The employee writes, and it is kept.
    pub(in crate::store) async fn hears(&self, message: &IncomingMessage, wants: Wants) -> Decision {
        let current = self.current(&message.place, &message.employee.id).await;
        let decision = self.decide(current, message, wants);
        self.keeps(&decision).await;
        decision
    }

    pub(super) async fn keeps(&self, decision: &Decision) {
        assert_eq!(self.store.commit(decision).await.unwrap(), Committed::Done);
    }

    /// The employee presses a choice, and it is kept.
    pub(super) async fn presses(&self, id: ConversationId, action: &Action) -> Decision {
        let conversation = self.store.conversation(id).await.unwrap().unwrap();
        let chosen = candidate(500);
        let candidates = [candidate(500)];
        let about = About { chosen: Some(&chosen), ..About::of("Skriveren", &candidates) };
        let mut moment = self.moment();
        let decision = employee_side::press(&conversation, action, about, None, &policy(), &mut moment).unwrap();
        self.keeps(&decision).await;
        decision
    }

    /// What an operator's wish leads to as things stand; nothing is kept.
    pub(super) async fn wishes(&self, id: ConversationId, by: &Operator, wish: Wish) -> Decision {
        let conversation = self.store.conversation(id).await.unwrap().unwrap();
        let allowed = by.may_work_on(conversation.ticket.as_ref().unwrap()).unwrap();
        match operator_side::handle(&conversation, &allowed, wish, &policy(), &mut self.moment()) {
            Handled::Done(decision) => *decision,
            other => panic!("the wish was not decided: {other:?}"),
        }
    }

    /// What a merge leads to as things stand; nothing is kept.
    pub(super) async fn merges(&self, id: ConversationId, by: &Operator, merge: Merge) -> Decision {
        let conversation = self.store.conversation(id).await.unwrap().unwrap();
        let allowed = by.may_work_on(conversation.ticket.as_ref().unwrap()).unwrap();
        let into = merge.original.as_ref().unwrap().number;
        let request = Request { wish: Wish::MergeInto(into), receipt: None, merge: Some(merge) };
        match operator_side::handle(&conversation, &allowed, request, &policy(), &mut self.moment()) {
            Handled::Done(decision) => *decision,
            other => panic!("the merge was not decided: {other:?}"),
        }
    }

    /// An operator works on a ticket, and it is kept.
    pub(in crate::store) async fn handles(&self, id: ConversationId, by: &Operator, wish: Wish) {
        let decision = self.wishes(id, by, wish).await;
        self.keeps(&decision).await;
    }

    /// A new ticket of this employee.
    pub(in crate::store) async fn ticket(&self, name: &str, wants: Wants) -> Decision {
        self.hears(&message(name, &format!("ticket of {name} at {}", self.now().micros())), wants).await
    }

    pub(super) async fn all_lines(&self, id: ConversationId) -> Vec<Recorded> {
        self.store.lines(id, None, crate::domain::message::Visibility::Desk).await.unwrap()
    }

    /// A ticket's whole way, through every kind of event but the transfer to nowhere.
    pub(in crate::store) async fn whole_story(&self, name: &str) -> ConversationId {
        let kari = operator("Kari");
        let secret = IncomingMessage { secrets: vec![Secret::Fnr], ..message(name, &format!("{name} 1")) };
        let id = self.hears(&secret, Wants::Titles).await.conversation.id;
        self.presses(id, &Action::Choose(Slug::new("skriver"))).await;
        self.presses(id, &Action::NotHelped).await;
        self.hears(&message(name, &format!("{name} 2")), Wants::OwnTickets).await;
        for wish in [Wish::Take, Wish::Release, reply("Hei"), Wish::Note(words("Ring ham"))] {
            self.pass(Duration::from_mins(1));
            self.handles(id, &kari, wish).await;
        }
        let transfer = Wish::Transfer { to: Destination::Group(GroupId::new("clinical")), reason: words("Journalen") };
        self.handles(id, &kari, transfer).await;
        let until = self.now().after(Duration::from_hours(1));
        let assessment = Assessment { impact: Impact::Unit, urgency: Urgency::Medium };
        let line = Wish::Transfer { to: Destination::Line(SupportLine::Second), reason: words("Krev djupare innsikt") };
        for wish in [Wish::Prioritise(assessment), line, Wish::Snooze { until }, Wish::Wake, Wish::Snooze { until }] {
            self.handles(id, &kari, wish).await;
        }
        self.hears(&message(name, &format!("{name} 3")), Wants::Answer).await;
        self.handles(id, &kari, Wish::Resolve(Some(words("Prøv nå")))).await;
        self.presses(id, &Action::ResolvedNo).await;
        self.handles(id, &kari, Wish::Resolve(None)).await;
        self.presses(id, &Action::ResolvedYes).await;
        id
    }
}

/// What a message is understood to want.
#[derive(Clone, Copy)]
pub(in crate::store) enum Wants {
    /// Something that an article answers.
    Answer,
    /// Something that several articles may answer.
    Titles,
    /// Something that no article answers.
    Person,
    /// Help at once.
    Rescue,
    /// Nothing.
    Chat,
    /// To say that it is solved.
    Yes,
    /// To know where their tickets stand.
    OwnTickets,
}

impl Wants {
    pub(super) fn understanding(self) -> Understanding {
        let (intent, confidence) = match self {
            Self::Answer => (Intent::Question, 900),
            Self::Titles => (Intent::Question, 500),
            Self::Person => (Intent::Question, 10),
            Self::Rescue => (Intent::Critical, 10),
            Self::Chat => (Intent::SmallTalk(crate::domain::message::SmallTalk::Greeting), 0),
            Self::Yes => (Intent::Yes, 0),
            Self::OwnTickets => (Intent::OwnTickets, 0),
        };
        Understanding { lang: Some(Lang::Nn), intent, candidates: vec![candidate(confidence)] }
    }
}

pub(super) fn candidate(confidence: u16) -> Candidate {
    Candidate {
        article: ArticleRef { slug: Slug::new("skriver"), lang: Lang::Nb },
        title: "Skriveren svarer ikke".to_owned(),
        confidence: PerMille::new(confidence),
        passage: "1. Slå den av\n2. Slå den på".to_owned(),
        group: None,
        request: Some("https://skjema.example.no/skriver".to_owned()),
    }
}

pub(super) fn policy() -> Policy {
    let group = |id: &str| Group { id: GroupId::new(id), names: [id.into(), id.into(), id.into()], hints: vec![id.into()] };
    let cards = ["general", "clinical"].map(|id| (GroupId::new(id), ChannelName::new("chat")));
    Policy {
        thresholds: Thresholds { answer: PerMille::new(700), offer: PerMille::new(300) },
        groups: Groups::new(vec![group("general"), group("clinical")]).unwrap(),
        cards: cards.into_iter().collect(),
    }
}

/// Where everybody writes to each other, and lines are sent through the outbox.
pub(super) fn hall() -> Place {
    Place { channel: ChannelName::new("chat"), address: "hall".to_owned(), delivery: Delivery::Pushed }
}

/// A page of one's own, which reads the store.
pub(super) fn page(address: &str) -> Place {
    Place { channel: ChannelName::new("web"), address: address.to_owned(), delivery: Delivery::Read }
}

pub(super) fn words(text: &str) -> Redacted {
    Redacted::vouched(text)
}

pub(in crate::store) fn reply(text: &str) -> Wish {
    Wish::Reply(words(text), Written::InDesk)
}

/// A message of this employee in the hall, with its text as its id.
pub(in crate::store) fn message(name: &str, text: &str) -> IncomingMessage {
    let employee = Employee {
        id: EmployeeId::new(format!("chat:{name}")),
        name: Some(name.to_owned()),
        email: None,
        organisation: Some("Sjukehuset".to_owned()),
    };
    IncomingMessage {
        conversation: None,
        place: hall(),
        external_id: ExternalId::new(text),
        employee,
        text: words(text),
        secrets: vec![],
        lang: LangHint::Likely(Lang::Nb),
        readers: Readers::Alone,
    }
}

pub(in crate::store) fn operator(name: &str) -> Operator {
    Operator {
        id: OperatorId::new(format!("desk:{name}")),
        name: name.to_owned(),
        groups: Membership::Every,
        roles: Roles::all(),
    }
}

pub(super) fn contents(lines: &[Recorded]) -> Vec<&Content> {
    lines.iter().map(|recorded| &recorded.line.content).collect()
}
